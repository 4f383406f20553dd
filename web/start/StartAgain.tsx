import { Command } from "./Command";

export function StartAgain() {
  return (
    <section class="panel" aria-labelledby="what-to-do">
      <h2 id="what-to-do">What to do</h2>
      <p>Start Parley in the folder where you keep it:</p>
      <Command line="make run" />
      <p class="panel-note">
        If it is running elsewhere, check that its address is the one in your browser, and that a proxy in front of it
        passes requests on.
      </p>
    </section>
  );
}
