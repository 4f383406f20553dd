"""What a visitor has written, as the hub keeps it in its ledger before it goes on: JSON of our own making."""

from datetime import datetime

import msgspec

from channels.answers import UNREADABLE
from channels.base import Address, Content, IdentityKind, Inbound, Parsed

LONGEST_TEXT = 4000


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One message. `id` is the visitor's own for it; the page's language may come with it."""

    visitor: str
    id: str
    text: str
    at: datetime
    language: str = ""


class Batch(msgspec.Struct, frozen=True):
    """An event of the ledger."""

    messages: list[Written]


def event(written: Written) -> bytes:
    """As it is kept."""
    return msgspec.json.encode(Batch([written]))


def parse(body: bytes) -> list[Parsed]:
    """The messages of an event."""
    try:
        batch = msgspec.json.decode(body, type=Batch)
    except UNREADABLE as error:
        raise ValueError("This is nothing that a visitor has written.") from error
    return [inbound(written) for written in batch.messages]


def inbound(written: Written) -> Inbound:
    """A message as the hub takes it in."""
    return Inbound(
        id=message_id(written.visitor, written.id),
        sender=(Address(kind=IdentityKind.VISITOR, value=written.visitor),),
        said_at=written.at,
        content=Content(text=written.text),
        language=written.language,
    )


def message_id(visitor: str, id: str) -> str:
    """What a message is called by on its line: no two visitors can have one in common."""
    return f"{visitor}:{id}"
