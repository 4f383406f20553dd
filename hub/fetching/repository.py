"""Every query about files that are still to be fetched, or cannot be."""

from collections.abc import Collection

from hub.fetching.models import FETCHES, Fetch, Missing
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Duplicate, Mongo, Where

INDEXES = (Index(FETCHES, (("account", 1), ("_id", 1))),)


async def add(mongo: Mongo, fetch: Fetch) -> bool:
    """Store it; False for a repeat, which changes nothing."""
    try:
        await mongo[FETCHES].insert(as_document(fetch))
    except Duplicate:
        return False
    return True


async def list_missing(mongo: Mongo, account: str, ids: Collection[str]) -> dict[str, Missing]:
    """Why there will be no file, for those of these of which that is certain."""
    found = await mongo[FETCHES].find({"_id": {"$in": [*ids]}, "account": account}, limit=max(len(ids), 1))
    return {fetch.id: why for fetch in (read(Fetch, one) for one in found) if (why := fetch.why_missing)}


async def note_missing(mongo: Mongo, account: str, where: Where, missing: Missing) -> bool:
    """There will be no file; False when the claim that `where` names is somebody else's by now."""
    return await mongo[FETCHES].update({**where, "account": account}, {"$set": {"missing": missing}})


async def remove(mongo: Mongo, account: str, where: Where) -> None:
    """The file is there."""
    await mongo[FETCHES].delete({**where, "account": account})
