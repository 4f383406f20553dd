import type { SubscriptionShown } from "../shared/api";
import { ActButton } from "./ActButton";
import { Filled } from "./Filled";
import { Step } from "./Step";
import type { Words } from "./words";

interface EndedProps extends SubscriptionShown {
  words: Words;
  back: () => Promise<void>;
}

/** They are written to no more, and can take that back where it is theirs to say. */
export function Ended({ account_name, address, can_resume, words, back }: EndedProps) {
  const names = { account: account_name, address };
  return (
    <Step title={words.ended} lead={<Filled text={words.endedLead} names={names} />}>
      <div class="unsubscribe-back">
        {can_resume ? (
          <>
            <span>{words.mistake}</span>{" "}
            <ActButton says={words.back} saysBusy={words.trying} look="unsubscribe-link" words={words} act={back} />
          </>
        ) : (
          <Filled text={words.stuck} names={names} />
        )}
      </div>
    </Step>
  );
}
