"""Every query about merges."""

from collections.abc import Collection
from datetime import datetime

from hub.merging.models import Begun, Merge
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Duplicate, Mongo
from hub.store.paging import Position, older_than

MERGES, BEGUN = "merges", "merges_begun"
INDEXES = (
    Index(MERGES, (("account", 1), ("at", -1), ("_id", -1))),
    Index(MERGES, (("account", 1), ("survivor", 1), ("rev", 1))),
    Index(BEGUN, (("account", 1),)),
)
SEALED = (MERGES,)


async def begin(mongo: Mongo, begun: Begun) -> None:
    """Note it, unless it was begun and given up before."""
    try:
        await mongo[BEGUN].insert(as_document(begun))
    except Duplicate:
        return


async def find_begun(mongo: Mongo, account: str, id: str) -> Begun | None:
    """One of the account's."""
    found = await mongo[BEGUN].find_one({"_id": id, "account": account})
    return read(Begun, found) if found else None


async def end(mongo: Mongo, account: str, id: str) -> None:
    """It was done, or taken back."""
    await mongo[BEGUN].delete({"_id": id, "account": account})


async def add_merge(mongo: Mongo, merge: Merge) -> None:
    """Store it, or raise Duplicate."""
    await mongo[MERGES].insert(as_document(merge))


async def find_merge(mongo: Mongo, account: str, id: str) -> Merge | None:
    """One of the account's."""
    found = await mongo[MERGES].find_one({"_id": id, "account": account})
    return read(Merge, found) if found else None


async def is_latest(mongo: Mongo, merge: Merge) -> bool:
    """Whether nobody was merged into the same survivor since, or only for a while."""
    where = {"account": merge.account, "survivor": merge.survivor, "rev": {"$gt": merge.rev}}
    return await mongo[MERGES].find_one({**where, "undone_at": {"$exists": False}}, fields={"_id": 1}) is None


async def list_merges(mongo: Mongo, account: str, *, position: Position | None, limit: int) -> list[Merge]:
    """All of the account's, the last first."""
    where = {"account": account, **older_than("at", position)}
    found = await mongo[MERGES].find(where, sort=[("at", -1), ("_id", -1)], limit=limit)
    return [read(Merge, document) for document in found]


async def note_brought(mongo: Mongo, merge: Merge, **ids: Collection[str]) -> None:
    """These follow the other to the survivor: written down first, so that they find back."""
    change = {"$addToSet": {name: {"$each": list(found)} for name, found in ids.items()}}
    await mongo[MERGES].update({"_id": merge.id, "account": merge.account}, change)


async def mark_undone(mongo: Mongo, merge: Merge, *, by: str, now: datetime, due_at: datetime) -> bool:
    """They are two again, and what belongs to them has yet to follow; False when they were already."""
    where = {"_id": merge.id, "account": merge.account, "undone_at": {"$exists": False}}
    return await mongo[MERGES].update(where, {"$set": {"undone_at": now, "undone_by": by, "due_at": due_at}})
