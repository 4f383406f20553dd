"""Every query about threads and their logs."""

from collections.abc import AsyncIterator, Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo
from hub.threads.models import DeliveryState, Entry, Thread, ThreadPolicy, ThreadStatus

THREADS, MESSAGES, POLICIES = "threads", "messages", "thread_policies"
INDEXES = (
    Index(THREADS, (("account", 1), ("key", 1)), unique=True),
    Index(THREADS, (("account", 1), ("person", 1), ("moved_at", -1))),
    Index(MESSAGES, (("account", 1), ("thread", 1), ("seq", 1)), unique=True),
    Index(MESSAGES, (("account", 1), ("thread", 1), ("changed_at", 1))),
    Index(MESSAGES, (("account", 1), ("line", 1), ("provider_id", 1)), unique=True),
    Index(MESSAGES, (("account", 1), ("client_id", 1)), unique=True),
    Index(POLICIES, (("account", 1),), unique=True),
)
SEALED = (THREADS, MESSAGES)
# How long after the last entry a sweep takes over the reactions to it, when the process that wrote it has died.
GRACE = timedelta(seconds=10)
# Where a question asks for more than an index has, the embedded database reads the whole account: so a log is read in
# pieces, by its index, and looked at here.
PIECE, PIECES = 50, 20
BEHIND_ALL = 2**31
# Fields of a thread that its log says nothing about.
BESIDE_THE_LOG = frozenset({"_id", "account", "key", "made_at", "marks", "followed", "rev", "updated_at"})


class Named(NamedTuple):
    """How a provider calls an entry."""

    entry: str
    thread: str
    line: str
    provider_id: str


async def add_thread(mongo: Mongo, thread: Thread) -> None:
    """Store it, or raise Duplicate: the person has one."""
    await mongo[THREADS].insert(as_document(thread))


async def find_thread(mongo: Mongo, account: str, id: str) -> Thread | None:
    """One of the account's."""
    found = await mongo[THREADS].find_one({"_id": id, "account": account})
    return read(Thread, found) if found else None


async def list_threads(mongo: Mongo, account: str, ids: Collection[str]) -> list[Thread]:
    """Those of these ids, in no order."""
    where = {"_id": {"$in": [*ids]}, "account": account}
    return [read(Thread, found) for found in await mongo[THREADS].find(where, limit=len(ids) or 1)]


async def list_persons(mongo: Mongo, account: str, ids: Collection[str]) -> dict[str, str]:
    """Whose these are, and nothing more of them."""
    where = {"_id": {"$in": [*ids]}, "account": account}
    found = await mongo[THREADS].find(where, fields={"person": 1}, limit=len(ids) or 1)
    return {one["_id"]: one["person"] for one in found}


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


async def list_entries(mongo: Mongo, account: str, ids: Collection[str]) -> list[Entry]:
    """Those of these ids, in no order."""
    where = {"_id": {"$in": list(ids)}, "account": account}
    return [read(Entry, document) for document in await mongo[MESSAGES].find(where, limit=len(ids) or 1)]


async def list_named(mongo: Mongo, account: str, lines: Collection[str], names: Collection[str]) -> list[Named]:
    """What providers call so on these lines, and in which threads it stands."""
    where = {"account": account, "line": {"$in": [*lines]}, "provider_id": {"$in": [*names]}}
    fields = {"thread": 1, "line": 1, "provider_id": 1}
    found = await mongo[MESSAGES].find(where, fields=fields, limit=len(lines) * len(names) or 1)
    return [Named(one["_id"], one["thread"], one["line"], one["provider_id"]) for one in found]


async def list_before(mongo: Mongo, account: str, thread: str, seq: int, *, limit: int) -> list[Entry]:
    """What stands in the log in front of this place, the latest first."""
    where = {"account": account, "thread": thread, "seq": {"$lt": seq}}
    found = await mongo[MESSAGES].find(where, sort=[("seq", -1)], limit=limit)
    return [read(Entry, document) for document in found]


async def find_entry(mongo: Mongo, account: str, **where: Any) -> Entry | None:
    """By what is unique of it: `_id`, `client_id`, `line` and `provider_id`, `thread` and `seq`."""
    found = await mongo[MESSAGES].find_one({**where, "account": account})
    return read(Entry, found) if found else None


async def find_any_entry(mongo: Mongo, id: str) -> Entry | None:
    """By what a reply's address says, before the account is known."""
    found = await mongo[MESSAGES].find_one({"_id": id})
    return read(Entry, found) if found else None


async def move(mongo: Mongo, before: Thread, after: Thread, now: datetime) -> bool:
    """The thread is the sum of one entry more; False when another process has counted it already, or the thread has
    become otherwise beside its log: what somebody has read must not come back as unread by a sum of before."""
    was, is_now = as_document(before), as_document(after)
    names = (was.keys() | is_now.keys()) - BESIDE_THE_LOG
    put = {name: is_now[name] for name in names if name in is_now and is_now[name] != was.get(name)}
    gone = {name: "" for name in names if name not in is_now}
    put["follow.due_at"] = now + GRACE
    put["updated_at"] = now
    if after.snoozed_until:
        put["wake.due_at"] = after.snoozed_until
    elif before.snoozed_until:
        gone["wake"] = ""
    change: Document = {"$set": put, "$inc": {"rev": 1}} | ({"$unset": gone} if gone else {})
    return await mongo[THREADS].update(as_seen(before), change)


def as_seen(thread: Thread) -> Document:
    """Fits the thread as long as nobody has changed it."""
    return {"_id": thread.id, "account": thread.account, "seq": thread.seq, "rev": thread.rev}


async def set_marks(mongo: Mongo, before: Thread, after: Thread, now: datetime) -> bool:
    """How far members have read, who has something to read, and what we have learned of windows; False when the thread
    has changed meanwhile."""
    fields = as_document(after)
    names = ("marks", "unread_for", "mentions", "failed", "has_failed", "windows")
    put = {name: fields[name] for name in names} | {"updated_at": now}
    return await mongo[THREADS].update(as_seen(before), {"$set": put, "$inc": {"rev": 1}})


async def settle(mongo: Mongo, account: str, id: str, *, followed: int) -> bool:
    """All reactions have come so far; False when the log has gone on meanwhile."""
    where = {"_id": id, "account": account, "seq": followed}
    # What was given up before stays to be seen.
    done = dict.fromkeys(("follow.due_at", "follow.claim", "follow.attempts"), "")
    change: Document = {"$set": {"followed": followed}, "$unset": done}
    return await mongo[THREADS].update(where, change)


async def note_followed(mongo: Mongo, account: str, id: str, *, followed: int) -> None:
    """All reactions have come so far; it never goes back."""
    where = {"_id": id, "account": account, "followed": {"$lt": followed}}
    await mongo[THREADS].update(where, {"$set": {"followed": followed}})


async def note_missed(mongo: Mongo, thread: Thread, seq: int, *, reason: str, tries: int, now: datetime) -> None:
    """Not all have reacted to this entry, and none is asked any more: where people see it, and why."""
    grave = {"at": now, "reason": reason, "attempts": tries}
    change: Document = {"$set": {"follow.buried": grave}, "$addToSet": {"follow.missed": seq}}
    await mongo[THREADS].update({"_id": thread.id, "account": thread.account}, change)


async def forget_missed(mongo: Mongo, account: str, id: str, seq: int) -> None:
    """Now they have."""
    await mongo[THREADS].update({"_id": id, "account": account}, {"$pull": {"follow.missed": seq}})


async def list_owned(mongo: Mongo, account: str, members: Collection[str], *, limit: int) -> list[Thread]:
    """Open threads of these members."""
    reach = [f"member:{member}" for member in members]
    owner = {"owner.kind": "member", "owner.id": {"$in": list(members)}}
    where = {"account": account, "reach": {"$in": reach}, "status": ThreadStatus.OPEN, **owner}
    return [read(Thread, found) for found in await mongo[THREADS].find(where, limit=limit)]


async def change_entry(mongo: Mongo, account: str, id: str, where: Document, change: Document) -> bool:
    """Change how an entry is delivered, if it still is as `where` says. Whatever screens show has another rev then."""
    return await mongo[MESSAGES].update({"_id": id, "account": account, **where}, change)


async def find_sent_before(mongo: Mongo, account: str, entry: Entry) -> Entry | None:
    """The last message of ours in front of this one on its line, unless it was taken back."""
    async for one in walk_back(mongo, account, entry.thread, before=entry.seq):
        if is_of_lane(one, entry) and one["delivery"]["state"] != DeliveryState.CANCELLED:
            return read(Entry, one)
    return None


async def find_queued_after(mongo: Mongo, account: str, entry: Entry) -> Entry | None:
    """The first message behind this one on its line that waits to be sent."""
    async for one in walk_on(mongo, account, entry.thread, after=entry.seq):
        if is_of_lane(one, entry) and one["delivery"]["state"] == DeliveryState.QUEUED:
            return read(Entry, one)
    return None


def is_of_lane(one: Document, entry: Entry) -> bool:
    """Whether it goes to the same person the same way, and so in order: over this line, or over another one because
    this one was down."""
    delivery: Document = one.get("delivery") or {}
    is_ours = one.get("direction") == "out" and delivery
    return bool(is_ours) and entry.line in (one["line"], delivery.get("moved_from"))


async def count_automated(mongo: Mongo, account: str, thread: str, *, after: int, since: datetime, limit: int) -> int:
    """How much no person has sent there since then, not counting what did not go out."""
    found = 0
    async for one in walk_on(mongo, account, thread, after=after):
        found += one["stored_at"] > since and counts_as_automated(one.get("delivery") or {})
        if found == limit:
            break
    return found


def counts_as_automated(delivery: Document) -> bool:
    """Whether no person has sent it, and it went out or may do so."""
    dead = (DeliveryState.FAILED, DeliveryState.CANCELLED)
    return delivery.get("is_automated", False) and delivery["state"] not in dead


def walk_back(mongo: Mongo, account: str, thread: str, *, before: int) -> AsyncIterator[Document]:
    """A log from a place backwards, as far as anybody looks."""
    return walk(mongo, {"account": account, "thread": thread}, before, "$lt", -1)


def walk_on(mongo: Mongo, account: str, thread: str, *, after: int) -> AsyncIterator[Document]:
    """A log from a place on, as far as anybody looks."""
    return walk(mongo, {"account": account, "thread": thread}, after, "$gt", 1)


async def walk(mongo: Mongo, log: Document, place: int, beyond: str, order: int) -> AsyncIterator[Document]:
    """Piece by piece."""
    for _ in range(PIECES):
        piece = await mongo[MESSAGES].find({**log, "seq": {beyond: place}}, sort=[("seq", order)], limit=PIECE)
        for one in piece:
            yield one
        if len(piece) < PIECE:
            return
        place = piece[-1]["seq"]


async def raise_rev(mongo: Mongo, account: str, id: str, now: datetime) -> None:
    """Something that is shown of it has changed."""
    await mongo[THREADS].update({"_id": id, "account": account}, {"$inc": {"rev": 1}, "$set": {"updated_at": now}})


async def raise_entry_rev(mongo: Mongo, account: str, id: str, now: datetime) -> None:
    """Something that is shown of it has changed."""
    await mongo[MESSAGES].update({"_id": id, "account": account}, {"$inc": {"rev": 1}, "$set": {"changed_at": now}})


async def list_changed(mongo: Mongo, account: str, thread: str, since: datetime, *, limit: int) -> list[Entry]:
    """What of the log is new or shown otherwise since then."""
    where = {"account": account, "thread": thread, "changed_at": {"$gte": since}}
    found = await mongo[MESSAGES].find(where, sort=[("changed_at", 1)], limit=limit)
    return [read(Entry, document) for document in found]


async def list_on_line(mongo: Mongo, account: str, thread: str, line: str, *, limit: int) -> list[Entry]:
    """The last of a log that came in or goes out on a line, the latest first."""
    found: list[Entry] = []
    async for one in walk_back(mongo, account, thread, before=BEHIND_ALL):
        if one["line"] == line:
            found.append(read(Entry, one))
        if len(found) == limit:
            break
    return found


async def change_thread(mongo: Mongo, account: str, id: str, where: Document, change: Document) -> bool:
    """Change what the log says nothing about."""
    return await mongo[THREADS].update({"_id": id, "account": account, **where}, change)


async def find_policy(mongo: Mongo, account: str) -> ThreadPolicy | None:
    """What the account has said about its threads."""
    found = await mongo[POLICIES].find_one({"_id": account, "account": account})
    return read(ThreadPolicy, found) if found else None


async def set_policy(mongo: Mongo, policy: ThreadPolicy) -> None:
    """What the account says about its threads from now on."""
    where = {"_id": policy.account, "account": policy.account}
    fields = {"release_after_minutes": policy.release_after_minutes}
    await mongo[POLICIES].update(where, {"$set": fields}, upsert=True)
