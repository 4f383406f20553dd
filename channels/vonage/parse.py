"""What Vonage tells by its webhooks, in plain values. Each tells of one message, or of what became of one of ours."""

import msgspec

from channels import numbers
from channels.answers import UNREADABLE
from channels.base import Access, Inbound, Parsed, Posted, State, Status, Strange, strange
from channels.reading import Fields, whole_letters
from channels.vonage.content import content
from channels.vonage.problems import code_of

STATES = {
    "submitted": State.SENT,
    "delivered": State.DELIVERED,
    "read": State.READ,
    "rejected": State.FAILED,
    "undeliverable": State.FAILED,
}


def parse(access: Access, posted: Posted) -> list[Parsed]:
    """The one thing that it tells."""
    try:
        said = msgspec.json.decode(whole_letters(posted.body))
    except UNREADABLE as error:
        raise ValueError("This is no JSON.") from error
    if not isinstance(said, dict):
        raise ValueError("This is no event.")
    fields = Fields(said)
    return [status(access, fields, posted) if fields.text("status") else message(access, fields, posted)]


def message(access: Access, fields: Fields, posted: Posted) -> Inbound | Strange:
    """Something that a person has sent. Of whatever kind it is: whoever wrote it is waiting for an answer."""
    id, sender = fields.id("message_uuid"), fields.id("from")
    if not id or not sender:
        missing = [name for name, value in (("id", id), ("sender", sender)) if not value]
        return strange(f"{fields.text('message_type') or 'event'} without {' and '.join(missing)}")
    return Inbound(
        id=id,
        sender=(numbers.sender(sender),),
        said_at=fields.time("timestamp") or posted.at,
        content=content(fields),
        at_line=numbers.our_name(access.names, fields.id("to")),
    )


def status(access: Access, fields: Fields, posted: Posted) -> Status | Strange:
    """How a message of ours fares; `client_ref` is what we have called it. What has that was sent by this very line, be
    it from a number that it has no more."""
    id, ours, said = fields.id("message_uuid"), fields.id("client_ref"), fields.text("status").lower()
    if not id or said not in STATES:
        return strange(f"status {said}" if id else "status without id")
    return Status(
        id=id,
        state=STATES[said],
        at=fields.time("timestamp") or posted.at,
        code=(code_of(fields.part("error")) or said) if STATES[said] is State.FAILED else "",
        ours=ours,
        at_line="" if ours else numbers.our_name(access.names, fields.id("from")),
    )
