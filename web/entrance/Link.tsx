import type { ComponentChildren } from "preact";
import type { Path } from "./address";
import { useVisit } from "./visit";
import "../shared/button.css";

interface LinkProps {
  to: Path;
  /** The way on, where there is no form; or one among others. */
  look?: "button" | "button button-quiet";
  children: ComponentChildren;
}

/** A way to another page of the entrance, which keeps what was typed. */
export function Link({ to, look, children }: LinkProps) {
  const visit = useVisit();

  function onClick(event: MouseEvent) {
    const isForAnotherTab = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (isForAnotherTab) return;
    event.preventDefault();
    visit.go(to);
  }

  return (
    <a class={look} href={to} onClick={onClick}>
      {children}
    </a>
  );
}
