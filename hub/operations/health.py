"""What each part is asked, and what its silence means."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from hub import VERSION
from hub.deps import Deps
from hub.errors import HubError
from hub.operations.models import Part, PartState, Readiness, whole
from hub.operations.presence import list_present

# A part that has not answered by then is not one to rely on.
PATIENCE_S = 2.0
# A worker that has missed this many sweeps is stuck, even if it says that it is there.
SWEEPS_MISSED = 6

Answer = tuple[PartState, str]


@dataclass(frozen=True)
class Check:
    """One part: how it is asked, and what it means when it says nothing."""

    name: str
    ask: Callable[[Deps], Awaitable[Answer]]
    silence: Answer


async def readiness(deps: Deps) -> Readiness:
    """Ask all parts at once."""
    parts = await asyncio.gather(*(ask(deps, check) for check in CHECKS))
    return Readiness(state=whole(parts), version=VERSION, parts=parts)


async def ask(deps: Deps, check: Check) -> Part:
    """Ask one part."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            state, detail = await check.ask(deps)
    except (HubError, TimeoutError):
        state, detail = check.silence
    return Part(name=check.name, state=state, detail=detail)


async def ask_database(deps: Deps) -> Answer:
    """Does it answer?"""
    await deps.mongo.ping()
    return PartState.OK, "answers; embedded, for trying out and small teams" if deps.servers.is_embedded else "answers"


async def ask_redis(deps: Deps) -> Answer:
    """Does it answer?"""
    await deps.redis.ping()
    return PartState.OK, "answers"


async def ask_workers(deps: Deps) -> Answer:
    """Is there a worker that sweeps, and does it hear the bell?"""
    fresh = deps.clock.now() - timedelta(seconds=deps.settings.work_sweep_s * SWEEPS_MISSED)
    workers = [process for process in await list_present(deps) if process["kind"] == "worker"]
    sweeping = [worker for worker in workers if worker["swept_at"] and worker["swept_at"] > fresh]
    if not workers:
        return PartState.DEGRADED, "none is running: messages are kept, and go on once `python -m hub work` runs"
    if not sweeping:
        return PartState.DEGRADED, f"{len(workers)} running, none has looked for due work lately"
    if not any(worker["bell_works"] for worker in sweeping):
        return PartState.DEGRADED, f"{len(sweeping)} running without Redis: work begins within seconds, not at once"
    return PartState.OK, f"{len(sweeping)} running"


async def ask_bus(deps: Deps) -> Answer:
    """Does this process hear what others tell screens?"""
    if deps.bus.speaker.is_deaf:
        return PartState.DOWN, "deaf: screens here would miss what other processes say; the process starts anew"
    return PartState.OK, "hears"


CHECKS = (
    Check("database", ask_database, (PartState.DOWN, "does not answer: requests get 503 until it does")),
    Check("redis", ask_redis, (PartState.DEGRADED, "does not answer: everything goes on, a few seconds slower")),
    Check("live", ask_bus, (PartState.DOWN, "does not answer")),
    Check("worker", ask_workers, (PartState.DEGRADED, "unknown while the database does not answer")),
)
