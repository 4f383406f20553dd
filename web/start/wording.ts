import type { Part, PartState } from "../shared/api";
import type { Reading, State } from "./reading";

export const headlines: Record<State, string> = {
  loading: "Checking Parley",
  ready: "Parley is ready",
  degraded: "Parley works, with a problem",
  down: "Parley is down",
  unreachable: "Parley does not answer",
};

export const partStateWords: Record<PartState, string> = {
  ok: "Working",
  degraded: "Needs attention",
  down: "Down",
};

const purposes: Record<string, string> = {
  database: "Keeps everything",
  redis: "Lets its processes hear each other",
  live: "Tells open screens what changes",
  worker: "Does the work that is due",
};

export function partTitle({ name }: Part): string {
  const words = name.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function partPurpose({ name }: Part): string | undefined {
  return purposes[name];
}

export function explain(reading: Reading): string {
  switch (reading.state) {
    case "loading":
      return "Waiting for the first answer.";
    case "ready":
      return "Every part of this installation is working.";
    case "degraded":
      return `Needs attention: ${list(reading.parts.filter((part) => part.state !== "ok"))}. The rest is working.`;
    case "down":
      return `Parley cannot work without ${list(reading.parts.filter((part) => part.state === "down"))}.`;
    case "unreachable":
      return `${reading.reason} This page keeps trying and recovers by itself.`;
  }
}

function list(parts: Part[]): string {
  const [first = "one of its parts", ...rest] = parts.map(partTitle);
  const last = rest.pop();
  return last === undefined ? first : `${[first, ...rest].join(", ")} and ${last}`;
}
