"""Every few seconds a process says again what its sockets do, and sees what others do no more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from hub.background import stop
from hub.deps import Deps
from hub.presence.boards import AT_ONCE, look_at_each
from hub.presence.noticing import have_told

log = structlog.get_logger()

BEAT_S = 2.0


@asynccontextmanager
async def beating(deps: Deps) -> AsyncIterator[None]:
    """For the length of the block."""
    task = asyncio.create_task(beat_always(deps), name="presence of members")
    try:
        yield
    finally:
        await stop(task)


async def beat_always(deps: Deps) -> None:
    """One after the other."""
    while True:
        try:
            await beat(deps)
        except Exception as error:  # the outermost loop: it must not end for good
            log.error("presence_failed", exc_info=error)
        await asyncio.sleep(BEAT_S)


async def beat(deps: Deps) -> None:
    """All that ours do. Typing is told each time; and everything once Redis is back: screens know less by then."""
    book = deps.presence
    boards, was_alone = book.tidy(), book.is_alone
    book.is_alone = False
    for first in range(0, len(boards), AT_ONCE):
        for seen in await look_at_each(deps, boards[first : first + AT_ONCE]):
            typing = {trace.what for trace in book.said.get(seen.board, ())} & {"reply", "note"}
            is_back = was_alone and not book.is_alone
            have_told(deps, seen, *typing, *(seen.everything if is_back else ()))
