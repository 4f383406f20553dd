"""What Telnyx tells by its webhooks, in plain values. Each tells of one message, or of what became of one of ours."""

from typing import Literal
from urllib.parse import parse_qs, urlsplit

import msgspec

from channels import numbers
from channels.answers import UNREADABLE
from channels.base import Access, Inbound, Parsed, Posted, State, Status, Strange, strange
from channels.reading import Fields, whole_letters
from channels.telnyx.content import content
from channels.telnyx.send import OURS

# Of those that are on their way nothing else is to be told than that.
STATES = {
    "sent": State.SENT,
    "delivery_unconfirmed": State.SENT,
    "delivered": State.DELIVERED,
    "sending_failed": State.FAILED,
    "delivery_failed": State.FAILED,
    "expired": State.FAILED,
}
# It has been asked for help, and has given it.
HELP = "help"
RECEIVED, ABOUT_OURS = "message.received", ("message.sent", "message.finalized")


def parse(access: Access, posted: Posted) -> list[Parsed]:
    """The one thing that it tells."""
    try:
        said = msgspec.json.decode(whole_letters(posted.body))
    except UNREADABLE as error:
        raise ValueError("This is no JSON.") from error
    if not isinstance(said, dict):
        raise ValueError("This is no event.")
    event = Fields(said).part("data")
    kind = event.text("event_type")
    if kind == RECEIVED:
        return [message(access, event, posted)]
    return [status(access, event, posted) if kind in ABOUT_OURS else strange(kind)]


def message(access: Access, event: Fields, posted: Posted) -> Inbound | Strange:
    """Something that a person has sent."""
    said = event.part("payload")
    id, sender = said.id("id"), said.part("from").id("phone_number")
    if not id or not sender:
        missing = [name for name, value in (("id", id), ("sender", sender)) if not value]
        return strange(f"message without {' and '.join(missing)}")
    return Inbound(
        id=id,
        sender=(numbers.sender(sender),),
        said_at=said.time("received_at") or event.time("occurred_at") or posted.at,
        content=content(said),
        at_line=to_whom(access, said),
        opted=opted(said.text("autoresponse_type")),
        is_answered=said.text("autoresponse_type").lower() == HELP,
    )


def to_whom(access: Access, said: Fields) -> str:
    """To which of the line's names: messages to a group have several people in the address."""
    people = map(Fields.of, [*said.items("to"), *said.items("cc")])
    names = [numbers.our_name(access.names, person.id("phone_number")) for person in people]
    return next((name for name in names if name in access.names), names[0] if names else "")


def opted(word: str) -> Literal["", "in", "out"]:
    """Telnyx keeps a list of its own of those who want nothing more, and has told them so already."""
    return "out" if word.lower() == "stop" else "in" if word.lower() == "start" else ""


def status(access: Access, event: Fields, posted: Posted) -> Status | Strange:
    """How a message of ours fares. What has our id was sent by this very line, be it from a number that it has no
    more."""
    said = event.part("payload")
    to = Fields.of(next(iter(said.items("to")), None)).text("status")
    id, state = said.id("id"), STATES.get(to) or (State.SENT if event.text("event_type") == "message.sent" else None)
    if not id or state is None:
        return strange(f"status {to}" if id else "status without id")
    error, name = Fields.of(next(iter(said.items("errors")), None)), ours(said.text("webhook_url"))
    return Status(
        id=id,
        state=state,
        at=event.time("occurred_at") or posted.at,
        code=(error.id("code") or to) if state is State.FAILED else "",
        ours=name,
        at_line="" if name else numbers.our_name(access.names, said.part("from").id("phone_number")),
    )


def ours(webhook: str) -> str:
    """What we have called it: it stands in the address that we have named for what becomes of it. In the body, which is
    signed; that of the request itself is not."""
    try:
        return next(iter(parse_qs(urlsplit(webhook).query).get(OURS, ())), "")
    except ValueError:
        return ""
