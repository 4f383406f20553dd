import type { Part, PartState, Readiness } from "../shared/api";
import type { Answer } from "../shared/fetchJson";

/** What the page knows about the hub at this moment. */
export type Reading =
  | { state: "loading" }
  | { state: "unreachable"; reason: string }
  | (Readiness & { checkedAt: Date });

export type State = Reading["state"];

/** Asks once. Never throws: not being answered is a reading too. */
export async function takeReading(ask: () => Promise<Answer>, now: () => Date): Promise<Reading> {
  let answer: Answer;
  try {
    answer = await ask();
  } catch {
    return { state: "unreachable", reason: "Nothing answers at this address." };
  }
  if (isReadiness(answer.body)) return { ...answer.body, checkedAt: now() };
  return { state: "unreachable", reason: `Something answered with status ${answer.status}, but it was not Parley.` };
}

// A proxy in front of a stopped hub answers in the hub's place, so the shape is checked and not assumed.
function isReadiness(body: unknown): body is Readiness {
  return (
    isRecord(body) &&
    ["ready", "degraded", "down"].includes(String(body.state)) &&
    typeof body.version === "string" &&
    Array.isArray(body.parts) &&
    body.parts.every(isPart)
  );
}

const partStates: readonly unknown[] = ["ok", "degraded", "down"] satisfies PartState[];

function isPart(value: unknown): value is Part {
  return (
    isRecord(value) &&
    typeof value.name === "string" &&
    typeof value.detail === "string" &&
    partStates.includes(value.state)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
