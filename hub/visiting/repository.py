"""Every query about visitors."""

from collections.abc import Collection
from datetime import datetime, timedelta

from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Mongo
from hub.visiting.models import Visitor

VISITORS = "visitors"
INDEXES = (
    Index(VISITORS, (("account", 1), ("_id", 1))),
    Index(VISITORS, (("expires_at", 1),), expire_after=timedelta(0)),
)


async def add_visitor(mongo: Mongo, visitor: Visitor) -> None:
    """Store somebody new."""
    await mongo[VISITORS].insert(as_document(visitor))


async def find_visitor(mongo: Mongo, account: str, line: str, id: str) -> Visitor | None:
    """One of a site."""
    found = await mongo[VISITORS].find_one({"_id": id, "account": account, "line": line})
    return read(Visitor, found) if found else None


async def list_known(mongo: Mongo, account: str, line: str, ids: Collection[str]) -> set[str]:
    """Who of these is known on a site."""
    where = {"_id": {"$in": list(ids)}, "account": account, "line": line}
    return {found["_id"] for found in await mongo[VISITORS].find(where, fields={"_id": 1}, limit=len(ids) or 1)}


async def keep_until(mongo: Mongo, account: str, id: str, expires_at: datetime) -> None:
    """They have come again."""
    await mongo[VISITORS].update({"_id": id, "account": account}, {"$max": {"expires_at": expires_at}})


async def note_spoken(mongo: Mongo, account: str, id: str, expires_at: datetime) -> None:
    """They have said something, and are somebody to remember from now on."""
    fields = {"$set": {"has_spoken": True}, "$max": {"expires_at": expires_at}}
    await mongo[VISITORS].update({"_id": id, "account": account, "has_spoken": {"$ne": True}}, fields)
