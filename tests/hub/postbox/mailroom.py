"""A line whose mailbox is a real one, and workers that read it."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any

from channels.base import Posted
from hub.deps import Deps
from hub.intake.jobs import KINDS as INTAKE
from hub.intake.ledger import posted_of
from hub.intake.models import IntakeEvent
from hub.lines import actions
from hub.lines.models import Line
from hub.lines.shapes import LineChange
from hub.postbox import repository
from hub.postbox.models import Folder, Held, MailFolder
from hub.postbox.watching import KINDS
from hub.settings import Settings
from hub.store.mongo import DatabaseAway
from hub.work.desk import Desk
from tests.dovecot import Dovecot
from tests.hub.intake.webhooks import ledger_of
from tests.hub.lines.connected import act_in, connect
from tests.hub.postbox.scripted import Scripted
from tests.hubs import Hub, running_hub
from tests.people import Person, found

NUMBERS = itertools.count(1)
SOON_S, WHILE_S = 30.0, 1.0
SERVER = {"host": "127.0.0.1", "port": "2525", "security": "none"}


@dataclass
class Mailroom:
    """What a test asks about the line, and what happens to its mailbox."""

    hub: Hub
    owner: Person
    server: Dovecot | Scripted
    line: Line

    @property
    def deps(self) -> Deps:
        """What the hub has opened."""
        return self.hub.deps

    @property
    def dovecot(self) -> Dovecot:
        """The server, where it is a real one."""
        assert isinstance(self.server, Dovecot)
        return self.server

    async def folder(self, name: Folder = Folder.INBOX) -> MailFolder:
        """As it stands; there are both once the line was looked at."""
        found = await repository.list_of_line(self.deps.mongo, self.line.account, self.line.id)
        return next(one for one in found if one.folder is name)

    async def is_read(self, name: Folder = Folder.INBOX) -> MailFolder:
        """Wait until somebody has read it, and nothing is wrong."""
        await self.until(lambda folder: folder.seen_at is not None and folder.trouble is None, name)
        return await self.folder(name)

    async def until(self, holds: Any, name: Folder = Folder.INBOX, *, within_s: float = SOON_S) -> None:
        """Wait until this can be said of the folder."""
        async with asyncio.timeout(within_s):
            while not any(folder.folder is name and holds(folder) for folder in await self.folders()):
                await asyncio.sleep(0.02)

    async def folders(self) -> list[MailFolder]:
        """All of them; none before the line was looked at."""
        found = await repository.list_of_line(self.deps.mongo, self.line.account, self.line.id)
        return found if len(found) == len(Folder) else []

    async def is_looked_at(self) -> None:
        """Wait until somebody has seen what the line's settings say."""
        async with asyncio.timeout(SOON_S):
            while (look := (await self.stored_line()).mailboxes) and look.due_at:
                await asyncio.sleep(0.02)

    async def stored_line(self) -> Line:
        """As the database has it."""
        return await actions.get_line(self.deps, self.line.account, self.line.id)

    async def has(self, count: int, *, within_s: float = SOON_S) -> list[Posted]:
        """All mails in the ledger, once there are so many."""
        async with asyncio.timeout(within_s):
            while len(events := await ledger_of(self.deps)) < count:
                await asyncio.sleep(0.02)
        return [await posted_of(self.deps, event) for event in events]

    async def has_no_more_than(self, count: int) -> list[IntakeEvent]:
        """All of the ledger, after a while in which nothing should come."""
        await asyncio.sleep(WHILE_S)
        events = await ledger_of(self.deps)
        assert len(events) == count
        return events

    async def changes(self, **values: str) -> None:
        """Somebody enters something else in the line's settings."""
        await actions.change_line(act_in(self.deps, self.line.account), self.line.id, LineChange(values=values))


async def ripen(room: Mailroom) -> None:
    """Whatever waits for a later try is due now."""
    folder = await room.folder()
    now = datetime.now(UTC)
    held = [Held(one.uid, one.tries, now, one.code, one.came_at) for one in folder.held]
    await repository.change(room.deps.mongo, folder.account, folder.id, held=held, due_at=now)


def a_mail(text: str = "Hello", *, sender: str = "ravi@example.org", id: str = "", **headers: str) -> bytes:
    """As it lies in a mailbox."""
    id = id or f"m{next(NUMBERS)}@example.org"
    known = {"From": sender, "To": "sales@example.com", "Subject": "A question", "Message-ID": f"<{id}>", **headers}
    return "".join(f"{name}: {value}\r\n" for name, value in known.items()).encode() + f"\r\n{text}\r\n".encode()


@contextlib.asynccontextmanager
async def at_work(deps: Deps, *, slots: int | None = None) -> AsyncIterator[None]:
    """A worker, for the length of the block: it looks for due work again and again. It has so many places."""
    kinds = [replace(kind, slots=slots or kind.slots) for kind in (*KINDS, *INTAKE)]
    desks = [Desk(deps, kind) for kind in kinds]

    async def sweep() -> None:
        while True:
            # A database of a busy machine is late now and then; a worker goes on all the same.
            with contextlib.suppress(DatabaseAway):
                await asyncio.gather(*(desk.sweep() for desk in desks))
            await asyncio.sleep(0.1)

    sweeping = asyncio.create_task(sweep())
    try:
        yield
    finally:
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)
        await asyncio.gather(*(desk.close(timeout_s=5) for desk in desks))


def reaching(settings: Settings) -> Settings:
    """Mail servers may be on this machine."""
    return replace(settings, egress_allow=(ip_network("127.0.0.0/8"),))


@contextlib.asynccontextmanager
async def mailroom(settings: Settings, server: Dovecot | Scripted, **values: str) -> AsyncIterator[Mailroom]:
    """A business whose line has this mailbox; nobody works yet."""
    async with running_hub(reaching(settings)) as hub:
        known = {**SERVER, **server.values, **values}
        owner = await found(hub, "acme")
        line = await connect(hub.deps, "smtp_email", account=owner.account, address="sales@example.com", values=known)
        yield Mailroom(hub, owner, server, line)


def words(mails: Sequence[Posted]) -> list[str]:
    """What stands in them, the last lines."""
    return [mail.body.decode().rstrip().rpartition("\n")[2] for mail in mails]
