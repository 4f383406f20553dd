import type { FailureBody } from "./api";

/** The hub has answered that it will not: why, for programs (`code`) and for people (`message`). */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly data: Record<string, unknown>;
  /** What finds this request in the log. */
  readonly request: string;

  constructor(status: number, { code, message, data }: FailureBody, request = "") {
    super(message);
    this.status = status;
    this.code = code;
    this.data = data;
    this.request = request;
  }

  /** How long the hub asks us to wait before the next try. */
  get waitS(): number | undefined {
    const wait = this.data.retry_after_s;
    return typeof wait === "number" ? wait : undefined;
  }
}

/** No answer came, or one that is not Parley's. */
export class Unreachable extends Error {}

export function isRefused(error: unknown, ...codes: string[]): error is Refused {
  return error instanceof Refused && codes.includes(error.code);
}
