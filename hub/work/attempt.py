"""One attempt at one piece of work: the handler runs, its claim is kept alive, and how it went is settled."""

import asyncio
import random
from datetime import timedelta

import structlog

from hub.deps import Deps
from hub.errors import HubError
from hub.store.mongo import DatabaseAway, Document
from hub.work import repository
from hub.work.kinds import Hopeless, Kind, Later, Lease

log = structlog.get_logger()

# A claim is renewed this often within its lease: two renewals may fail before it is lost.
RENEWALS = 3
# The share of a backoff that is left to chance, so that what failed together does not come back together.
JITTER = 0.2


async def attempt(deps: Deps, seen: Document, lease: Lease) -> None:
    """Do it, and settle it; whatever goes wrong ends here."""
    keeper = asyncio.create_task(keep(deps, lease, asyncio.current_task()))
    with structlog.contextvars.bound_contextvars(kind=lease.kind.name, work=lease.id, account=lease.account):
        try:
            outcome = await do_or_hand_back(deps, seen, lease)
        except DatabaseAway:
            # Nothing can be settled now: the lease runs out, and a sweep finds the work.
            outcome = "database_away"
        finally:
            keeper.cancel()
    deps.metrics.work_done.labels(lease.kind.name, outcome).inc()


async def do_or_hand_back(deps: Deps, seen: Document, lease: Lease) -> str:
    """Do it; when it is cut off by us, hand it back. What was lost is somebody else's already."""
    try:
        return await do(deps, seen, lease)
    except asyncio.CancelledError:
        if not lease.is_lost:
            await hand_back(deps, lease)
        return "cut_off"


async def hand_back(deps: Deps, lease: Lease) -> None:
    """Due at once for whoever has a place, as if it had not been begun."""
    async with lease.writing:
        await repository.postpone(deps.mongo, lease, deps.clock.now(), attempts=lease.attempt - 1)


async def keep(deps: Deps, lease: Lease, attempt: asyncio.Task[None] | None) -> None:
    """Renew the claim until cancelled; cut the attempt off when the claim is lost."""
    while attempt:
        await deps.clock.sleep(lease.kind.lease.total_seconds() / RENEWALS)
        try:
            async with lease.writing:
                lease.is_lost = not await repository.renew(deps.mongo, lease, deps.clock.now())
        except DatabaseAway:
            lease.is_lost = deps.clock.now() >= lease.moments[0]
        if lease.is_lost:
            log.info("work_lost", attempt=lease.attempt)
            attempt.cancel()
            return


async def do(deps: Deps, seen: Document, lease: Lease) -> str:
    """Run the handler, and settle what it says."""
    kind, now = lease.kind, deps.clock.now
    if lease.attempt > kind.attempts:
        await repository.bury(deps.mongo, lease, reason=f"begun {kind.attempts} times, never ended", now=now())
        return "buried"
    try:
        await kind.handler(deps, seen, lease)
    except Later as later:
        async with lease.writing:
            await repository.postpone(deps.mongo, lease, later.due_at, attempts=0)
        return "later"
    except DatabaseAway:
        raise
    except Exception as error:  # the outermost loop of a piece of work: nothing may end the desk
        async with lease.writing:
            return await settle_failure(deps, lease, error)
    async with lease.writing:
        await repository.finish(deps.mongo, lease)
    return "done"


async def settle_failure(deps: Deps, lease: Lease, error: Exception) -> str:
    """Put it off, or give it up."""
    kind, now = lease.kind, deps.clock.now()
    if isinstance(error, Hopeless) or lease.attempt >= kind.attempts:
        log.error("work_buried", attempt=lease.attempt, exc_info=error)
        await repository.bury(deps.mongo, lease, reason=reason_of(error), now=now)
        return "buried"
    log.warning("work_failed", attempt=lease.attempt, exc_info=error)
    await repository.postpone(deps.mongo, lease, now + backoff(kind, lease.attempt), attempts=lease.attempt)
    return "failed"


def reason_of(error: Exception) -> str:
    """The words of a foreign exception may hold personal data; its name does not."""
    return error.message if isinstance(error, HubError) else f"{type(error).__name__}; the log tells where"


def backoff(kind: Kind, attempt: int) -> timedelta:
    """Twice as long after each failure, up to the kind's longest, a little by chance."""
    pause: timedelta = min(kind.backoff * 2 ** (attempt - 1), kind.backoff_most)
    return pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
