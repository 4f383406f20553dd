import type { ComponentChildren } from "preact";
import "./facts.css";

export type Fact = readonly [name: string, value: ComponentChildren];

/** What is known, by name. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
