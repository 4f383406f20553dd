"""Every query about lines."""

from datetime import datetime
from typing import Any

from hub.lines.models import Line, Outage
from hub.store.documents import as_document, read, written
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo

LINES = "lines"
INDEXES = (
    Index(LINES, (("account", 1), ("key", 1)), unique=True),
    Index(LINES, (("account", 1), ("_id", 1))),
)
SEALED = (LINES,)
# No account has more; a list shows all of them.
MOST = 500


async def add_line(mongo: Mongo, line: Line) -> None:
    """Store it, or raise Duplicate."""
    await mongo[LINES].insert(as_document(line))


async def find_line(mongo: Mongo, account: str, id: str) -> Line | None:
    """One of the account's, removed or not."""
    found = await mongo[LINES].find_one({"_id": id, "account": account})
    return read(Line, found) if found else None


async def find_any_line(mongo: Mongo, id: str) -> Line | None:
    """By what a webhook's address says, before the account is known."""
    found = await mongo[LINES].find_one({"_id": id, "removed_at": {"$exists": False}})
    return read(Line, found) if found else None


async def list_lines(mongo: Mongo, account: str) -> list[Line]:
    """Those that were not removed, in the order of their making."""
    where = {"account": account, "removed_at": {"$exists": False}}
    return [read(Line, found) for found in await mongo[LINES].find(where, sort=[("_id", 1)], limit=MOST)]


async def is_full(mongo: Mongo, account: str) -> bool:
    """Whether the account has as many as a list shows."""
    return await mongo[LINES].count({"account": account, "removed_at": {"$exists": False}}, limit=MOST) >= MOST


async def change_line(mongo: Mongo, account: str, id: str, **fields: Any) -> bool:
    """Set fields, and remove those that become None; False when there is no such line any more."""
    put = {name: written(value) for name, value in fields.items() if value is not None}
    gone = {name: "" for name, value in fields.items() if value is None}
    change = {name: part for name, part in (("$set", put), ("$unset", gone)) if part}
    return await mongo[LINES].update({"_id": id, "account": account, "removed_at": {"$exists": False}}, change)


async def change_outage(mongo: Mongo, seen: Line, outage: Outage | None) -> bool:
    """That its provider is down, or not any more; False when somebody has noted something else meanwhile."""
    where: Document = {"_id": seen.id, "account": seen.account}
    where["outage"] = written(seen.outage) if seen.outage else {"$exists": False}
    return await mongo[LINES].update(
        where, {"$set": {"outage": written(outage)}} if outage else {"$unset": {"outage": ""}}
    )


async def note_health(mongo: Mongo, account: str, id: str, change: Document) -> None:
    """How it fares, as one process has seen it."""
    await mongo[LINES].update({"_id": id, "account": account}, change)


async def forgive_refused(mongo: Mongo, account: str, id: str, heard_at: datetime) -> None:
    """A good event has come after the refused ones: they count no more. Those that came after it still do."""
    where = {"_id": id, "account": account, "health.refused_at": {"$lte": heard_at}}
    names = ("refused", "refused_since", "refused_at", "refused_why")
    await mongo[LINES].update(where, {"$unset": {f"health.{name}": "" for name in names}})
