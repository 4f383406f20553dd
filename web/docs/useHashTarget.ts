import { useEffect } from "preact/hooks";

/** Scrolls to what the address names: the browser looked for it before the page was drawn. */
export function useHashTarget(reveal: () => void) {
  useEffect(() => {
    function onHashChange() {
      if (target()) return;
      reveal();
      requestAnimationFrame(() => target()?.scrollIntoView());
    }

    target()?.scrollIntoView();
    addEventListener("hashchange", onHashChange);
    return () => removeEventListener("hashchange", onHashChange);
  }, []);
}

function target(): HTMLElement | null {
  return document.getElementById(decoded(location.hash.slice(1)));
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
