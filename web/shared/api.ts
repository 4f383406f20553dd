// Made by `make types` from the Python declarations; a test fails when the two differ.

/** This process answers. `installation` is the same for all processes that share a database. */
export interface Alive {
  alive: boolean;
  version: string;
  installation: string;
}

/** One piece of work that was given up, and why. */
export interface Buried {
  id: string;
  account: string;
  reason: string;
  attempts: number;
  at: string;
}

/** Some of it, the latest first; `next` is the cursor of the following page. */
export interface BuriedPage {
  items: Buried[];
  next: string | null;
}

/** The one shape of every failure. */
export interface Failure {
  error: FailureBody;
}

/** What went wrong: a code for programs, a sentence for people, and what belongs to it. */
export interface FailureBody {
  code: string;
  message: string;
  data: Record<string, unknown>;
}

/** One kind of work: how much waits, how much was given up. Counted up to a thousand. */
export interface KindReport {
  kind: string;
  overdue: number;
  buried: number;
}

/** Which page. */
export interface PageQuery {
  cursor?: string;
  limit?: number;
}

/** One thing that the hub stands on. */
export interface Part {
  name: string;
  state: PartState;
  detail: string;
}

/** How one part does. `degraded`: it is away, and the hub goes on without it. */
export type PartState = "degraded" | "down" | "ok";

/** The whole and its parts. */
export interface Readiness {
  state: ReadyState;
  version: string;
  parts: Part[];
}

/** How the whole does. Only `down` means: send nobody here. */
export type ReadyState = "degraded" | "down" | "ready";

/** It is due again. */
export interface Revived {
  id: string;
  due_at: string;
}

/** All kinds. */
export interface WorkReport {
  kinds: KindReport[];
}
