import type { Failure } from "../api";
import type { InboxAsks } from "../events";
import { Refused, Unreachable } from "../refused";
import type { Line } from "./line";

const PATIENCE_MS = 15_000;
// Over a socket there is no status: the code says it.
const NO_STATUS = 0;

type Answered = { ok: unknown } | Failure;

/** Asks the hub over a line, and gives its answer; throws Refused or Unreachable. */
export type Asking = <Name extends keyof InboxAsks>(
  name: Name,
  body: InboxAsks[Name]["body"],
) => Promise<InboxAsks[Name]["answer"]>;

export function askingOver(line: Pick<Line, "ask">): Asking {
  return async (name, body) => okOf(await line.ask(name, body, PATIENCE_MS)) as InboxAsks[typeof name]["answer"];
}

function okOf(answer: unknown): unknown {
  if (!isAnswer(answer)) throw new Unreachable("Something answered, but it was not Parley.");
  if ("error" in answer) throw new Refused(NO_STATUS, answer.error);
  return answer.ok;
}

function isAnswer(answer: unknown): answer is Answered {
  return typeof answer === "object" && answer !== null && ("ok" in answer || "error" in answer);
}
