export const paths = ["/sign-in", "/sign-up", "/join", "/reset"] as const;
export type Path = (typeof paths)[number];

/** What the address bar says: which page, and what stood behind the #. */
export interface Address {
  path: Path;
  /** What the link of an invitation or of a reset is worth. */
  token: string;
  /** Why single sign-on has sent the browser back. */
  error: string;
}

type Place = Pick<Location, "pathname" | "hash">;
type Past = Pick<History, "state" | "replaceState">;

/** Reads the address and takes away what stands behind the #: a secret is seen by nobody who looks over a shoulder, and
 * kept with this entry of the history alone, so that a reload finds it again. */
export function readAddress(place: Place, past: Past): Address {
  const path = paths.find((one) => one === place.pathname) ?? "/sign-in";
  const fragment = place.hash.slice(1);
  const error = path === "/sign-in" ? (new URLSearchParams(fragment).get("error") ?? "") : "";
  const token = path === "/sign-in" || path === "/sign-up" ? "" : fragment || tokenIn(past.state);
  if (fragment) past.replaceState(token ? { token } : null, "", place.pathname);
  return { path, token, error };
}

function tokenIn(state: unknown): string {
  if (typeof state !== "object" || state === null || !("token" in state)) return "";
  return typeof state.token === "string" ? state.token : "";
}
