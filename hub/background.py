"""What a process goes on with after it has answered. Nothing here is a promise: whatever must not be lost is due in the
database as well, and a sweep finds it when this process dies."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog

from hub.store.mongo import DatabaseAway

log = structlog.get_logger()

# More at once would only make each other slow; the sweep does the rest.
MOST = 256
# Until a task that should have ended is told so once more.
PATIENCE_S = 1.0


class Background:
    """The tasks of one process, waited for at its end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_full(self) -> bool:
        """Whether there is no place for more."""
        return len(self._tasks) >= MOST

    def start(self, doing: Coroutine[Any, Any, object], name: str) -> None:
        """Do it now, beside everything else."""
        task = asyncio.create_task(ended_quietly(doing, name), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until nothing is left to do, what is begun meanwhile included."""
        while self._tasks:
            await asyncio.gather(*self._tasks)


async def ended_quietly(doing: Coroutine[Any, Any, object], name: str) -> None:
    """The outermost loop of a task: a sweep will try again what has failed, and tells when it goes on failing."""
    try:
        await doing
    except DatabaseAway:
        log.warning("background_failed", task=name, error="database_away")
    except Exception as error:
        log.error("background_failed", task=name, exc_info=error)


async def stop(*tasks: asyncio.Task[Any]) -> None:
    """Return once all of these have ended. Again and again: a library can take the cancelling for a failure of its own,
    and whoever called it goes on."""
    while running := [task for task in tasks if not task.done()]:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=PATIENCE_S)
    await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def open_background(timeout_s: float) -> AsyncIterator[Background]:
    """For the length of the block; what runs at its end is finished, within the time."""
    background = Background()
    try:
        yield background
    finally:
        tasks = [*background._tasks]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
