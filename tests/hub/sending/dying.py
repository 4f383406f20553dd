"""A worker that is killed in the middle of its work: at a write, just before it or just after."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from hub.deps import Deps
from hub.store.ids import new_id
from hub.store.mongo import Collection, Document, Mongo, Where
from hub.work import repository
from hub.work.kinds import Kind

When = Literal["before", "after"]


class Killed(BaseException):
    """Nothing is written any more, nothing is settled."""


class Death:
    """When it comes: at which write into which collection."""

    def __init__(self, collection: str, when: When, write: int) -> None:
        self.collection, self.when, self.write = collection, when, write
        self.count = 0

    def strike(self, when: When) -> None:
        """Die, if this is the moment."""
        if (self.when, self.write) == (when, self.count):
            raise Killed


class DyingCollection(Collection):
    """A collection in which the writes are counted."""

    def __init__(self, inner: Collection, death: Death) -> None:
        super().__init__(inner._raw)
        self._death = death

    async def insert(self, document: Document) -> None:
        self._death.count += 1
        self._death.strike("before")
        await super().insert(document)
        self._death.strike("after")

    async def update(self, where: Where, change: Where, *, upsert: bool = False) -> bool:
        self._death.count += 1
        self._death.strike("before")
        done = await super().update(where, change, upsert=upsert)
        self._death.strike("after")
        return done

    async def update_all(self, where: Where, change: Where) -> int:
        self._death.count += 1
        self._death.strike("before")
        done = await super().update_all(where, change)
        self._death.strike("after")
        return done


class DyingMongo(Mongo):
    """The database of a process that is about to die."""

    def __init__(self, inner: Mongo, death: Death) -> None:
        self.__dict__.update(inner.__dict__)
        self._inner, self._death = inner, death

    def __getitem__(self, collection: str) -> Collection:
        found = self._inner[collection]
        return DyingCollection(found, self._death) if collection == self._death.collection else found


async def work_dying(deps: Deps, kind: Kind, id: str, when: When, write: int, *, into: str = "") -> None:
    """Do one piece of work until death comes, at a write into this collection, or that of the work; the claim stays,
    as nobody gives it back."""
    now = deps.clock.now()
    seen: Any = await repository.find(deps.mongo, kind, id)
    lease = await repository.claim(deps.mongo, kind, seen, token=new_id(now), now=now)
    assert lease
    dying = replace(deps, mongo=DyingMongo(deps.mongo, Death(into or kind.collection, when, write)))
    try:
        await kind.handler(dying, seen, lease)
    except Killed:
        return
    raise AssertionError("it has lived")


POINTS: Sequence[tuple[When, int]] = (("before", 1), ("after", 1), ("before", 2), ("after", 2))
