import { Card } from "./Card";
import type { Gone } from "./invitation";
import { Link } from "./Link";

const titles: Record<Gone, string> = {
  already_member: "You are a member already",
  invitation_expired: "This invitation is too old",
  invitation_used: "This invitation was used",
  no_such_invitation: "This link leads to no invitation",
};

const leads: Record<Gone, string> = {
  already_member: "Your address belongs to a member of this account. Sign in with it.",
  invitation_expired: "Ask whoever invited you for a new one: it takes them a moment.",
  invitation_used: "Somebody has accepted it. If that was you, sign in.",
  no_such_invitation:
    "It was withdrawn, or a part of the link is missing. Open it again from where you got it, or ask for a new one.",
};

function isIn(why: Gone): boolean {
  return why === "already_member" || why === "invitation_used";
}

/** Why the link leads nowhere any more, and where to go instead. */
export function InvitationGone({ why }: { why: Gone }) {
  return (
    <Card title={titles[why]} lead={leads[why]}>
      <Link to="/sign-in" look={isIn(why) ? "button" : "button button-quiet"}>
        Sign in
      </Link>
    </Card>
  );
}
