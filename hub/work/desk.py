"""Where one process does one kind of due work: so many places, shared by the accounts."""

import asyncio
from collections import Counter

from hub.deps import Deps
from hub.store.ids import new_id
from hub.store.mongo import DatabaseAway, Document
from hub.work import repository
from hub.work.attempt import attempt
from hub.work.kinds import Kind

# How much of a backlog is read at once; what was seen is begun by compare and set, so it may be old.
LOOK_AHEAD = 128


class Desk:
    """The places of one kind of work in one process."""

    def __init__(self, deps: Deps, kind: Kind) -> None:
        self.kind = kind
        self._deps = deps
        self._slots = kind.slots or deps.settings.work_slots
        self._running: Counter[str] = Counter()
        self._seen: list[Document] = []
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
        """Look anew for what is overdue, and begin it as far as there are places."""
        async with self._sweeping:
            self._seen.clear()
            await self._fill()

    async def _fill(self) -> None:
        # There may be more until a look finds nothing: whatever ends meanwhile fills its place.
        self._has_backlog = True
        while self._has_room():
            seen = next((work for work in self._seen if self._has_place(work["account"])), None)
            if seen:
                self._seen.remove(seen)
                await self._begin(seen)
            elif not await self._look():
                return

    async def _look(self) -> bool:
        full = [account for account in self._running if not self._has_place(account)]
        now = self._deps.clock.now()
        self._seen = await repository.list_overdue(self._deps.mongo, self.kind, now, besides=full, limit=LOOK_AHEAD)
        if not self._seen:
            self._has_backlog = bool(full)
        return bool(self._seen)

    async def close(self, timeout_s: float) -> None:
        """Begin nothing more, wait for what runs, then cut it off and hand it back."""
        self._is_closed = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, *self._follow_ups, return_exceptions=True)

    def _has_room(self) -> bool:
        return not self._is_closed and len(self._tasks) < self._slots

    def _has_place(self, account: str) -> bool:
        """Accounts share the places alike, and one share stays free for whoever comes next."""
        if not self._has_room():
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
        task = asyncio.create_task(attempt(self._deps, seen, lease), name=f"{self.kind.name} {lease.id}")
        self._tasks.add(task)
        task.add_done_callback(lambda ended: self._ended(ended, lease.account))

    def _ended(self, task: asyncio.Task[None], account: str) -> None:
        self._tasks.discard(task)
        self._running -= Counter([account])
        if self._has_backlog and not self._is_closed:
            self._has_backlog = False
            follow_up = asyncio.create_task(self._fill_again())
            self._follow_ups.add(follow_up)
            follow_up.add_done_callback(self._follow_ups.discard)

    async def _fill_again(self) -> None:
        try:
            async with self._sweeping:
                await self._fill()
        except DatabaseAway:
            self._has_backlog = True
