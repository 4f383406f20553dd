"""Taking turns within one process: whoever appends to a log has to race with other processes only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from hub.audit.errors import LogBusy

# Longer than the database takes to fail whoever has the turn: then the others go on.
WAITED_S = 30.0


class Turns:
    """One after the other for each account, in the order of asking; the accounts that nobody asks for are forgotten."""

    def __init__(self, *, waited_s: float = WAITED_S) -> None:
        self._waited_s = waited_s
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, account: str) -> AsyncIterator[None]:
        """Our turn for the length of the block, or LogBusy after a while of waiting in vain."""
        lock = self._locks.setdefault(account, asyncio.Lock())
        try:
            async with asyncio.timeout(self._waited_s):
                await lock.acquire()
        except TimeoutError:
            raise LogBusy from None
        try:
            yield
        finally:
            lock.release()
