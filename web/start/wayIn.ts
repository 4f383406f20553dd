import type { Answer } from "../shared/fetchJson";

export type WayIn = "Sign in" | "Sign up";

/** Where somebody goes in from here: to make an account where that can be done, unless this browser was in before. */
export async function findWayIn(ask: () => Promise<Answer>, wasHere: boolean): Promise<WayIn> {
  if (wasHere) return "Sign in";
  try {
    const { body } = await ask();
    return canSignUp(body) ? "Sign up" : "Sign in";
  } catch {
    return "Sign in";
  }
}

function canSignUp(body: unknown): boolean {
  return typeof body === "object" && body !== null && "can_sign_up" in body && body.can_sign_up === true;
}
