"""What the sandbox tells by its webhooks, in plain values: as many as there are events in the batch."""

from typing import Literal

import msgspec

from channels.answers import UNREADABLE
from channels.base import Address, IdentityKind, Inbound, Parsed, State, Status, Strange, strange
from channels.reading import Fields, whole_letters
from channels.sandbox.content import content
from channels.sandbox.templates import news


class Batch(msgspec.Struct, frozen=True):
    """A webhook. Its events are read one by one: what is not UTF-8, or a number without end, spoils only its own."""

    events: list[msgspec.Raw]


def parse(kind: IdentityKind, body: bytes) -> list[Parsed]:
    """Every event, in the order of the batch. One that makes no sense is Strange, and takes no other with it."""
    try:
        events = msgspec.json.decode(whole_letters(body), type=Batch).events
    except UNREADABLE as error:
        raise ValueError("This is no batch of events.") from error
    return [parsed(kind, event) for event in events]


def parsed(kind: IdentityKind, event: msgspec.Raw) -> Parsed:
    """One event."""
    try:
        fields = Fields.of(msgspec.json.decode(event))
    except UNREADABLE:
        return strange("unreadable")
    type = fields.text("type")
    if type == "message":
        return message(kind, fields)
    if type == "status":
        return status(fields)
    if type == "template_status":
        return news(fields)
    return strange(type)


def message(kind: IdentityKind, fields: Fields) -> Inbound | Strange:
    """Something that a person has sent. Of whatever kind it is: whoever wrote it is waiting for an answer."""
    id, sender, said_at = fields.id("id"), senders(kind, fields), fields.time("at")
    if not id or not sender or said_at is None:
        missing = [name for name, value in (("id", id), ("from", sender), ("at", said_at)) if not value]
        return strange(f"message without {' and '.join(missing)}")
    return Inbound(
        id=id,
        sender=sender,
        sender_name=fields.text("name"),
        said_at=said_at,
        content=content(fields),
        window_until=fields.time("window_until"),
        opted=opted(fields.text("opted")),
        language=fields.text("language"),
    )


def senders(kind: IdentityKind, fields: Fields) -> tuple[Address, ...]:
    """Who has sent it. On WhatsApp the phone may come besides, or alone, or not at all."""
    named = [(kind, fields.id("from"))]
    if kind is IdentityKind.WHATSAPP:
        named.append((IdentityKind.PHONE, fields.id("phone")))
    return tuple(Address(kind=kind, value=name) for kind, name in named if name)


def opted(word: str) -> Literal["", "in", "out"]:
    """What the provider has understood by itself."""
    return "in" if word == "in" else "out" if word == "out" else ""


def status(fields: Fields) -> Status | Strange:
    """How a message of ours fares."""
    id, at, word = fields.id("id"), fields.time("at"), fields.text("state")
    if not id or at is None or word not in [*State]:
        return strange(f"status {word}")
    return Status(id=id, state=State(word), at=at, code=fields.id("code"))
