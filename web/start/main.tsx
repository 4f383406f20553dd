import "../shared/base.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { fetchJson } from "../shared/fetchJson";
import { hintIn } from "../shared/hint";
import { pollWhileVisible } from "./poll";
import { type Reading, takeReading } from "./reading";
import { StartPage } from "./StartPage";
import { findWayIn, type WayIn } from "./wayIn";

const PAUSE_MS = 5000;

const hint = hintIn(() => localStorage, window);
const way = signal<WayIn>("Sign in");
const reading = signal<Reading>({ state: "loading" });

async function check() {
  reading.value = await takeReading(
    () => fetchJson("/ready"),
    () => new Date(),
  );
}

render(<StartPage reading={reading} way={way} />, document.getElementById("page")!);
pollWhileVisible(document, check, PAUSE_MS);
void findWayIn(() => fetchJson("/api/v1/entrance"), hint.isSet()).then((found) => (way.value = found));
