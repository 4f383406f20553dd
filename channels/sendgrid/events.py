"""What SendGrid tells of mails that were sent, in plain values: how they fare, and what people want of further ones."""

import hashlib
import re
from collections.abc import Mapping

from channels.base import Access, Parsed, Posted, State
from channels.mail.failures import final_code_of
from channels.mail.tracing import Wants, is_of_ours, preference, status, strange
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
    "group_resubscribe": "in",
}
# That a mail waits at SendGrid is nothing new, and links are followed by programs before anybody has read it.
SAYS_NOTHING = ("deferred", "click")
# How a mail server's answer begins.
ANSWER = re.compile(r"\s*(?P<code>[245]\d\d)(?:[ -]+(?P<enhanced>[245]\.\d{1,3}\.\d{1,3})\b)?")


def told(access: Access, event: Fields, posted: Posted) -> list[Parsed]:
    """What one event tells, if anything."""
    kind, at = event.text("event").lower(), event.time("timestamp") or posted.at
    if kind in SAYS_NOTHING or (kind == "open" and event.values.get("sg_machine_open") is True):
        return []
    if kind in WANTS:
        return [preference(id_of(event), event.text("email"), WANTS[kind], at)]
    if kind not in STATES:
        return [strange(kind or "nothing")]
    state, email = STATES[kind], event.text("email")
    if not is_of_ours(event, email, state):
        return []
    return [status(access, event, state, at, recipient=email, code=code(event) if state is State.FAILED else "")]


def code(event: Fields) -> str:
    """Why it was not delivered."""
    reason = event.text("reason")
    if event.text("event").lower() == "dropped":
        return next((code for words, code in BY_REASON.items() if reason.lower().startswith(words)), DROPPED.code)
    said = ANSWER.match(reason)
    enhanced = event.text("status").strip() or (said and said["enhanced"]) or ""
    return final_code_of(int(said["code"]) if said else 0, enhanced)


def id_of(event: Fields) -> str:
    """As SendGrid calls it, or what its repeats have in common."""
    named = "\n".join(event.text(name) for name in ("event", "email", "timestamp", "sg_message_id"))
    return event.id("sg_event_id") or hashlib.sha256(named.encode(errors="replace")).hexdigest()
