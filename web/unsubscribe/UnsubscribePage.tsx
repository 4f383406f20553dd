import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { SubscriptionShown } from "../shared/api";
import { isRefused } from "../shared/refused";
import { explain } from "./ActButton";
import { Ended } from "./Ended";
import { Going } from "./Going";
import type { Link } from "./link";
import { NoLink } from "./NoLink";
import { Step } from "./Step";
import { TryAgain } from "./TryAgain";
import { spokenIn } from "./words";
import "./unsubscribe.css";

type Stage =
  | { at: "waiting" }
  | { at: "no link" }
  | { at: "away"; error: unknown }
  | { at: "known"; subscription: SubscriptionShown; isBack: boolean };

interface UnsubscribePageProps {
  link: Link;
  /** What the browser's owner understands, the best first. */
  languages: readonly string[];
}

/** Where the link in a mail leads: one button ends the mails, and the way back is one too. It speaks as the person does
 * whose mails they are, or else their browser. */
export function UnsubscribePage({ link, languages }: UnsubscribePageProps) {
  const stage = useSignal<Stage>({ at: "waiting" });
  const locale = stage.value.at === "known" ? stage.value.subscription.locale : null;
  const { language, words } = spokenIn([locale, ...languages]);

  // The link may end at any moment. Other failures are told by whoever has asked.
  async function ask(what: () => Promise<SubscriptionShown>) {
    try {
      const subscription = await what();
      stage.value = { at: "known", subscription, isBack: what === link.resume && !subscription.is_ended };
    } catch (error) {
      if (!isRefused(error, "no_such_unsubscribe_link", "invalid")) throw error;
      stage.value = { at: "no link" };
    }
  }

  const look = () => ask(link.look);

  useEffect(() => void look().catch((error: unknown) => (stage.value = { at: "away", error })), []);
  useEffect(() => void (document.documentElement.lang = language), [language]);

  return (
    <main id="main" class="unsubscribe">
      {standing(stage.value)}
    </main>
  );

  function standing(now: Stage) {
    if (now.at === "waiting") return <Step key={now.at} title={words.waiting} />;
    if (now.at === "no link") return <NoLink key={now.at} words={words} />;
    if (now.at === "away") return <TryAgain words={words} trouble={explain(now.error, words)} again={look} />;
    const { subscription, isBack } = now;
    if (subscription.is_ended) return <Ended {...subscription} words={words} back={() => ask(link.resume)} />;
    return <Going {...subscription} words={words} isBack={isBack} end={() => ask(link.end)} />;
  }
}
