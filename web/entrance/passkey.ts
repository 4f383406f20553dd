import type { PasskeyBegun, SignedIn } from "../shared/api";
import { ask } from "../shared/ask";
import type { Session } from "../shared/session";
import { explain, type Trouble } from "./trouble";

const PATH = "/api/v1/session/passkey";

/** Whether this browser can show a passkey here at all: not without HTTPS, and not before 2024. */
export function canUsePasskeys(): boolean {
  return isSecureContext && "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

/** Passkeys belong to one address: at another, the same Parley cannot ask for them. */
export class OtherOrigin extends Error {
  readonly origin: string;

  constructor(origin: string) {
    super(`Passkeys of this Parley work at ${origin}.`);
    this.origin = origin;
  }
}

/** Asks the browser for a passkey, and the hub to let its owner in. */
export async function signInByPasskey(session: Session): Promise<SignedIn> {
  const { ticket, origin, options } = await ask<PasskeyBegun>("POST", `${PATH}/begin`);
  if (origin !== location.origin) throw new OtherOrigin(origin);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  const credential = await navigator.credentials.get({ publicKey });
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException("No passkey.", "NotAllowedError");
  return session.enter(PATH, { ticket, credential: credential.toJSON() });
}

/** What stands in the way of a passkey, in words. */
export function explainPasskey(error: unknown): Trouble {
  if (error instanceof OtherOrigin) return { words: `${error.message} Open that address, and sign in there.` };
  // Browsers tell nobody whether it was cancelled, or whether there was none.
  if (error instanceof DOMException) return { words: "No passkey was used: it was cancelled, or there is none here." };
  return explain(error);
}
