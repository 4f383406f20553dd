"""What Mailgun tells of mails that were sent, in plain values: how they fare, and what people want of further ones."""

import hashlib
from collections.abc import Mapping

from channels.base import Access, Parsed, Posted, State, Wants, strange
from channels.mail.reports import code_in
from channels.mail.tracing import is_of_ours, preference, status
from channels.mailgun.failures import BY_REASON, REJECTED
from channels.reading import Fields

STATES: Mapping[str, State] = {
    "accepted": State.SENT,
    "delivered": State.DELIVERED,
    "opened": State.READ,
    "failed": State.FAILED,
    "rejected": State.FAILED,
}
WANTS: Mapping[str, Wants] = {"complained": "complaint", "unsubscribed": "out"}
# Links are followed by programs before anybody has read the mail, and that a mail is kept there is no news.
SAYS_NOTHING = ("clicked", "stored")
TEMPORARY = "temporary"


def told(access: Access, said: Fields, posted: Posted) -> list[Parsed]:
    """What the event tells, if anything."""
    event = said.part("event-data")
    kind, at, recipient = event.text("event").lower(), event.time("timestamp") or posted.at, event.text("recipient")
    if kind in WANTS:
        return [preference(id_of(event), recipient, WANTS[kind], at)]
    if kind not in STATES:
        return [] if kind in SAYS_NOTHING else [strange(kind)]
    given, state = event.part("user-variables"), STATES[kind]
    if not is_news(kind, event) or not is_of_ours(given, recipient, state):
        return []
    why = code(event) if state is State.FAILED else ""
    return [status(access, given, state, at, recipient=recipient, code=why)]


def is_news(kind: str, event: Fields) -> bool:
    """Mailgun tries again by itself what has failed for now; and some mails are opened by programs alone."""
    if kind == "failed":
        return event.text("severity").lower() != TEMPORARY
    return kind != "opened" or not event.part("client-info").text("bot")


def code(event: Fields) -> str:
    """Why it was not delivered."""
    if event.text("event").lower() == "rejected":
        return REJECTED.code
    if known := BY_REASON.get(event.text("reason").lower()):
        return known
    said = event.part("delivery-status")
    answer = " ".join(said.text(name) for name in ("code", "message", "description"))
    return code_in(said.text("enhanced-code"), answer)


def id_of(event: Fields) -> str:
    """What its repeats have in common: Mailgun's own ids of events are of one day."""
    named = "\n".join(event.text(name) for name in ("id", "event", "recipient")) + str(event.values.get("timestamp"))
    return hashlib.sha256(named.encode(errors="replace")).hexdigest()
