import type { Part } from "../shared/api";
import type { Reading } from "./reading";
import { StateIcon } from "./StateIcon";
import { partPurpose, partStateWords, partTitle } from "./wording";

type Known = Exclude<Reading, { state: "unreachable" }>;

export function Parts({ reading }: { reading: Known }) {
  return (
    <section class="panel" aria-labelledby="parts">
      <h2 id="parts">Parts of this installation</h2>
      {reading.state === "loading" ? (
        <p class="panel-note">Asking each part how it is.</p>
      ) : (
        <>
          <ul>
            {reading.parts.map((part) => (
              <PartRow key={part.name} part={part} />
            ))}
          </ul>
          <p class="panel-note">
            Version {reading.version} · checked at <Time at={reading.checkedAt} />
          </p>
        </>
      )}
    </section>
  );
}

function PartRow({ part }: { part: Part }) {
  const purpose = partPurpose(part);

  return (
    <li class="part" data-testid={`part-${part.name}`} data-state={part.state}>
      <StateIcon state={part.state} />
      <h3>{partTitle(part)}</h3>
      <p class="part-state">{partStateWords[part.state]}</p>
      {purpose && <p class="part-purpose">{purpose}</p>}
      {part.detail && <p class="part-detail">{part.detail}</p>}
    </li>
  );
}

function Time({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{at.toLocaleTimeString("en-GB")}</time>;
}
