import { Command } from "./Command";

export function NextSteps() {
  return (
    <section class="next" aria-labelledby="next">
      <h2 id="next">Next steps</h2>
      <ul class="cards">
        <li class="card card-link">
          <h3>
            <a href="/api/docs">API</a>
          </h3>
          <p>Every call that the hub answers, with its fields and an example to copy.</p>
          <p class="card-lead" aria-hidden="true">
            Open the reference
          </p>
        </li>
        <li class="card">
          <h3>Check this installation</h3>
          <p>Run this where Parley runs. It tells you what is wrong and how to put it right.</p>
          <Command line="python -m hub doctor" />
        </li>
        <li class="card">
          <h3>Operate it</h3>
          <p>How to run Parley day by day is written down in the repository.</p>
          <p class="path">
            <code>docs/operate.md</code>
          </p>
        </li>
      </ul>
    </section>
  );
}
