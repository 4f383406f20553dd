import { type Signal, useSignal } from "@preact/signals";
import { FilterBox } from "./FilterBox";
import { countOperations } from "./filter";
import { MethodName } from "./MethodName";
import type { Section } from "./operations";
import { useVisibleTarget } from "./useVisibleTarget";
import "./contents.css";

interface Properties {
  sections: Section[];
  words: Signal<string>;
  total: number;
  isFiltered: boolean;
}

export function Contents({ sections, words, total, isFiltered }: Properties) {
  const isOpen = useSignal(false);
  const visible = useVisibleTarget(sections);
  const count = countOperations(sections);

  function link(anchor: string) {
    return { href: `#${anchor}`, "aria-current": visible.value === anchor ? ("location" as const) : undefined };
  }

  return (
    <div class="contents">
      <div class="contents-bar">
        <FilterBox words={words} />
        <button
          type="button"
          class="button button-quiet button-small contents-toggle"
          aria-expanded={isOpen.value}
          aria-controls="contents"
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          Contents
        </button>
      </div>
      <p class="visually-hidden" role="status">
        {isFiltered ? `${count} of ${total} calls match.` : ""}
      </p>
      <nav id="contents" aria-label="Contents" data-open={isOpen.value} onClick={() => (isOpen.value = false)}>
        {!isFiltered && (
          <ul>
            <li>
              <a {...link("authentication")}>Authentication</a>
            </li>
            <li>
              <a {...link("errors")}>Errors</a>
            </li>
          </ul>
        )}
        {sections.map((section) => (
          <div key={section.anchor}>
            <a class="contents-section" href={`#${section.anchor}`}>
              {section.name}
            </a>
            <ul>
              {section.operations.map(({ id, method, title }) => (
                <li key={id}>
                  <a {...link(id)}>
                    <span>{title}</span>
                    <MethodName method={method} />
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </div>
  );
}
