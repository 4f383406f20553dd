export type PartState = "ok" | "degraded" | "down";

export interface Part {
  name: string;
  state: PartState;
  detail: string;
}

export interface Readiness {
  state: "ready" | "degraded" | "down";
  version: string;
  parts: Part[];
}
