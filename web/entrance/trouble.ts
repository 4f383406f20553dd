import { Refused, Unreachable } from "../shared/refused";

/** What stands in the way, in words: at a field or above the button, and for how long. */
export interface Trouble {
  field?: string;
  words: string;
  waitS?: number;
}

// Where somebody has to look to put it right.
const fields: Record<string, string> = {
  already_member: "email",
  not_an_email: "email",
  sign_in_first: "password",
  weak_password: "password",
  wrong_code: "code",
  wrong_credentials: "password",
};

// The hub's own sentence is said where there is none here.
const words: Record<string, string> = {
  no_membership: "This login works for no account here. Ask the owner of an account for an invitation.",
  too_many: "Too many tries in a short time. You can go on in a moment.",
  sign_in_first: "This address has a password here already: give that one.",
  wrong_code: "This code is wrong, or was used before.",
  wrong_credentials: "Address and password do not belong together.",
};

/** Any failure as something to read, with a way on. */
export function explain(error: unknown): Trouble {
  if (!(error instanceof Refused)) return { words: unanswered(error) };
  const field = fields[error.code];
  return {
    words: wordsFor(error),
    ...(field && { field }),
    ...(error.status === 429 && { waitS: error.waitS ?? 1 }),
  };
}

function wordsFor(error: Refused): string {
  if (error.status === 503) return "Parley cannot do this at the moment. Try again in a little while.";
  if (error.status >= 500) return `Something went wrong on Parley's side. Try again. ${lead(error)}`;
  return words[error.code] ?? error.message;
}

function lead({ request }: Refused): string {
  return request ? `If it stays so, tell whoever runs this Parley: request ${request}.` : "";
}

function unanswered(error: unknown): string {
  if (error instanceof Unreachable) return "Parley does not answer. Check your connection, then try again.";
  return "This did not work in this browser. Load the page again, then try once more.";
}

/** Names what a person has left out. */
export function missing(field: string, words: string, value: string): Trouble | undefined {
  return value.trim() === "" ? { field, words } : undefined;
}
