const DIGITS = 6;

/** The six digits of an app's code, however they were pasted; empty while they are not all there. */
export function appCode(typed: string): string {
  const digits = typed.replaceAll(/[\s\p{Pd}]/gu, "");
  return /^[0-9]*$/.test(digits) && digits.length === DIGITS ? digits : "";
}

/** The secret in groups of four, to be typed into an app by somebody who looks from one screen to another. */
export function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? "";
}

/** Recovery codes as a file that says what they are. */
export function recoveryFile(codes: readonly string[], email: string, place: string): string {
  const head = [
    `Recovery codes of ${email} for Parley at ${place}`,
    "Each one signs you in once, in place of a code of your app.",
  ];
  return [...head, "", ...codes, ""].join("\r\n");
}
