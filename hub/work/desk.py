"""Where one process does one kind of due work: it claims, keeps the claim alive, and settles how it went."""

import asyncio
import random
from collections import Counter
from datetime import timedelta

import structlog

from hub.deps import Deps
from hub.errors import HubError
from hub.store.ids import new_id
from hub.store.mongo import DatabaseAway, Document
from hub.work import repository
from hub.work.kinds import Hopeless, Kind, Later, Lease

log = structlog.get_logger()

# A claim is renewed this often within its lease: two renewals may fail before it is lost.
RENEWALS = 3
# The share of a backoff that is left to chance, so that what failed together does not come back together.
JITTER = 0.2


class Desk:
    """The places of one kind of work in one process."""

    def __init__(self, deps: Deps, kind: Kind) -> None:
        self.kind = kind
        self._deps = deps
        self._slots = kind.slots or deps.settings.work_slots
        self._running: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._follow_ups: set[asyncio.Task[None]] = set()
        self._sweeping = asyncio.Lock()
        self._has_backlog = False
        self._is_closed = False

    async def offer(self, id: str) -> None:
        """Begin this piece now if it is due and there is a place for it; otherwise a sweep finds it."""
        seen = await repository.find(self._deps.mongo, self.kind, id)
        if seen and self._has_place(seen["account"]):
            await self._begin(seen)
        elif seen:
            self._has_backlog = True

    async def sweep(self) -> None:
        """Begin what is overdue, as far as there are places."""
        async with self._sweeping:
            # There may be more until a look over all accounts finds nothing: whatever ends meanwhile sweeps again.
            self._has_backlog = True
            while (limit := self._slots - len(self._tasks)) > 0 and not self._is_closed:
                full = [account for account in self._running if not self._has_place(account)]
                overdue = await repository.list_overdue(
                    self._deps.mongo, self.kind, self._deps.clock.now(), besides=full, limit=limit
                )
                for seen in overdue:
                    if self._has_place(seen["account"]):
                        await self._begin(seen)
                if not overdue:
                    self._has_backlog = bool(full)
                    return

    async def close(self, timeout_s: float) -> None:
        """Begin nothing more, wait for what runs, then cut it off and hand it back."""
        self._is_closed = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, *self._follow_ups, return_exceptions=True)

    def _has_place(self, account: str) -> bool:
        """Accounts share the places alike, and one share stays free for whoever comes next."""
        if self._is_closed or len(self._tasks) >= self._slots:
            return False
        accounts = len(self._running.keys() | {account})
        return self._running[account] < max(1, self._slots // (accounts + 1))

    async def _begin(self, seen: Document) -> None:
        now = self._deps.clock.now()
        lease = await repository.claim(self._deps.mongo, self.kind, seen, token=new_id(now), now=now)
        if lease is None:
            return
        self._deps.metrics.work_lag_s.labels(self.kind.name).observe(repository.lag_s(seen, self.kind, now))
        self._running[lease.account] += 1
        task = asyncio.create_task(self._attempt(seen, lease), name=f"{self.kind.name} {lease.id}")
        self._tasks.add(task)
        task.add_done_callback(lambda ended: self._ended(ended, lease.account))

    def _ended(self, task: asyncio.Task[None], account: str) -> None:
        self._tasks.discard(task)
        self._running -= Counter([account])
        if self._has_backlog and not self._is_closed:
            self._has_backlog = False
            follow_up = asyncio.create_task(self._sweep_again())
            self._follow_ups.add(follow_up)
            follow_up.add_done_callback(self._follow_ups.discard)

    async def _sweep_again(self) -> None:
        try:
            await self.sweep()
        except DatabaseAway:
            self._has_backlog = True

    async def _attempt(self, seen: Document, lease: Lease) -> None:
        keeper = asyncio.create_task(self._keep(lease, asyncio.current_task()))
        with structlog.contextvars.bound_contextvars(kind=self.kind.name, work=lease.id, account=lease.account):
            try:
                outcome = await self._do(seen, lease)
            except asyncio.CancelledError:
                # Cut off by us: hand it back. Cancelled by the keeper: it is somebody else's already.
                if not lease.is_lost:
                    await repository.postpone(
                        self._deps.mongo, lease, self._deps.clock.now(), attempts=lease.attempt - 1
                    )
                outcome = "cut_off"
            except DatabaseAway:
                # Nothing can be settled now: the lease runs out, and a sweep finds the work.
                outcome = "database_away"
            finally:
                keeper.cancel()
        self._deps.metrics.work_done.labels(self.kind.name, outcome).inc()

    async def _hand_back(self, lease: Lease) -> None:
        now = self._deps.clock.now()
        await repository.postpone(self._deps.mongo, lease, now, attempts=lease.attempt - 1)

    async def _keep(self, lease: Lease, attempt: asyncio.Task[None] | None) -> None:
        while attempt:
            await self._deps.clock.sleep(self.kind.lease.total_seconds() / RENEWALS)
            try:
                lease.is_lost = not await repository.renew(self._deps.mongo, lease, self._deps.clock.now())
            except DatabaseAway:
                lease.is_lost = self._deps.clock.now() >= lease.due_at
            if lease.is_lost:
                log.info("work_lost", attempt=lease.attempt)
                attempt.cancel()
                return

    async def _do(self, seen: Document, lease: Lease) -> str:
        deps, now = self._deps, self._deps.clock.now
        if lease.attempt > self.kind.attempts:
            await repository.bury(deps.mongo, lease, reason=f"begun {self.kind.attempts} times, never ended", now=now())
            return "buried"
        try:
            await self.kind.handler(deps, seen, lease)
        except Later as later:
            await repository.postpone(deps.mongo, lease, later.due_at, attempts=lease.attempt - 1)
            return "later"
        except DatabaseAway:
            raise
        except Exception as error:  # the outermost loop of a piece of work: nothing may end the desk
            return await self._failed(lease, error)
        await repository.finish(deps.mongo, lease)
        return "done"

    async def _failed(self, lease: Lease, error: Exception) -> str:
        mongo, now = self._deps.mongo, self._deps.clock.now()
        # The words of a foreign exception may hold personal data; its name does not.
        reason = error.message if isinstance(error, HubError) else f"{type(error).__name__}; the log tells where"
        if isinstance(error, Hopeless) or lease.attempt >= self.kind.attempts:
            log.error("work_buried", attempt=lease.attempt, exc_info=error)
            await repository.bury(mongo, lease, reason=reason, now=now)
            return "buried"
        log.warning("work_failed", attempt=lease.attempt, exc_info=error)
        await repository.postpone(mongo, lease, now + backoff(self.kind, lease.attempt), attempts=lease.attempt)
        return "failed"


def backoff(kind: Kind, attempt: int) -> timedelta:
    """Twice as long after each failure, up to the kind's longest, a little by chance."""
    pause: timedelta = min(kind.backoff * 2 ** (attempt - 1), kind.backoff_most)
    return pause * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
