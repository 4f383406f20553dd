import type { SubscriptionShown } from "../shared/api";
import { Notice } from "../shared/Notice";
import { ActButton } from "./ActButton";
import { Filled, filled } from "./Filled";
import { Step } from "./Step";
import type { Words } from "./words";
import "../shared/button.css";

interface GoingProps extends SubscriptionShown {
  words: Words;
  /** They have just come back. */
  isBack: boolean;
  end: () => Promise<void>;
}

/** They get mails, and can end them. */
export function Going({ account_name, address, words, isBack, end }: GoingProps) {
  const names = { account: account_name, address };
  return (
    <Step title={filled(words.ask, names)} lead={<Filled text={words.askLead} names={names} />}>
      {isBack && <Notice tone="good" words={filled(words.isBack, names)} />}
      <ActButton says={words.end} saysBusy={words.ending} look="button" words={words} act={end} />
    </Step>
  );
}
