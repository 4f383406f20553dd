import type { ReadonlySignal } from "@preact/signals";
import { Masthead } from "../shared/Masthead";
import { About } from "./About";
import { NextSteps } from "./NextSteps";
import { Overview } from "./Overview";
import { Parts } from "./Parts";
import type { Reading } from "./reading";
import { StartAgain } from "./StartAgain";
import type { WayIn } from "./wayIn";
import { WayInLink } from "./WayInLink";
import "./start.css";

interface StartPageProps {
  reading: ReadonlySignal<Reading>;
  way: ReadonlySignal<WayIn>;
}

export function StartPage({ reading, way }: StartPageProps) {
  const now = reading.value;

  return (
    <>
      <Masthead current="Status" />
      <main id="main" tabIndex={-1}>
        <div class="hero">
          <div class="overview-and-way">
            <Overview reading={now} />
            {now.state !== "unreachable" && <WayInLink way={way.value} />}
          </div>
          {now.state === "unreachable" ? <StartAgain /> : <Parts reading={now} />}
          <About />
        </div>
        <NextSteps />
      </main>
      <footer class="colophon">
        <p>Parley is free software under the Apache License 2.0.</p>
      </footer>
    </>
  );
}
