import type { SubscriptionShown } from "../shared/api";
import { ActButton } from "./ActButton";
import { Filled } from "./Filled";
import { Step } from "./Step";
import type { Words } from "./words";

interface EndedProps extends SubscriptionShown {
  words: Words;
  back: () => Promise<void>;
}

/** They are written to no more, and can take that back. */
export function Ended({ account_name, address, words, back }: EndedProps) {
  return (
    <Step title={words.ended} lead={<Filled text={words.endedLead} names={{ account: account_name, address }} />}>
      <div class="unsubscribe-back">
        <span>{words.mistake}</span>{" "}
        <ActButton says={words.back} saysBusy={words.trying} look="unsubscribe-link" words={words} act={back} />
      </div>
    </Step>
  );
}
