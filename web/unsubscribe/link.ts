import type { SubscriptionShown } from "../shared/api";
import { answerOf, ask, plainly, reach, request } from "../shared/ask";

/** What the link of a mail can do. To look changes nothing. */
export interface Link {
  look: () => Promise<SubscriptionShown>;
  end: () => Promise<SubscriptionShown>;
  resume: () => Promise<SubscriptionShown>;
}

/** The link that this page was opened by. */
export function linkIn({ pathname }: { pathname: string }): Link {
  return {
    look: () => ask("GET", `${pathname}/state`),
    end: () => click(pathname),
    resume: () => ask("POST", `${pathname}/resume`),
  };
}

// The same form that mail programs send by their own button.
async function click(path: string): Promise<SubscriptionShown> {
  const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  return answerOf(await reach(plainly, path, { ...request("POST"), body }));
}
