import type { Failure } from "./api";
import { Refused, Unreachable } from "./refused";

const PATIENCE_MS = 20_000;

export type Send = (path: string, init: RequestInit) => Promise<Response>;
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** A request as the API takes it. */
export function request(method: Method, body?: unknown): RequestInit {
  const init = { method, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) } as const;
  if (body === undefined) return init;
  return { ...init, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Asks the API, and gives what it answers; throws Refused or Unreachable. */
export async function ask<T>(method: Method, path: string, body?: unknown, send: Send = plainly): Promise<T> {
  return answerOf<T>(await reach(send, path, request(method, body)));
}

/** As whoever the browser is, without a token. */
export function plainly(path: string, init: RequestInit): Promise<Response> {
  return fetch(path, init);
}

/** The response, whatever it says; throws Unreachable when none comes. */
export async function reach(send: Send, path: string, init: RequestInit): Promise<Response> {
  try {
    return await send(path, init);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Unreachable("Parley does not answer.", { cause: error });
  }
}

/** What the response says, as JSON; nothing where it has no body. */
export async function answerOf<T>(response: Response): Promise<T> {
  const body = await bodyOf(response);
  if (response.ok && body !== unreadable) return body as T;
  if (isFailure(body)) throw new Refused(response.status, body.error, response.headers.get("x-request-id") ?? "");
  throw new Unreachable(`Something answered with status ${response.status}, but it was not Parley.`);
}

const unreadable = Symbol("unreadable");

async function bodyOf(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return unreadable;
  }
}

// A proxy in front of a stopped hub answers in the hub's place, so the shape is checked and not assumed.
function isFailure(body: unknown): body is Failure {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    typeof error.code === "string" &&
    "message" in error &&
    typeof error.message === "string" &&
    "data" in error &&
    typeof error.data === "object" &&
    error.data !== null
  );
}
