"""Every query of the inbox: about saved views, counters and what messages are found by, which are its own; and about
threads, which it reads and never writes. The indexes that lists are read by are declared here, by the room
that reads by them."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from hub.inbox.models import Findable, SavedView, Tally
from hub.store.documents import as_document, read, written
from hub.store.ids import MILLISECOND
from hub.store.indexes import Index
from hub.store.mongo import Document, Duplicate, Mongo, Where
from hub.store.paging import Position
from hub.threads.models import Thread

THREADS = "threads"
VIEWS, COUNTERS, RECOUNTS, SEARCH = "views", "counters", "recounts", "search"
SEALED = (VIEWS,)
NEWEST = (("moved_at", 1), ("_id", 1))
LISTS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("owner.id", "status"),
    ("team", "status"),
    # Last, since it may be one of several.
    ("status", "reach"),
    ("status", "priority"),
    ("unread_for",),
    ("mentions",),
    ("has_failed",),
)
INDEXES = (
    *(Index(THREADS, (("account", 1), *((field, 1) for field in fields), *NEWEST)) for fields in LISTS),
    Index(THREADS, (("account", 1), ("status", 1), ("waiting_since", 1), ("_id", 1))),
    Index(THREADS, (("account", 1), ("updated_at", 1))),
    Index(VIEWS, (("account", 1), ("owner", 1))),
    Index(VIEWS, (("account", 1), ("is_shared", 1))),
    Index(COUNTERS, (("account", 1), ("of", 1))),
    Index(RECOUNTS, (("account", 1),)),
    Index(SEARCH, (("account", 1), ("tokens", 1), ("at", 1), ("_id", 1))),
)
MOST_VIEWS = 200
MOST_COUNTERS = 10_000
# More threads than these seldom moved in one millisecond.
SAME_MOMENT = 8
COUNTED: Where = {"status": 1, "owner": 1, "team": 1, "unread_for": 1, "mentions": 1}

GLIMPSE: Where = {"rev": 1, "reach": 1}


class Glimpse(NamedTuple):
    """A conversation, as of which `rev` it stands, and by which marks it is seen."""

    id: str
    rev: int
    reach: Sequence[str]


# By which field a list is ordered, and whether rising.
Order = tuple[str, bool]


async def list_threads(
    mongo: Mongo, account: str, where: Where, order: Order, *, after: Position | None, limit: int
) -> list[Thread]:
    """Those that fit, in this order, from behind the position on."""
    documents = await list_from(mongo, THREADS, {"account": account, **where}, order, after=after, limit=limit)
    return [read(Thread, document) for document in documents]


async def list_from(
    mongo: Mongo, collection: str, where: Where, order: Order, *, after: Position | None, limit: int, **more: Any
) -> list[Document]:
    """A page, by one query and one index. Whatever stands at the very moment of the position is read again and sorted
    out here: a query of two alternatives would keep some servers from the index."""
    field, is_rising = order
    sort = [(field, 1 if is_rising else -1), ("_id", 1 if is_rising else -1)]
    room = limit + (SAME_MOMENT if after else 0)
    while True:
        found = await mongo[collection].find(bounded(where, order, after), sort=sort, limit=room, **more)
        rest = [one for one in found if after is None or is_behind((one[field], one["_id"]), after, is_rising)]
        if len(rest) >= limit or len(found) < room:
            return rest[:limit]
        room *= 4


def bounded(where: Where, order: Order, after: Position | None) -> Document:
    """From the moment of the position on, that moment included."""
    if after is None:
        return dict(where)
    field, is_rising = order
    own: Where = where.get(field, {})
    if is_rising:
        return {**where, field: {**own, "$gte": after[0]}}
    # Not $lte: by an index that goes on behind the field, the embedded server leaves out what is equal.
    until = after[0] + MILLISECOND
    return {**where, field: {**own, "$lt": min(until, own.get("$lt", until))}}


def is_behind(place: Position, after: Position, is_rising: bool) -> bool:
    """Whether a page that begins after the position shows it."""
    return place > after if is_rising else place < after


async def list_changed(mongo: Mongo, account: str, since: datetime, within: Where, *, limit: int) -> list[Glimpse]:
    """Those that fit and have become otherwise since then."""
    where = {"account": account, "updated_at": {"$gte": since}, **within}
    found = await mongo[THREADS].find(where, sort=[("updated_at", 1)], limit=limit, fields=GLIMPSE)
    return [glimpse(document) for document in found]


async def list_held(mongo: Mongo, account: str, ids: Collection[str]) -> list[Glimpse]:
    """Those of these ids, in no order."""
    where = {"_id": {"$in": list(ids)}, "account": account}
    return [glimpse(found) for found in await mongo[THREADS].find(where, limit=len(ids) or 1, fields=GLIMPSE)]


def glimpse(document: Document) -> Glimpse:
    """As much of it as says whether a screen needs more."""
    return Glimpse(document["_id"], document.get("rev", 0), document.get("reach", []))


async def list_threads_by_id(mongo: Mongo, account: str, ids: Collection[str]) -> list[Thread]:
    """Those of these ids, in no order."""
    where = {"_id": {"$in": list(ids)}, "account": account}
    return [read(Thread, document) for document in await mongo[THREADS].find(where, limit=len(ids) or 1)]


async def people_of(mongo: Mongo, account: str, ids: Collection[str], within: Where) -> Mapping[str, str]:
    """Whom those of these threads are with that fit."""
    where = {"_id": {"$in": list(ids)}, "account": account, **within}
    found = await mongo[THREADS].find(where, fields={"person": 1}, limit=len(ids) or 1)
    return {one["_id"]: one["person"] for one in found}


async def each_counted(mongo: Mongo, account: str) -> AsyncIterator[Thread]:
    """All threads of the account, with nothing in them but what is counted."""
    missing = {"person": "", "key": ""} | dict.fromkeys(("made_at", "moved_at", "updated_at"), datetime.min)
    async for document in mongo[THREADS].each({"account": account}, fields=COUNTED):
        yield read(Thread, {**missing, **document, "account": account})


async def add_view(mongo: Mongo, view: SavedView) -> None:
    """Store it, or raise Duplicate."""
    await mongo[VIEWS].insert(as_document(view))


async def find_view(mongo: Mongo, account: str, id: str) -> SavedView | None:
    """One of the account's."""
    found = await mongo[VIEWS].find_one({"_id": id, "account": account})
    return read(SavedView, found) if found else None


async def list_views(mongo: Mongo, account: str, **where: Any) -> list[SavedView]:
    """A member's own, or the shared ones."""
    found = await mongo[VIEWS].find({"account": account, **where}, limit=MOST_VIEWS)
    return [read(SavedView, document) for document in found]


async def change_view(mongo: Mongo, view: SavedView, **fields: Any) -> bool:
    """Set fields; False when it is gone."""
    where = {"_id": view.id, "account": view.account}
    return await mongo[VIEWS].update(where, {"$set": {name: written(value) for name, value in fields.items()}})


async def remove_view(mongo: Mongo, account: str, id: str) -> bool:
    """False when there was none."""
    return await mongo[VIEWS].delete({"_id": id, "account": account})


async def count_by(mongo: Mongo, account: str, of: str, name: str, by: int) -> None:
    """So many more, or fewer."""
    change: Document = {"$inc": {"n": by, "moves": 1}, "$setOnInsert": {"of": of, "name": name}}
    where = {"_id": counter_id(account, of, name), "account": account}
    try:
        await mongo[COUNTERS].update(where, change, upsert=True)
    except Duplicate:
        # Somebody else has made it at this moment.
        await mongo[COUNTERS].update(where, change)


def counter_id(account: str, of: str, name: str) -> str:
    """There is one counter of a kind."""
    return f"{account}.{of}.{name}"


async def list_counters(mongo: Mongo, account: str, of: Iterable[str] | None = None) -> list[Tally]:
    """All, or those that belong to these."""
    where: Document = {"account": account} | ({} if of is None else {"of": {"$in": list(of)}})
    return [read(Tally, document) for document in await mongo[COUNTERS].find(where, limit=MOST_COUNTERS)]


async def find_counters(mongo: Mongo, account: str, keys: Iterable[tuple[str, str]]) -> list[Tally]:
    """Those of these kinds, by what they belong to and their name."""
    ids = [counter_id(account, of, name) for of, name in keys]
    found = await mongo[COUNTERS].find({"_id": {"$in": ids}, "account": account}, limit=len(ids) or 1)
    return [read(Tally, document) for document in found]


async def correct(mongo: Mongo, seen: Tally, n: int) -> bool:
    """Set the counter; False when something was counted since it was seen."""
    change: Document = {"$set": {"n": n, "of": seen.of, "name": seen.name}, "$inc": {"moves": 1}}
    where: Document = {"_id": seen.id, "account": seen.account, "moves": seen.moves}
    if seen.moves:
        return await mongo[COUNTERS].update(where, change)
    try:
        await mongo[COUNTERS].insert({"_id": seen.id, "account": seen.account, "moves": 1, **change["$set"]})
    except Duplicate:
        return False
    return True


async def plan_recount(mongo: Mongo, account: str, due_at: datetime) -> None:
    """There will be one then, unless one is planned already."""
    await mongo[RECOUNTS].update(
        {"_id": account, "account": account}, {"$setOnInsert": {"due_at": due_at}}, upsert=True
    )


async def recount_by(mongo: Mongo, account: str, at: datetime) -> None:
    """The next one is due then at the latest."""
    later = {"_id": account, "account": account, "claim": {"$exists": False}, "due_at": {"$gt": at}}
    await mongo[RECOUNTS].update(later, {"$set": {"due_at": at}})


async def recount_now(mongo: Mongo, account: str, now: datetime) -> None:
    """The next one is due at once; one that is running goes on, and is not begun anew beside itself."""
    waiting = {"_id": account, "account": account, "claim": {"$exists": False}}
    try:
        await mongo[RECOUNTS].update(waiting, {"$set": {"due_at": now}}, upsert=True)
    except Duplicate:
        return


async def make_findable(mongo: Mongo, findable: Findable) -> None:
    """Store what it is found by; a repeat changes nothing."""
    fields: Mapping[str, Any] = {"thread": findable.thread, "at": findable.at, "tokens": findable.tokens}
    where = {"_id": findable.id, "account": findable.account}
    await mongo[SEARCH].update(where, {"$set": fields}, upsert=True)


async def list_findable(
    mongo: Mongo, account: str, token: int, *, after: Position | None, limit: int, with_tokens: bool
) -> list[Findable]:
    """What has this token, the latest first."""
    where = {"account": account, "tokens": token}
    fields = {"thread": 1, "at": 1} | ({"tokens": 1} if with_tokens else {})
    found = await list_from(mongo, SEARCH, where, ("at", False), after=after, limit=limit, fields=fields)
    return [read(Findable, {"account": account, "tokens": [token], **document}) for document in found]
