"""Time as an argument, so that thirty days of nurture run in a second of tests."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the hub may know of time."""

    def now(self) -> datetime:
        """The time in UTC, in whole milliseconds: what MongoDB gives back equals what was stored."""

    def monotonic_s(self) -> float:
        """Seconds that never run backwards, for measuring."""

    async def sleep(self, seconds: float) -> None:
        """Return once this much of the clock's time has passed."""


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The time in UTC, in whole milliseconds."""
        return whole_ms(datetime.now(UTC))

    def monotonic_s(self) -> float:
        """Seconds since some fixed moment."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let the event loop go on meanwhile."""
        await asyncio.sleep(seconds)


def whole_ms(moment: datetime) -> datetime:
    """Cut what MongoDB would cut: a compare and set on a date compares exactly."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
