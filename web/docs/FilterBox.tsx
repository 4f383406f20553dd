import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

export function FilterBox({ words }: { words: Signal<string> }) {
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    }

    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <search class="filter">
      <input
        ref={input}
        type="search"
        aria-label="Filter the calls"
        aria-keyshortcuts="/"
        placeholder="Filter"
        autocomplete="off"
        spellcheck={false}
        value={words.value}
        onInput={(event) => (words.value = event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && (words.value = "")}
      />
      <kbd aria-hidden="true">/</kbd>
    </search>
  );
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input, textarea, select, [contenteditable]");
}
