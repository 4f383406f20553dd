"""What SendGrid tells of mails that were sent, in plain values: how they fare, and what people want of further ones."""

import hashlib
from collections.abc import Mapping

from channels.base import Access, Parsed, Posted, State, Wants, strange
from channels.mail.reports import code_in
from channels.mail.tracing import is_of_ours, preference, status
from channels.reading import Fields
from channels.sendgrid.failures import BY_REASON, DROPPED

STATES: Mapping[str, State] = {
    "processed": State.SENT,
    "delivered": State.DELIVERED,
    "open": State.READ,
    "bounce": State.FAILED,
    "blocked": State.FAILED,
    "dropped": State.FAILED,
}
WANTS: Mapping[str, Wants] = {
    "spamreport": "complaint",
    "unsubscribe": "out",
    "group_unsubscribe": "out",
}
# That a mail waits at SendGrid is nothing new, and links are followed by programs before anybody has read it. Who wants
# mails of one group again, of whichever program that is, takes back no other no.
SAYS_NOTHING = ("deferred", "click", "group_resubscribe")


def told(access: Access, event: Fields, posted: Posted) -> list[Parsed]:
    """What one event tells, if anything."""
    kind, at = event.text("event").lower(), event.time("timestamp") or posted.at
    if kind in SAYS_NOTHING or (kind == "open" and event.values.get("sg_machine_open") is True):
        return []
    if kind in WANTS:
        return [preference(id_of(event), event.text("email"), WANTS[kind], at)]
    if kind not in STATES:
        return [strange(kind)]
    state, email = STATES[kind], event.text("email")
    if not is_of_ours(event, email, state):
        return []
    return [status(access, event, state, at, recipient=email, code=code(event) if state is State.FAILED else "")]


def code(event: Fields) -> str:
    """Why it was not delivered."""
    reason = event.text("reason")
    if event.text("event").lower() == "dropped":
        return next((code for words, code in BY_REASON.items() if reason.lower().startswith(words)), DROPPED.code)
    return code_in(event.text("status"), reason)


def id_of(event: Fields) -> str:
    """As SendGrid calls it, or what its repeats have in common."""
    named = "\n".join(event.text(name) for name in ("event", "email", "timestamp", "sg_message_id"))
    return event.id("sg_event_id") or hashlib.sha256(named.encode(errors="replace")).hexdigest()
