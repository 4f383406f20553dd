"""People write, members answer, time passes."""

import itertools
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from channels.base import Capabilities, Content, Inbound, Media, Medium
from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads import log, repository
from hub.threads.models import Author, AuthorKind, Draft, Entry, EntryKind, Thread
from hub.threads.receiving import receive
from hub.work.desk import Desk
from hub.work.kinds import Kind
from tests.hubs import Hub
from tests.people import Person

NUMBERS = itertools.count(1)
AN_HOUR = {"hours": 1}


async def a_thread(member: Person, person: str = "") -> Thread:
    """The conversation with somebody new."""
    return await log.find_or_make(member.hub.deps, member.account, person or f"person{next(NUMBERS)}")


async def write(
    hub: Hub, thread: Thread, text: str = "How much is it?", *, line: str = "line", said_at: datetime | None = None
) -> tuple[Thread, Entry]:
    """The person writes."""
    inbound = Inbound(
        id=new_id(hub.deps.clock.now()),
        sender=(),
        said_at=said_at or hub.deps.clock.now(),
        content=Content(text=text),
    )
    can = Capabilities(longest_text=1600)
    return await receive(hub.deps, thread, inbound, line=line, medium=Medium.SMS, can=can)


async def answer(
    deps: Deps, thread: Thread, author: Author, text: str = "Ten.", *, file: str = "", check: log.Check = log.anyhow
) -> tuple[Thread, Entry]:
    """Somebody of us writes, past the gate."""
    media = (Media(type="image/png", name="a.png", file=file),) if file else ()
    draft = Draft(
        id=new_id(deps.clock.now()),
        kind=EntryKind.MESSAGE,
        author=author,
        line="line",
        medium=Medium.SMS,
        direction="out",
        content=Content(text=text, media=media),
    )
    return await log.append(deps, thread, draft, check=check)


async def note(hub: Hub, thread: Thread, author: Author, *mentions: str) -> tuple[Thread, Entry]:
    """Somebody of us writes to colleagues."""
    id = new_id(hub.deps.clock.now())
    draft = Draft(id=id, kind=EntryKind.NOTE, author=author, content=Content(text="Look."), mentions=mentions)
    return await log.append(hub.deps, thread, draft)


def as_member(person: Person) -> Author:
    """As a log names them."""
    return Author(AuthorKind.MEMBER, person.member)


async def log_of(hub: Hub, thread: Thread) -> list[Entry]:
    """All of it."""
    return await repository.list_after(hub.deps.mongo, thread.account, thread.id, 0, limit=10_000)


async def events_of(hub: Hub, thread: Thread) -> list[Any]:
    """What has happened, as plain values."""
    return [msgspec.json.decode(msgspec.json.encode(entry.event)) for entry in await log_of(hub, thread) if entry.event]


async def latest(hub: Hub, thread: Thread) -> Thread:
    """As it is by now."""
    await hub.deps.background.settle()
    return await log.get_thread(hub.deps, thread.account, thread.id)


async def work_off(hub: Hub, kinds: Sequence[Kind]) -> None:
    """Whatever is due of these kinds is done."""
    for kind in kinds:
        desk = Desk(hub.deps, kind)
        await desk.sweep()
        await desk.close(timeout_s=5)
