const KEY = "parley.signed-in";

/** Whether this browser may be signed in. Scripts cannot see the cookie, so the pages remember it: no secret, and never
 * more than a reason to ask. */
export interface Hint {
  isSet(): boolean;
  set(): void;
  clear(): void;
  /** Calls back when another tab clears it. */
  onCleared(react: () => void): void;
}

export function hintIn(storage: () => Storage, page: Pick<Window, "addEventListener">): Hint {
  return {
    // Where nothing can be remembered, asking is the only way to know.
    isSet: () => attempt(() => storage().getItem(KEY) !== null) ?? true,
    set: () => void attempt(() => storage().setItem(KEY, "yes")),
    clear: () => void attempt(() => storage().removeItem(KEY)),
    onCleared: (react) =>
      page.addEventListener("storage", ({ key, newValue }) => {
        if (newValue === null && (key === KEY || key === null)) react();
      }),
  };
}

// Browsers throw where a person has switched storage off.
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
