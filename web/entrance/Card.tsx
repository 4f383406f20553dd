import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Notice } from "../shared/Notice";
import { useVisit } from "./visit";
import "./card.css";

interface CardProps {
  title: string;
  lead?: ComponentChildren;
  children?: ComponentChildren;
}

const FIRST = "input:not([type='hidden'])";

/** One step of the way in: what it is, and below it what to do. It takes the keyboard with it. */
export function Card({ title, lead, children }: CardProps) {
  const card = useRef<HTMLDivElement>(null);
  const { said } = useVisit();

  useEffect(() => {
    document.title = `${title} · Parley`;
    if (card.current) takeFocus(card.current);
  }, [title]);

  return (
    <div ref={card} class="step">
      <header class="step-head">
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p>{lead}</p>}
      </header>
      {said.value && <Notice {...said.value} />}
      {children}
    </div>
  );
}

// On a screen that is touched, a field that has the focus brings up the keyboard, and hides half the page.
function takeFocus(card: HTMLElement): void {
  const isTyped = matchMedia("(pointer: fine)").matches;
  const empty = [...card.querySelectorAll<HTMLInputElement>(FIRST)].find(({ value }) => value === "");
  const place = isTyped && empty ? empty : card.querySelector("h1");
  place?.focus({ preventScroll: true });
}
