import type { Ending } from "./line";

/** Why the hub ends a socket: `Code` of hub/sockets/engine.py. */
export const Code = { serverStops: 4000, nobody: 4001, badFrame: 4002, tooSlow: 4008, tooMuch: 4029 } as const;

const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const SOON_MS = 1_000;
const LONG_MS = 60_000;

/** How long to wait before the next try: growing, and never the same for all who were cut off at once. */
export function pauseMs({ code, refusal }: Ending, tries: number): number {
  const wait = refusal?.data.retry_after_s;
  if (typeof wait === "number") return jittered(Math.max(wait * 1000, FIRST_MS));
  if (code === Code.tooMuch || refusal?.code === "too_many_sockets") return jittered(LONG_MS);
  // Another process has taken over already, or is about to.
  if (code === Code.serverStops && tries === 0) return Math.random() * SOON_MS;
  return jittered(Math.min(FIRST_MS * 2 ** tries, LONGEST_MS));
}

function jittered(ms: number): number {
  return ms * (1 + Math.random());
}
