import type { Ending } from "./line";

/** Why the hub ends a socket: `Code` of hub/sockets/engine.py. */
export const Code = { serverStops: 4000, nobody: 4001, badFrame: 4002, tooSlow: 4008, tooMuch: 4029 } as const;

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const SOON_MS = 1_000;
const LONG_MS = 60_000;

/** How long to wait before the next try: growing, and never the same for all who were cut off at once. */
export function pauseMs(ending: Ending, tries: number): number {
  const asked = askedMs(ending);
  if (asked !== undefined) return jittered(Math.max(asked, FIRST_MS));
  // Another process has taken over already, or is about to.
  if (ending.code === Code.serverStops && tries === 0) return Math.random() * SOON_MS;
  return jittered(Math.min(FIRST_MS * 2 ** tries, LONGEST_MS));
}

/** For how long the hub does not want to be asked again; undefined where it has said nothing of it. */
export function askedMs({ code, refusal }: Ending): number | undefined {
  const wait = refusal?.data.retry_after_s;
  if (typeof wait === "number") return wait * 1000;
  return code === Code.tooMuch || refusal?.code === "too_many_sockets" ? LONG_MS : undefined;
}

function jittered(ms: number): number {
  return ms * (1 + Math.random());
}
