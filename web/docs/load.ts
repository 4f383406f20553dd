import type { Answer } from "../shared/fetchJson";
import type { Document } from "./openapi";

export type Loading =
  | { state: "loading" }
  | { state: "failed"; reason: string }
  | { state: "loaded"; document: Document };

export async function loadDocument(ask: () => Promise<Answer>): Promise<Loading> {
  let answer: Answer;
  try {
    answer = await ask();
  } catch {
    return { state: "failed", reason: "Parley does not answer. Check that it is running, then try again." };
  }
  if (answer.status !== 200) return { state: "failed", reason: `Parley answered with status ${answer.status}.` };
  if (!isDocument(answer.body)) return { state: "failed", reason: "The answer is not an OpenAPI 3 description." };
  return { state: "loaded", document: answer.body };
}

// Only the top is checked: the hub that serves this page writes the document too.
function isDocument(body: unknown): body is Document {
  if (typeof body !== "object" || body === null) return false;
  return "openapi" in body && String(body.openapi).startsWith("3.") && "info" in body;
}
