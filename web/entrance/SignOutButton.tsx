import { useSignal } from "@preact/signals";
import { Notice } from "../shared/Notice";
import { explain, type Trouble } from "./trouble";
import { useVisit } from "./visit";

/** Ends the session of this browser, in all of its tabs. */
export function SignOutButton() {
  const { session } = useVisit();
  const isBusy = useSignal(false);
  const trouble = useSignal<Trouble | undefined>(undefined);

  async function onClick() {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      await session.signOut();
    } catch (error) {
      trouble.value = explain(error);
      isBusy.value = false;
    }
  }

  return (
    <>
      {trouble.value && <Notice tone="bad" words={`You are still signed in. ${trouble.value.words}`} />}
      <button
        type="button"
        class="button button-quiet"
        aria-busy={isBusy.value}
        aria-disabled={isBusy.value}
        onClick={onClick}
      >
        {isBusy.value ? "Signing out" : "Sign out"}
      </button>
    </>
  );
}
