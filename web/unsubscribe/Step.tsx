import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface StepProps {
  title: string;
  lead?: ComponentChildren;
  children?: ComponentChildren;
}

/** How things stand, and below it what to do. It takes the keyboard and the screen reader with it. */
export function Step({ title, lead, children }: StepProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = title;
    heading.current?.focus({ preventScroll: true });
  }, [title]);

  return (
    <section class="unsubscribe-step">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p class="unsubscribe-lead">{lead}</p>}
      {children}
    </section>
  );
}
