import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { copy } from "./clipboard";
import "./copy-button.css";

const SHOWN_MS = 2000;

const words = { idle: "Copy", copied: "Copied", failed: "Not copied" } as const;

export function CopyButton({ text, what }: { text: string; what: string }) {
  const outcome = useSignal<keyof typeof words>("idle");

  useEffect(() => {
    if (outcome.value === "idle") return;
    const timer = setTimeout(() => (outcome.value = "idle"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome.value]);

  async function onClick() {
    outcome.value = (await copy(text)) ? "copied" : "failed";
  }

  return (
    <>
      <button type="button" class="copy" data-outcome={outcome.value} onClick={onClick}>
        {words[outcome.value]}
        <span class="visually-hidden"> {what}</span>
      </button>
      <span class="visually-hidden" role="status">
        {outcome.value === "idle" ? "" : words[outcome.value]}
      </span>
    </>
  );
}
