"""Reading what came. A mail that is large is read apart (hub/apart): strangers write mails, some of which keep whoever
reads them busy for seconds, and everybody else would wait so long. This file is also that program."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module

import msgspec

from channels.base import Access, Channel, Parsed, Posted
from hub.apart.reading import Apart, Unreadable
from hub.apart.serving import serve

# What is larger is read in a thread: it takes longer than others may wait for. What is larger still, in a process.
READ_AT_ONCE, READ_HERE = 4 * 1024, 256 * 1024
SIZE_BYTES = 4
TOO_MUCH = "To read it takes too long, or too much memory."


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the program gets in front of the body: which adapter reads it, and what that has to know. No secret is among
    it."""

    module: str
    provider: str
    access: Access
    content_type: str
    query: Mapping[str, str]
    at: datetime


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What the program makes of it; or what the adapter has against it."""

    parsed: list[Parsed] = []
    complaint: str = ""


async def parsed_of(apart: Apart, channel: Channel, access: Access, posted: Posted) -> list[Parsed]:
    """Every element of it; ValueError where it makes no sense."""
    if len(posted.body) <= READ_AT_ONCE:
        return channel.parse(access, posted)
    if len(posted.body) <= READ_HERE or not channel.capabilities.is_mail:
        return await asyncio.to_thread(channel.parse, access, posted)
    try:
        said = await apart.read(__name__, given=given_to(channel, access, posted))
    except Unreadable:
        raise ValueError(TOO_MUCH) from None
    made = msgspec.msgpack.decode(said, type=Made)
    if made.complaint:
        raise ValueError(made.complaint)
    return made.parsed


def given_to(channel: Channel, access: Access, posted: Posted) -> bytes:
    """As the program reads it."""
    open_to_all = {field.name for field in channel.fields if not field.is_secret}
    values = {name: value for name, value in access.values.items() if name in open_to_all}
    given = Given(
        module=type(channel).__module__,
        provider=channel.provider,
        access=Access(access.line, access.address, values, access.names),
        content_type=posted.content_type,
        query=posted.query,
        at=posted.at,
    )
    head = msgspec.json.encode(given)
    return len(head).to_bytes(SIZE_BYTES) + head + posted.body


def read(raw: bytes) -> bytes:
    """What the program does."""
    body_at = SIZE_BYTES + int.from_bytes(raw[:SIZE_BYTES])
    given = msgspec.json.decode(raw[SIZE_BYTES:body_at], type=Given)
    channel: Channel = import_module(given.module).CHANNELS[given.provider]
    try:
        parsed = channel.parse(given.access, Posted(raw[body_at:], given.content_type, given.query, given.at))
    except ValueError as error:
        return msgspec.msgpack.encode(Made(complaint=str(error)))
    return msgspec.msgpack.encode(Made(parsed=parsed))


if __name__ == "__main__":
    serve(read)
