"""Taking turns within one process: whoever waits for a turn has to race with other processes only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from hub.errors import Unavailable

# Longer than the database takes to fail whoever has the turn: then the others go on.
WAITED_S = 30.0
AGAIN_AFTER_S = 1


class NotYet(Unavailable):
    """So many others do the same that our turn did not come."""

    code = "not_our_turn"


class Turns:
    """One after the other for each name, in the order of asking; the names that nobody asks for are forgotten. With
    `waited_s` of None one waits as long as it takes."""

    def __init__(self, *, waited_s: float | None = WAITED_S) -> None:
        self._waited_s = waited_s
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[None]:
        """Our turn for the length of the block, or NotYet after a while of waiting in vain."""
        lock = self._locks.setdefault(name, asyncio.Lock())
        try:
            async with asyncio.timeout(self._waited_s):
                await lock.acquire()
        except TimeoutError:
            raise NotYet("Too many others do the same at this moment.", retry_after_s=AGAIN_AFTER_S) from None
        try:
            yield
        finally:
            lock.release()
