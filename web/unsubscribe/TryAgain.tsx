import { ActButton } from "./ActButton";
import { Step } from "./Step";
import type { Words } from "./words";
import "../shared/button.css";

interface TryAgainProps {
  words: Words;
  trouble: string;
  again: () => Promise<void>;
}

/** It could not be looked at; it can be tried again. */
export function TryAgain({ words, trouble, again }: TryAgainProps) {
  return (
    <Step title={words.failed}>
      <ActButton says={words.again} saysBusy={words.trying} look="button" words={words} before={trouble} act={again} />
    </Step>
  );
}
