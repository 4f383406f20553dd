import type { PartState } from "../shared/api";
import type { State } from "./reading";

type Tone = "good" | "warning" | "bad" | "waiting";

const tones: Record<State | PartState, Tone> = {
  ok: "good",
  ready: "good",
  degraded: "warning",
  down: "bad",
  unreachable: "bad",
  loading: "waiting",
};

const shapes: Record<Tone, string> = {
  good: "M5.5 10.5l3 3 6-7",
  warning: "M10 5v6M10 14.4v.2",
  bad: "M6.5 6.5l7 7M13.5 6.5l-7 7",
  waiting: "M5.5 10h.1M10 10h.1M14.5 10h.1",
};

/** A sign whose shape alone tells the state; the words beside it say the same. */
export function StateIcon({ state }: { state: State | PartState }) {
  const tone = tones[state];

  return (
    <svg class="state-icon" data-tone={tone} viewBox="0 0 20 20" aria-hidden="true">
      <path d={shapes[tone]} />
    </svg>
  );
}
