"""Each process tells the database every few seconds that it is there, so that others can say who is missing."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal

from hub import VERSION
from hub.background import stop
from hub.deps import Deps
from hub.operations import repository
from hub.store.ids import new_id
from hub.store.mongo import DatabaseAway, Document

EVERY_S = 5
LOOK_EVERY_S = 0.1
GOODBYE_S = 1
GONE_AFTER = timedelta(seconds=15)

ProcessKind = Literal["web", "worker"]


@asynccontextmanager
async def present(deps: Deps, kind: ProcessKind, facts: Callable[[], Document]) -> AsyncIterator[None]:
    """Present for the length of the block; news among the `facts` are told at once."""
    id = new_id(deps.clock.now())
    who = {"kind": kind, "host": socket.gethostname(), "pid": os.getpid(), "version": VERSION}

    async def tell_always() -> None:
        told, told_at_s = None, 0.0
        while True:
            news, now_s = facts(), deps.clock.monotonic_s()
            if news != told or now_s - told_at_s >= EVERY_S:
                with contextlib.suppress(DatabaseAway):
                    await repository.note_process(deps.mongo, id, {**who, **news}, deps.clock.now())
                told, told_at_s = news, now_s
            await asyncio.sleep(LOOK_EVERY_S)

    telling = asyncio.create_task(tell_always(), name="presence")
    try:
        yield
    finally:
        await stop(telling)
        # Nobody waits for a database that is ending too: a note that stays is not believed for long.
        with contextlib.suppress(DatabaseAway, TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await repository.forget_process(deps.mongo, id)


async def list_present(deps: Deps) -> list[Document]:
    """The processes that are there now."""
    return await repository.list_processes(deps.mongo, deps.clock.now() - GONE_AFTER)
