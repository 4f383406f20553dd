"""How a rule of the gate says no."""

from collections.abc import Mapping, Sequence

from channels.base import Medium
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


def no(code: Why, reason: str, alternatives: Sequence[Alternative] = ()) -> Verdict:
    """A refusal."""
    return Verdict(is_allowed=False, code=code, reason=reason, alternatives=list(alternatives))
