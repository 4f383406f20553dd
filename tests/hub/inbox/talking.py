"""Conversations for the tests of the inbox: people who write, members who answer."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from pymongo.monitoring import CommandListener, CommandStartedEvent

from channels.base import Address, Content, IdentityKind, Medium
from hub.deps import Deps
from hub.people.finding import find_or_make
from hub.store.ids import new_id
from hub.threads import happenings, log
from hub.threads.happenings import NOBODY, Happening, Owner, OwnerChanged, OwnerKind
from hub.threads.models import THE_HUB, Author, AuthorKind, Draft, Entry, EntryKind, Thread

LINE = "line"


@dataclass(frozen=True)
class Talk:
    """The conversations of one account."""

    deps: Deps
    account: str

    async def begin(self, name: str = "Asha", *, says: str = "") -> Thread:
        """With somebody whom nobody has met; who says something, if that is given."""
        id = new_id(self.deps.clock.now())
        address = Address(kind=IdentityKind.EMAIL, value=f"{id}@lead.test")
        person = await find_or_make(self.deps, self.account, [address], name=name)
        thread = await log.find_or_make(self.deps, self.account, person.id)
        return await self.hear(thread, says) if says else thread

    async def hear(self, thread: Thread, text: str, **more: Any) -> Thread:
        """The person writes."""
        author = Author(AuthorKind.PERSON, thread.person)
        return await self.write(thread, author, content=Content(text=text, **more), direction="in")

    async def reply(self, thread: Thread, text: str, by: str = "") -> Thread:
        """A member answers."""
        author = Author(AuthorKind.MEMBER, by or "member")
        return await self.write(thread, author, content=Content(text=text), direction="out")

    async def note(self, thread: Thread, text: str, *mentions: str) -> Thread:
        """A member writes to colleagues."""
        author = Author(AuthorKind.MEMBER, "member")
        return await self.write(thread, author, EntryKind.NOTE, content=Content(text=text), mentions=mentions)

    async def happen(self, thread: Thread, event: Happening) -> Thread:
        """Something happens."""
        return await self.write(thread, THE_HUB, EntryKind.EVENT, event=event)

    async def give(self, thread: Thread, member: str = "", team: str | None = None) -> Thread:
        """It is a member's, or a team's, from now on."""
        owner = Owner(OwnerKind.MEMBER, member) if member else NOBODY
        return await self.happen(thread, OwnerChanged(owner=owner, team=team, why="assigned"))

    async def close(self, thread: Thread) -> Thread:
        """It is done."""
        return await self.happen(thread, happenings.Closed())

    async def write(self, thread: Thread, author: Author, kind: EntryKind = EntryKind.MESSAGE, **more: Any) -> Thread:
        """One entry more, and whatever comes of it."""
        is_message = kind is EntryKind.MESSAGE
        place: dict[str, Any] = {"line": LINE, "medium": Medium.SMS} if is_message else {}
        draft = Draft(id=new_id(self.deps.clock.now()), kind=kind, author=author, **place, **more)
        after, _ = await log.append(self.deps, await log.get_thread(self.deps, self.account, thread.id), draft)
        await self.deps.background.settle()
        return after

    async def entries(self, thread: Thread) -> list[Entry]:
        """The whole log."""
        found = await self.deps.mongo["messages"].find({"thread": thread.id}, sort=[("seq", 1)], limit=1000)
        return [msgspec.convert(one, Entry) for one in found]


@dataclass
class Commands(CommandListener):
    """What the database is asked, by collection."""

    asked: list[str] = field(default_factory=list)

    def started(self, event: CommandStartedEvent) -> None:
        """One command leaves."""
        self.asked.append(f"{event.command_name} {event.command.get(event.command_name)}")

    def succeeded(self, event: object) -> None:
        """Of no interest."""

    def failed(self, event: object) -> None:
        """Of no interest."""

    def of(self, *names: str) -> list[str]:
        """Those about these collections, and forget all."""
        found = [one for one in self.asked if one.split()[1] in names]
        self.asked.clear()
        return found
