import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

// The upper third of the window: what is read now, and not what is about to scroll in.
const READING_AREA = "-10% 0px -60% 0px";

/** The id of the `data-target` that is being read. Observes anew when `drawn` changes. */
export function useVisibleTarget(drawn: unknown): ReadonlySignal<string | undefined> {
  const visible = useSignal<string | undefined>(undefined);

  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const entered = entries.find((entry) => entry.isIntersecting);
        if (entered) visible.value = entered.target.id;
      },
      { rootMargin: READING_AREA },
    );
    for (const target of document.querySelectorAll("[data-target]")) observer.observe(target);
    return () => observer.disconnect();
  }, [drawn]);

  return visible;
}
