"""Indexes: declared by the room that queries by them, created at start, their drift told by `doctor`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pymongo import IndexModel

from hub.store.mongo import Collection, Duplicate, Mongo, UnfitDatabase

# What changes an index's meaning; we never ask for the last one.
COMPARED = ("unique", "sparse", "expireAfterSeconds", "partialFilterExpression")

Keys = tuple[tuple[str, int | str], ...]


@dataclass(frozen=True)
class Index:
    """One index of one collection. Sparse ones stay small where few documents have the field; a partial index is not
    offered, because the embedded server does not read by one."""

    collection: str
    keys: Keys
    unique: bool = False
    sparse: bool = False
    expire_after: timedelta | None = None

    @property
    def name(self) -> str:
        """Told by its keys, as MongoDB itself would."""
        return "_".join(f"{field}_{order}" for field, order in self.keys)

    @property
    def options(self) -> dict[str, Any]:
        """Those that are on, as MongoDB names them."""
        options: dict[str, Any] = {name: True for name in ("unique", "sparse") if getattr(self, name)}
        if self.expire_after is not None:
            options["expireAfterSeconds"] = int(self.expire_after.total_seconds())
        return options

    @property
    def model(self) -> IndexModel:
        """For the driver."""
        return IndexModel(list(self.keys), name=self.name, **self.options)

    def is_like(self, stored: dict[str, Any]) -> bool:
        """Whether the stored index does what the declared one says, and nothing more."""
        same_keys = list(dict(stored["key"]).items()) == list(self.keys)
        return same_keys and self.options == {
            name: stored[name] for name in COMPARED if stored.get(name, False) is not False
        }


async def ensure(mongo: Mongo, indexes: Iterable[Index]) -> None:
    """Create what is missing. What differs stays as it is: replacing an index is a decision (`doctor` tells)."""
    for collection, declared in by_collection(indexes).items():
        stored = await stored_in(mongo[collection])
        for index in declared:
            if index.name not in stored:
                await create(mongo[collection], index)


async def create(collection: Collection, index: Index) -> None:
    """Create it, or say which one cannot be."""
    try:
        await collection.create_index(index.model)
    except Duplicate as error:
        raise UnfitDatabase(
            f"The index {index.collection}.{index.name} must be unique, and two documents have the same key. "
            "Remove one of them, then start again."
        ) from error


async def drift(mongo: Mongo, indexes: Iterable[Index]) -> list[str]:
    """What stands otherwise than declared, a line each; nothing when all is well."""
    found = []
    for collection, declared in by_collection(indexes).items():
        stored = await stored_in(mongo[collection])
        for index in declared:
            if index.name not in stored:
                found.append(f"{collection}.{index.name} is missing")
            elif not index.is_like(stored.pop(index.name)):
                found.append(f"{collection}.{index.name} differs from its declaration")
        found += [f"{collection}.{name} is not declared by anybody" for name in stored]
    return found


def by_collection(indexes: Iterable[Index]) -> dict[str, list[Index]]:
    """Grouped, so that each collection is asked once."""
    groups: dict[str, list[Index]] = {}
    for index in indexes:
        groups.setdefault(index.collection, []).append(index)
    return groups


async def stored_in(collection: Collection) -> dict[str, dict[str, Any]]:
    """All but the one that every collection has."""
    return {name: index for name, index in (await collection.indexes()).items() if name != "_id_"}
