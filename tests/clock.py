"""A clock that stands still until a test moves it."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta

from hub.clock import whole_ms

# Far ahead: the database removes what has expired by a clock of its own, which must find nothing of ours.
MORNING = datetime(2054, 3, 2, 9, 0, tzinfo=UTC)


class VirtualClock:
    """Thirty days in a moment: `await clock.advance(days=30)` wakes every sleeper at its time, in order."""

    def __init__(self, now: datetime = MORNING) -> None:
        self._now = whole_ms(now)
        self._begun = self._now
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> datetime:
        """The time that the test has come to."""
        return self._now

    def monotonic_s(self) -> float:
        """Seconds since this clock was made."""
        return (self._now - self._begun).total_seconds()

    async def sleep(self, seconds: float) -> None:
        """Until the test has moved the clock this far."""
        self._count += 1
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), self._count, woken))
        await woken

    async def advance(self, **by: float) -> None:
        """Move the clock by so many days, hours, minutes, seconds…"""
        until = self._now + timedelta(**by)
        while self._sleepers and self._sleepers[0][0] <= until:
            self._now, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                woken.set_result(None)
            await settle()
        self._now = until
        await settle()


async def settle() -> None:
    """Let everything run that can run without time passing."""
    for _ in range(20):
        await asyncio.sleep(0)
