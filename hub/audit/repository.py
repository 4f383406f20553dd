"""Every query about the audit log, and about the heads of its chains."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from hub.audit.chain import Head
from hub.store.indexes import Index
from hub.store.mongo import AUDIT_HEADS, Document, Duplicate, Mongo, Sort

AUDIT = "audit"
INDEXES = (
    Index(AUDIT, (("account", 1), ("seq", 1)), unique=True),
    Index(AUDIT, (("account", 1), ("actor.id", 1), ("seq", 1))),
    Index(AUDIT, (("account", 1), ("action", 1), ("seq", 1))),
    Index(AUDIT, (("account", 1), ("targets", 1), ("seq", 1))),
    Index(AUDIT, (("account", 1), ("at", 1), ("seq", 1))),
    # Heads are found by their id; a collection with an index is one that goes with its account.
    Index(AUDIT_HEADS, (("account", 1),), unique=True),
)
# A long log is walked in parts of so many numbers. Numbers have no gaps, hence a part is never large and never needs
# a cursor that stays open as long as somebody reads.
SPAN = 500
FORWARD: Sort = (("seq", 1),)
BACKWARD: Sort = (("seq", -1),)


class Wanted(NamedTuple):
    """Which entries somebody asks for; `actors` are those that the caller may see, None is everybody."""

    actors: frozenset[str] | None = None
    actor: str = ""
    action: str = ""
    target: str = ""
    after: datetime | None = None
    before: datetime | None = None


EVERY = Wanted()


async def add_entry(mongo: Mongo, account: str, entry: Document) -> None:
    """The next of the account; raises Duplicate when there is one of its number."""
    await mongo[AUDIT].insert({**entry, "account": account})


async def has_entry(mongo: Mongo, account: str, id: str) -> bool:
    """Whether this entry stands in the log, whatever its number."""
    return await mongo[AUDIT].find_one({"_id": id, "account": account}, fields={"_id": 1}) is not None


async def find_beyond(mongo: Mongo, account: str, seq: int) -> Document | None:
    """The last entry beyond this number, looking no further than a span."""
    where = {"account": account, "seq": {"$gt": seq, "$lte": seq + SPAN}}
    return await mongo[AUDIT].find_one(where, fields={"seq": 1, "hash": 1}, sort=BACKWARD)


async def find_next(mongo: Mongo, account: str, seq: int) -> Document | None:
    """The first entry of this number or a higher one, as a majority has it."""
    return await mongo[AUDIT].majority.find_one({"account": account, "seq": {"$gte": seq}}, sort=FORWARD)


async def find_stray(mongo: Mongo, account: str) -> Document | None:
    """An entry with a number that none can have: no walk along the numbers would meet it."""
    return await mongo[AUDIT].majority.find_one({"account": account, "seq": {"$not": {"$gte": 1}}})


async def list_latest(mongo: Mongo, account: str, wanted: Wanted, *, below: int | None, limit: int) -> list[Document]:
    """The latest first, from below this number."""
    older: Document = {} if below is None else {"seq": {"$lt": below}}
    return await mongo[AUDIT].find({**where_of(account, wanted), **older}, sort=BACKWARD, limit=limit)


async def each_span(mongo: Mongo, account: str, wanted: Wanted = EVERY) -> AsyncIterator[list[Document]]:
    """All of them in the order of their numbers, as a majority has them, in parts; some parts may be empty."""
    where, first = where_of(account, wanted), 1
    known = await find_head(mongo, account)
    end = known.seq if known else 0
    while True:
        part = {**where, "seq": {"$gte": first, "$lt": first + SPAN}}
        found = await mongo[AUDIT].majority.find(part, sort=FORWARD, limit=SPAN)
        yield found
        first += SPAN
        if first > end and not found:
            return


async def each_account(mongo: Mongo) -> AsyncIterator[object]:
    """Whose log each entry and each head is said to be, many times over."""
    for collection in (AUDIT_HEADS, AUDIT):
        async for document in mongo[collection].each({}, fields={"_id": 0, "account": 1}):
            yield document.get("account")


def where_of(account: str, wanted: Wanted) -> Document:
    """Each part of it is served by an index of its own."""
    where: Document = {"account": account}
    if wanted.actors is not None:
        where["actor.id"] = {"$in": sorted(wanted.actors & {wanted.actor} if wanted.actor else wanted.actors)}
    elif wanted.actor:
        where["actor.id"] = wanted.actor
    times = {"$gte": wanted.after, "$lt": wanted.before}
    said = {
        "action": wanted.action,
        "targets": wanted.target,
        "at": {bound: time for bound, time in times.items() if time},
    }
    return where | {name: value for name, value in said.items() if value}


async def find_head(mongo: Mongo, account: str) -> Head | None:
    """Where the log ends, as a majority has it."""
    stored = await mongo[AUDIT_HEADS].majority.find_one({"_id": account})
    return Head(**{field: stored[field] for field in Head._fields}) if stored else None


async def move_head(mongo: Mongo, account: str, seen: Head, head: Head) -> None:
    """Forward by compare and set; whoever was first has moved it as far or further."""
    if seen.seq:
        where = {"_id": account, "seq": seen.seq, "hash": seen.hash}
        await mongo[AUDIT_HEADS].update(where, {"$set": head._asdict()})
        return
    with suppress(Duplicate):
        await mongo[AUDIT_HEADS].insert({"_id": account, "account": account, **head._asdict()})
