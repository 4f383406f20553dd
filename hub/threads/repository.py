"""Every query about threads and their logs."""

from collections.abc import AsyncIterator, Collection
from datetime import datetime, timedelta
from typing import Any

from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo
from hub.threads.models import Entry, Thread

THREADS, MESSAGES = "threads", "messages"
BEGINNING: tuple[tuple[str, int], ...] = (("account", 1),)
INDEXES = (
    Index(THREADS, (("account", 1), ("key", 1)), unique=True),
    Index(THREADS, (("account", 1), ("person", 1), ("moved_at", -1))),
    Index(MESSAGES, (("account", 1), ("thread", 1), ("seq", 1)), unique=True),
    Index(MESSAGES, (("account", 1), ("line", 1), ("provider_id", 1)), unique=True),
    Index(MESSAGES, (("account", 1), ("client_id", 1)), unique=True),
)
SEALED = (THREADS, MESSAGES)
# How long after the last entry a sweep takes over the reactions to it, when the process that wrote it has died.
GRACE = timedelta(seconds=10)
# Fields of a thread that its log says nothing about.
BESIDE_THE_LOG = frozenset({"_id", "account", "key", "made_at", "marks", "followed", "rev"})


async def add_thread(mongo: Mongo, thread: Thread) -> None:
    """Store it, or raise Duplicate: the person has one."""
    await mongo[THREADS].insert(as_document(thread))


async def find_thread(mongo: Mongo, account: str, id: str) -> Thread | None:
    """One of the account's."""
    found = await mongo[THREADS].find_one({"_id": id, "account": account})
    return read(Thread, found) if found else None


async def find_thread_of(mongo: Mongo, account: str, person: str) -> Thread | None:
    """The first thread of a person."""
    found = await mongo[THREADS].find_one({"account": account, "key": person})
    return read(Thread, found) if found else None


async def list_threads_of(mongo: Mongo, account: str, person: str, *, limit: int) -> list[Thread]:
    """All threads of a person, whatever moved last first."""
    where = {"account": account, "person": person}
    found = await mongo[THREADS].find(where, sort=[("moved_at", -1)], limit=limit)
    return [read(Thread, document) for document in found]


async def add_entry(mongo: Mongo, entry: Entry) -> None:
    """Store it, or raise Duplicate: its place is taken, or it is stored already."""
    await mongo[MESSAGES].insert(as_document(entry))


async def list_after(mongo: Mongo, account: str, thread: str, seq: int, *, limit: int) -> list[Entry]:
    """What stands in the log behind this place."""
    where = {"account": account, "thread": thread, "seq": {"$gt": seq}}
    found = await mongo[MESSAGES].find(where, sort=[("seq", 1)], limit=limit)
    return [read(Entry, document) for document in found]


async def list_before(mongo: Mongo, account: str, thread: str, seq: int, *, limit: int) -> list[Entry]:
    """What stands in the log in front of this place, the latest first."""
    where = {"account": account, "thread": thread, "seq": {"$lt": seq}}
    found = await mongo[MESSAGES].find(where, sort=[("seq", -1)], limit=limit)
    return [read(Entry, document) for document in found]


async def find_entry(mongo: Mongo, account: str, **where: Any) -> Entry | None:
    """By what is unique of it: `_id`, `client_id`, `line` and `provider_id`, `thread` and `seq`."""
    found = await mongo[MESSAGES].find_one({"account": account, **where})
    return read(Entry, found) if found else None


async def list_entries(mongo: Mongo, account: str, ids: Collection[str]) -> list[Entry]:
    """Those of these ids, in no order."""
    found = await mongo[MESSAGES].find({"_id": {"$in": list(ids)}, "account": account}, limit=len(ids))
    return [read(Entry, document) for document in found]


async def move(mongo: Mongo, before: Thread, after: Thread, now: datetime) -> bool:
    """The thread is the sum of one entry more; False when another process has counted it already."""
    was, is_now = as_document(before), as_document(after)
    names = (was.keys() | is_now.keys()) - BESIDE_THE_LOG
    put = {name: is_now[name] for name in names if name in is_now and is_now[name] != was.get(name)}
    gone = {name: "" for name in names if name not in is_now}
    put["follow.due_at"] = now + GRACE
    change: Document = {"$set": put, "$inc": {"rev": 1}} | ({"$unset": gone} if gone else {})
    return await mongo[THREADS].update({"_id": before.id, "account": before.account, "seq": before.seq}, change)


async def settle(mongo: Mongo, account: str, id: str, *, followed: int) -> bool:
    """All reactions have come so far; False when the log has gone on meanwhile."""
    where = {"_id": id, "account": account, "seq": followed}
    change: Document = {"$set": {"followed": followed}, "$unset": {"follow": ""}}
    return await mongo[THREADS].update(where, change)


async def note_followed(mongo: Mongo, account: str, id: str, *, followed: int) -> None:
    """All reactions have come so far; it never goes back."""
    where = {"_id": id, "account": account, "followed": {"$lt": followed}}
    await mongo[THREADS].update(where, {"$set": {"followed": followed}})


async def change_entry(mongo: Mongo, account: str, id: str, where: Document, change: Document) -> bool:
    """Change how an entry is delivered, if it still is as `where` says. Whatever screens show has another rev then."""
    return await mongo[MESSAGES].update({"_id": id, "account": account, **where}, change)


async def change_thread(mongo: Mongo, account: str, id: str, where: Document, change: Document) -> bool:
    """Change what the log says nothing about."""
    return await mongo[THREADS].update({"_id": id, "account": account, **where}, change)


async def each_thread(mongo: Mongo, account: str) -> AsyncIterator[Thread]:
    """All of the account's."""
    async for found in mongo[THREADS].each({"account": account}):
        yield read(Thread, found)
