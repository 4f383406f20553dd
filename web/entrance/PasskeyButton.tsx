import { useSignal } from "@preact/signals";
import { Notice } from "../shared/Notice";
import { canUsePasskeys, explainPasskey, signInByPasskey } from "./passkey";
import type { Trouble } from "./trouble";
import { useVisit } from "./visit";

/** Signing in by a finger or a PIN; nothing where the browser knows no passkeys. */
export function PasskeyButton() {
  const visit = useVisit();
  const isBusy = useSignal(false);
  const trouble = useSignal<Trouble | undefined>(undefined);
  if (!canUsePasskeys()) return null;

  async function onClick() {
    if (isBusy.value) return;
    isBusy.value = true;
    trouble.value = undefined;
    try {
      visit.take(await signInByPasskey(visit.session));
    } catch (error) {
      trouble.value = explainPasskey(error);
    }
    isBusy.value = false;
  }

  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        aria-disabled={isBusy.value}
        aria-busy={isBusy.value}
        onClick={onClick}
      >
        <svg class="button-icon" viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="7" cy="7.5" r="4" />
          <path d="M9.8 10.3 16 16.5M13.2 13.7l2-2" />
        </svg>
        {isBusy.value ? "Waiting for your passkey" : "Sign in with a passkey"}
      </button>
      {trouble.value && <Notice tone="bad" words={trouble.value.words} />}
    </>
  );
}
