import { useSignal } from "@preact/signals";
import { Notice } from "../shared/Notice";
import { Refused, Unreachable } from "../shared/refused";
import type { Words } from "./words";

interface ActButtonProps {
  says: string;
  saysBusy: string;
  look: string;
  words: Words;
  /** What has gone wrong before there was a button. */
  before?: string;
  act: () => Promise<void>;
}

/** A button, and above it what stands in its way. It stays where it is while it works. */
export function ActButton({ says, saysBusy, look, words, before = "", act }: ActButtonProps) {
  const isBusy = useSignal(false);
  const trouble = useSignal(before);

  async function onClick() {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      await act();
      trouble.value = "";
    } catch (error) {
      trouble.value = explain(error, words);
    } finally {
      isBusy.value = false;
    }
  }

  return (
    <>
      {trouble.value && <Notice tone="bad" words={trouble.value} />}
      <button type="button" class={look} aria-disabled={isBusy.value} aria-busy={isBusy.value} onClick={onClick}>
        {isBusy.value ? saysBusy : says}
      </button>
    </>
  );
}

/** Any failure as something to read. */
export function explain(error: unknown, words: Words): string {
  if (error instanceof Unreachable) return words.unreachable;
  return error instanceof Refused && error.status === 429 ? words.tooMany : words.ours;
}
