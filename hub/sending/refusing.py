"""How a rule of the gate says no."""

from collections.abc import Mapping, Sequence

from channels.base import Medium
from hub.consent.models import Reason
from hub.sending.models import Alternative, Verdict, Why

CHANGE = Alternative(do="change_message")
# Until they write: nobody knows when.
UNTIL_THEY_WRITE = Alternative(do="wait")
# As people write them within a sentence.
NAMES: Mapping[Medium, str] = {
    Medium.SMS: "SMS",
    Medium.WHATSAPP: "WhatsApp",
    Medium.EMAIL: "e-mail",
    Medium.CHAT: "chat",
}
# Why nothing goes to an address, and what would change that.
LIFT = "whoever manages the account can take it off the suppressed addresses"
SUPPRESSED: Mapping[Reason, str] = {
    Reason.OPT_OUT: "Whoever has this address wants no messages there: record their opt-in once they agree again.",
    Reason.MANUAL: f"Somebody of the account has suppressed this address: {LIFT}.",
    Reason.BLOCKED: f"We were blocked at this address. Should they have ended that, {LIFT}.",
    Reason.HARD_BOUNCE: f"There is no such address, its provider says. Should there be one by now, {LIFT}.",
    Reason.COMPLAINT: f"From this address we were reported. Should they ask for messages again, {LIFT}.",
}


def no(code: Why, reason: str, alternatives: Sequence[Alternative] = ()) -> Verdict:
    """A refusal."""
    return Verdict(is_allowed=False, code=code, reason=reason, alternatives=list(alternatives))
