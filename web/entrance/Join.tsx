import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { AcceptInvitation, JoinAsMe } from "./AcceptInvitation";
import { type Found, type Gone, lookAt } from "./invitation";
import { InvitationGone } from "./InvitationGone";
import { TryAgain } from "./TryAgain";
import { useVisit } from "./visit";
import { Waiting } from "./Waiting";

/** Where the link of an invitation leads. */
export function Join() {
  const { session, address } = useVisit();
  const { token } = address.value;
  const found = useSignal<Found>({ state: "looking" });

  async function look() {
    found.value = { state: "looking" };
    found.value = await lookAt(session, token);
  }

  useEffect(() => void look(), [token]);

  const onGone = (why: Gone) => (found.value = { state: "gone", why });
  const now = found.value;
  if (now.state === "looking") return <Waiting />;
  if (now.state === "gone") return <InvitationGone why={now.why} />;
  if (now.state === "failed") return <TryAgain trouble={now.trouble} again={look} />;
  if (now.me) return <JoinAsMe look={now.look} me={now.me} token={token} onGone={onGone} />;
  return <AcceptInvitation look={now.look} token={token} onGone={onGone} />;
}
