import "../shared/base.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { fetchJson } from "../shared/fetchJson";
import { pollWhileVisible } from "./poll";
import { type Reading, takeReading } from "./reading";
import { StartPage } from "./StartPage";

const PAUSE_MS = 5000;

const reading = signal<Reading>({ state: "loading" });

async function check() {
  reading.value = await takeReading(
    () => fetchJson("/ready"),
    () => new Date(),
  );
}

render(<StartPage reading={reading} />, document.getElementById("page")!);
pollWhileVisible(document, check, PAUSE_MS);
