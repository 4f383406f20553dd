import type { SsoBegun } from "../shared/api";
import { ask } from "../shared/ask";

const PATH = "/api/v1/session/sso";

/** Where the browser goes to sign in by the account's identity provider. */
export async function singleSignOnAddress(email: string): Promise<string> {
  const { authorization_url: address } = await ask<SsoBegun>("POST", PATH, { email });
  const { protocol } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:") throw new TypeError("This is not the address of a page.");
  return address;
}

const AGAIN = "Try again, or sign in another way.";
const SET_UP =
  "Single sign-on is not set up right. Tell whoever looks after it in your company, and sign in another way.";

// Anybody can write an address with something behind the #: what is not known here is not repeated on the page.
const reasons: Record<string, string> = {
  no_membership: "You are shut out of this account. Ask its owner.",
  no_sso: "There is no single sign-on for this account any more. Sign in another way.",
  sign_in_first:
    "This address has a password already. Set a new one by “Forgot your password?”, then come back this way.",
  slip_spent: "Single sign-on took too long, or was begun twice. Try again.",
  sso_client_refused: SET_UP,
  sso_not_invited: "You are no member of this account. Ask its owner for an invitation.",
  sso_other_person: "Your address was somebody else's here. Ask an admin of the account to remove that member first.",
  sso_provider_away: `Your company's sign-in page does not answer. ${AGAIN}`,
  sso_provider_wrong: SET_UP,
  sso_refused: `Your company's sign-in page did not let you in. ${AGAIN}`,
};

/** Why single sign-on has sent the browser back, and what to do now. */
export function wordsForSingleSignOn(code: string): string {
  return (Object.hasOwn(reasons, code) && reasons[code]) || `Single sign-on did not work. ${AGAIN}`;
}
