"""Asking again and again whether those who were let in still may be there. Each door is looked after by itself, so that
strangers, however many, keep nobody from finding out about members."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

import structlog

from hub.audiences import Namespace
from hub.deps import Deps
from hub.sockets.connection import Connection
from hub.sockets.serving import Doorkeeper
from hub.sockets.standing import Change, list_changed
from hub.store.mongo import DatabaseAway
from hub.visiting.standing import list_changed as list_changed_visitors

log = structlog.get_logger()

# Whatever is taken away from somebody is gone from their screens within five seconds; reading it takes some, too.
RECHECK_S = 2.0
# While the database is away for all, nothing is stored, and so nothing is told. It may be away for this process alone,
# while others go on: so nobody stays longer than it takes to choose another primary, with plenty to spare.
UNCHECKED_S = 30.0
# So many are asked about together, and waited for so long: the embedded database takes far longer for one question
# about many than for many about some.
TOGETHER, PATIENCE_S = 50, 10.0
# Who finds out whether those of a namespace still may be there.
ListChanged = Callable[[Deps, Sequence[Connection]], Awaitable[Mapping[str, Change]]]
LISTS: Mapping[Namespace, ListChanged] = {"/inbox": list_changed, "/widget": list_changed_visitors}


async def recheck_always(
    deps: Deps, door: Doorkeeper, *, every_s: float = RECHECK_S, unchecked_s: float = UNCHECKED_S
) -> None:
    """Keep it up. Whoever could not be asked about for too long is sent away, to come back where that can be done."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(ask_always(deps, door, every_s), name=f"recheck {door.namespace}")
        tasks.create_task(send_away_always(door, every_s, unchecked_s), name=f"send away {door.namespace}")


async def ask_always(deps: Deps, door: Doorkeeper, every_s: float) -> None:
    """About all of them, some at a time."""
    while True:
        await asyncio.sleep(every_s)
        for some in together([*door.connections.values()]):
            await recheck(deps, door, some)


async def send_away_always(door: Doorkeeper, every_s: float, unchecked_s: float) -> None:
    """However long the asking takes."""
    while True:
        await asyncio.sleep(every_s)
        door.send_away(unchecked_s)


def together(connections: Sequence[Connection]) -> Iterator[Sequence[Connection]]:
    """Those of one account and one site beside each other: what they have in common is read once."""
    ordered = sorted(connections, key=lambda one: (one.caller.account, one.caller.line))
    for start in range(0, len(ordered), TOGETHER):
        yield ordered[start : start + TOGETHER]


async def recheck(deps: Deps, door: Doorkeeper, some: Sequence[Connection]) -> None:
    """Ask about these. Where that fails, about each half of them, until whoever spoils it for others is alone."""
    asked_s = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await door.recheck(some, await LISTS[door.namespace](deps, some), asked_s)
    except (DatabaseAway, TimeoutError):
        log.warning("recheck_failed", error="database_away")
    except Exception as error:  # the outermost loop: it must not end for good
        if len(some) == 1:
            log.error("recheck_failed", account=some[0].caller.account, exc_info=error)
            return
        for half in (some[: len(some) // 2], some[len(some) // 2 :]):
            await recheck(deps, door, half)
