"""A kind of work for the tests, and a room that has it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from hub.clock import Clock
from hub.deps import Deps
from hub.house import Room
from hub.rooms import ROOMS
from hub.settings import Settings
from hub.store.mongo import Document
from hub.work.kinds import Handler, Kind, Lease
from tests.clock import VirtualClock
from tests.hubs import Hub, running_hub

CHORES = "chores"


class Done:
    """Notes which chores were done, and can be waited for."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._noted = asyncio.Condition()

    async def note(self, deps: Deps, document: Document, lease: Lease) -> None:
        """A handler that does its work at once."""
        async with self._noted:
            self.ids.append(document["_id"])
            self._noted.notify_all()

    async def wait_for(self, count: int, within_s: float = 30) -> list[str]:
        """The ids, once there are so many."""
        async with asyncio.timeout(within_s), self._noted:
            await self._noted.wait_for(lambda: len(self.ids) >= count)
        return self.ids


def chore(handler: Handler, **choices: object) -> Kind:
    """A kind of work that this handler does."""
    given = {"lease": timedelta(seconds=30), "attempts": 3, **choices}
    return Kind(name="chore", collection=CHORES, handler=handler, **given)  # type: ignore[arg-type]


@asynccontextmanager
async def hub_with(settings: Settings, kind: Kind, clock: Clock | None = None) -> AsyncIterator[Hub]:
    """A hub whose workers know this kind."""
    rooms = (*ROOMS, Room(name="chores", kinds=(kind,)))
    async with running_hub(settings, rooms=rooms, clock=clock or VirtualClock()) as hub:
        yield hub


async def add(hub: Hub, id: str, *, account: str = "acme", due_at: datetime | None = None) -> None:
    """A chore that is due."""
    due = due_at or hub.deps.clock.now()
    await hub.deps.mongo[CHORES].insert({"_id": id, "account": account, "due_at": due})


async def stored(hub: Hub, id: str) -> Document:
    """The chore as it stands."""
    return await hub.deps.mongo[CHORES].find_one({"_id": id}) or {}
