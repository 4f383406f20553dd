import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import "./disclosure.css";

/** Shows its content on demand, and draws it only then. */
export function Disclosure({ title, children }: { title: ComponentChildren; children: ComponentChildren }) {
  const isOpen = useSignal(false);

  return (
    <details class="disclosure" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen.value && <div class="disclosed">{children}</div>}
    </details>
  );
}
