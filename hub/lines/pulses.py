"""How lines fare, noted in memory and written down a little later: whatever passes over a line, or is refused on it,
costs the line's document one write in ten seconds at most."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog

from hub.background import stop
from hub.clock import Clock
from hub.lines import repository
from hub.lines.models import Line
from hub.store.mongo import DatabaseAway, Document, Mongo

log = structlog.get_logger()

# The first news after a silence are soon to be seen; then no line is written more often than this.
SOON_S, EVERY_S = 1, 10
GOODBYE_S = 2


@dataclass
class Pulse:
    """What one process has seen of a line and not written down yet."""

    account: str
    heard_at: datetime | None = None
    sent_at: datetime | None = None
    forgives: bool = False
    refused: int = 0
    refused_since: datetime | None = None
    refused_at: datetime | None = None
    refused_why: str = ""
    failed_at: datetime | None = None
    failed_code: str = ""

    def change(self) -> Document:
        """The same, as an update that fits between those of other processes."""
        latest = {"heard_at": self.heard_at, "sent_at": self.sent_at, "refused_at": self.refused_at}
        words = {"refused_why": self.refused_why, "failed_at": self.failed_at, "failed_code": self.failed_code}
        parts: Document = {
            "$max": named(latest),
            "$min": named({"refused_since": self.refused_since}),
            "$inc": named({"refused": self.refused}),
            "$set": named(words),
        }
        return {name: part for name, part in parts.items() if part}


def named(fields: Document) -> Document:
    """Those that say something, where they stand in the document."""
    return {f"health.{name}": value for name, value in fields.items() if value}


class Pulses:
    """The news of one process about all lines."""

    def __init__(self, mongo: Mongo, clock: Clock) -> None:
        self._mongo = mongo
        self._clock = clock
        self._news: dict[str, Pulse] = {}
        self._writing: asyncio.Task[None] | None = None
        # One write after the other: of two at once the older could come last.
        self._pen = asyncio.Lock()

    def of(self, line: Line) -> Pulse:
        """Where to note something; it is written down soon."""
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_always(), name="pulses")
        return self._news.setdefault(line.id, Pulse(line.account))

    async def write(self) -> None:
        """Write down all there is. What the database does not take now, it takes the next time."""
        async with self._pen:
            await self._write_each()

    async def _write_each(self) -> None:
        for id in [*self._news]:
            pulse = self._news.pop(id)
            try:
                await write_one(self._mongo, id, pulse)
            except DatabaseAway:
                # What was noted meanwhile is younger: it stays.
                self._news.setdefault(id, pulse)
                return

    async def close(self) -> None:
        """Write down the last of it."""
        if self._writing:
            await stop(self._writing)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await self.write()

    async def _write_always(self) -> None:
        await self._clock.sleep(SOON_S)
        while self._news:
            try:
                await self.write()
            except Exception as error:  # the outermost loop: it must not end the noting for good
                log.error("pulses_failed", exc_info=error)
            await self._clock.sleep(EVERY_S)


async def write_one(mongo: Mongo, id: str, pulse: Pulse) -> None:
    """One line's news: first what a good event has made up for, then the rest."""
    if pulse.forgives and pulse.heard_at:
        await repository.forgive_refused(mongo, pulse.account, id, pulse.heard_at)
    await repository.note_health(mongo, pulse.account, id, pulse.change())


@asynccontextmanager
async def open_pulses(mongo: Mongo, clock: Clock) -> AsyncIterator[Pulses]:
    """For the length of the block; what is noted by its end is written."""
    pulses = Pulses(mongo, clock)
    try:
        yield pulses
    finally:
        await pulses.close()
