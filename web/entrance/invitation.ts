import type { InvitationLook, Me } from "../shared/api";
import { ask } from "../shared/ask";
import { isRefused } from "../shared/refused";
import type { Session } from "../shared/session";
import { explain, type Trouble } from "./trouble";

/** Why a link leads to no invitation any more. */
export type Gone = "already_member" | "invitation_expired" | "invitation_used" | "no_such_invitation";

/** What is known of the invitation behind a link; `me` is whoever is signed in here, if it is the one invited. */
export type Found =
  | { state: "looking" }
  | { state: "gone"; why: Gone }
  | { state: "failed"; trouble: Trouble }
  | { state: "open"; look: InvitationLook; me: Me | undefined };

const ways: readonly Gone[] = ["already_member", "invitation_expired", "invitation_used", "no_such_invitation"];

/** Why the invitation is good no more, if that is what went wrong. */
export function goneBy(error: unknown): Gone | undefined {
  return ways.find((code) => isRefused(error, code));
}

/** Looks at what the link is worth, and at who is here. Never throws. */
export async function lookAt(session: Session, token: string): Promise<Found> {
  if (!token) return { state: "gone", why: "no_such_invitation" };
  try {
    const look = await ask<InvitationLook>("POST", "/api/v1/invitation", { token });
    const me = await whoIsHere(session);
    return { state: "open", look, me: me && isSame(me.email, look.email) ? me : undefined };
  } catch (error) {
    const why = goneBy(error);
    return why ? { state: "gone", why } : { state: "failed", trouble: explain(error) };
  }
}

async function whoIsHere(session: Session): Promise<Me | undefined> {
  try {
    return (await session.resume()) ? await session.ask<Me>("GET", "/api/v1/me") : undefined;
  } catch {
    return undefined;
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
