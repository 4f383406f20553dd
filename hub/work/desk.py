"""Where one process does one kind of due work: so many places, shared by the accounts."""

import asyncio
from collections import Counter
from collections.abc import Coroutine

from hub.deps import Deps
from hub.store.ids import new_id
from hub.store.mongo import DatabaseAway, Document
from hub.turns import Turns
from hub.work import repository
from hub.work.attempt import attempt, hand_back
from hub.work.kinds import Kind, Lease

# How much of a backlog is read at once; what was seen is begun by compare and set, so it may be old.
LOOK_AHEAD = 128


class Desk:
    """The places of one kind of work in one process."""

    def __init__(self, deps: Deps, kind: Kind) -> None:
        self.kind = kind
        self._deps = deps
        self._slots = kind.slots or deps.settings.work_slots
        self._running: dict[str, tuple[Lease, asyncio.Task[None]]] = {}
        # Between a claim and its task stands an answer of the database: nobody else here may claim the same meanwhile.
        self._beginning = Turns(waited_s=None)
        self._accounts: Counter[str] = Counter()
        self._seen: list[Document] = []
        self._has_looked_for_others = False
        self._has_backlog = False
        self._filling = asyncio.Lock()
        self._in_background: set[asyncio.Task[None]] = set()
        self._is_closed = False

    async def offer(self, id: str) -> None:
        """Begin this piece now if it is due and there is a place for it; otherwise a sweep finds it."""
        seen = await repository.find(self._deps.mongo, self.kind, id)
        if seen and self._has_place(seen["account"]):
            await self._begin(seen)
        elif seen:
            self._has_backlog = True

    async def sweep(self) -> None:
        """Look for what is overdue and begin what there are places for. A backlog is worked off in the background: one
        that lasts must not keep the other desks and the bell waiting."""
        if self._filling.locked():
            return
        async with self._filling:
            self._seen, self._has_looked_for_others, self._has_backlog = [], False, True
            for _ in range(self._slots):
                if not self._has_room() or not await self._begin_next():
                    return
        self._fill_in_background()

    async def close(self, timeout_s: float) -> None:
        """Begin nothing more, wait for what runs, then cut it off and hand it back."""
        self._is_closed = True
        await asyncio.gather(*self._in_background, return_exceptions=True)
        async with self._filling:
            tasks = [task for _, task in self._running.values()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=0 if self.kind.is_endless else timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _fill_in_background(self) -> None:
        if not self._is_closed:
            self._in_the_background(self._fill())

    async def _fill(self) -> None:
        try:
            async with self._filling:
                # There may be more until a look finds nothing: whatever ends meanwhile fills its place.
                self._has_backlog = True
                while self._has_room() and await self._begin_next():
                    pass
        except DatabaseAway:
            self._has_backlog = True

    async def _begin_next(self) -> bool:
        seen = next((work for work in self._seen if self._has_place(work["account"])), None)
        if seen is None:
            return await self._look()
        self._seen.remove(seen)
        await self._begin(seen)
        return True

    async def _look(self) -> bool:
        """Read more of what is overdue; False when there is nothing that could be begun now."""
        # Until the next sweep nobody else has anything: only what was seen waits, for places of its own account.
        if self._has_looked_for_others and self._seen:
            return False
        full = [account for account in self._accounts if not self._has_place(account)]
        now = self._deps.clock.now()
        found = await repository.list_overdue(self._deps.mongo, self.kind, now, besides=full, limit=LOOK_AHEAD)
        known = {work["_id"] for work in self._seen}
        self._seen += [work for work in found if work["_id"] not in known]
        self._has_looked_for_others = bool(full) and not found
        self._has_backlog = bool(self._seen or full)
        return bool(found)

    def _has_room(self) -> bool:
        return not self._is_closed and len(self._running) < self._slots

    def _has_place(self, account: str) -> bool:
        """Accounts share the places alike, and one share stays free for whoever comes next."""
        accounts = len(self._accounts.keys() | {account})
        return self._has_room() and self._accounts[account] < max(1, self._slots // (accounts + 1))

    async def _begin(self, seen: Document) -> None:
        async with self._beginning.of(seen["_id"]):
            if seen["_id"] in self._running:
                await self._begin_again(seen["_id"])
            else:
                await self._claim(seen)

    async def _claim(self, seen: Document) -> None:
        now = self._deps.clock.now()
        lease = await repository.claim(self._deps.mongo, self.kind, seen, token=new_id(now), now=now)
        if lease is None:
            return
        if self._is_closed:
            await hand_back(self._deps, lease)
            return
        self._deps.metrics.work_lag_s.labels(self.kind.name).observe(repository.lag_s(seen, self.kind, now))
        self._accounts[lease.account] += 1
        task = asyncio.create_task(attempt(self._deps, seen, lease), name=f"{self.kind.name} {lease.id}")
        self._running[lease.id] = lease, task
        task.add_done_callback(lambda _: self._ended(lease))

    async def _begin_again(self, id: str) -> None:
        """Cut off what runs here if it was made due again; what follows begins when it has ended. What was seen may be
        older than the claim, so this reads anew."""
        now = await repository.find(self._deps.mongo, self.kind, id)
        lease, task = self._running.get(id, (None, None))
        if now and lease and task and repository.due_at_of(now, self.kind) not in (None, *lease.moments):
            lease.is_lost = self._has_backlog = True
            task.cancel()

    def _ended(self, lease: Lease) -> None:
        del self._running[lease.id]
        self._accounts -= Counter([lease.account])
        if self._has_backlog:
            self._has_backlog = False
            self._fill_in_background()

    def _in_the_background(self, doing: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(doing, name=f"fill {self.kind.name}")
        self._in_background.add(task)
        task.add_done_callback(self._in_background.discard)
