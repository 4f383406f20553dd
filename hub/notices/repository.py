"""Every query about notices, how members want to be told, and what is on its way to them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from hub.notices.models import (
    UNREAD,
    Notice,
    NoticeErrand,
    NoticeKind,
    NoticePolicy,
    NoticePreferences,
    NoticeWay,
    Told,
)
from hub.store.documents import as_document, read, written
from hub.store.ids import follows_from
from hub.store.indexes import Index
from hub.store.mongo import Document, Duplicate, Mongo, Where
from hub.store.paging import Position, older_than

NOTICES, PREFERENCES, ERRANDS, POLICIES = "notices", "notice_preferences", "notice_errands", "notice_policies"
# What was read is kept for a look back; what nobody reads is of no use some day.
KEPT_READ, KEPT = timedelta(days=30), timedelta(days=90)
INDEXES = (
    Index(
        NOTICES,
        (("account", 1), ("member", 1), ("thread", 1), ("kind", 1), ("slot", 1)),
        unique=True,
    ),
    Index(NOTICES, (("account", 1), ("member", 1), ("at", -1), ("_id", -1))),
    Index(NOTICES, (("account", 1), ("member", 1), ("slot", 1), ("kind", 1), ("at", -1), ("_id", -1))),
    Index(NOTICES, (("account", 1), ("member", 1), ("updated_at", 1))),
    Index(NOTICES, (("account", 1), ("thread", 1), ("slot", 1), ("kind", 1))),
    Index(NOTICES, (("read_at", 1),), expire_after=KEPT_READ),
    Index(NOTICES, (("at", 1),), expire_after=KEPT),
    Index(PREFERENCES, (("account", 1),)),
    Index(ERRANDS, (("account", 1), ("member", 1))),
    Index(POLICIES, (("account", 1),), unique=True),
)
SEALED = (PREFERENCES,)
# No account has more members than this who could be told.
MOST_MEMBERS = 10_000
SETTLED: Document = {name: "" for name in ("due_at", "claim", "attempts", "buried")}


async def find_latest(mongo: Mongo, account: str, member: str, thread: str, kind: NoticeKind) -> Notice | None:
    """The last of this kind in a conversation: the unread one, or else the last of those that were read."""
    where = {"account": account, "member": member, "thread": thread, "kind": kind}
    # In the order of the unique index: the slot of one that was read is its id, which begins with its time by digits.
    found = await mongo[NOTICES].find_one(where, sort=[("slot", -1)])
    return read(Notice, found) if found else None


async def add(mongo: Mongo, notice: Notice) -> bool:
    """Store it; False when there is an unread one of its kind already."""
    try:
        await mongo[NOTICES].insert(as_document(notice))
    except Duplicate:
        return False
    return True


async def change(mongo: Mongo, seen: Notice, after: Notice) -> bool:
    """Store it; False when somebody has changed it since it was seen. What was told meanwhile stays noted."""
    fields = {name: value for name, value in as_document(after).items() if name not in ("_id", "account", "told")}
    where = {"_id": seen.id, "account": seen.account, "rev": seen.rev}
    return await mongo[NOTICES].update(where, {"$set": fields})


async def note_told(mongo: Mongo, notice: Notice, way: NoticeWay, told: Told | None) -> None:
    """So much of it was told; with None, nothing was after all."""
    change: Document = {"$set": {f"told.{way}": written(told)}} if told else {"$unset": {f"told.{way}": ""}}
    await mongo[NOTICES].update({"_id": notice.id, "account": notice.account}, change)


async def list_notices(mongo: Mongo, account: str, ids: Collection[str]) -> list[Notice]:
    """Those of these ids, in no order."""
    where = {"_id": {"$in": [*ids]}, "account": account}
    return [read(Notice, one) for one in await mongo[NOTICES].find(where, limit=len(ids) or 1)]


async def list_page(
    mongo: Mongo, account: str, member: str, where: Where, *, after: Position | None, limit: int
) -> list[Notice]:
    """A member's, the latest first."""
    bounds = {"account": account, "member": member, **where, **older_than("at", after)}
    found = await mongo[NOTICES].find(bounds, sort=[("at", -1), ("_id", -1)], limit=limit)
    return [read(Notice, one) for one in found]


async def list_unread(mongo: Mongo, account: str, member: str, *, limit: int, **where: Any) -> list[Notice]:
    """What a member has not read, the latest first."""
    return await list_page(mongo, account, member, {"slot": UNREAD, **where}, after=None, limit=limit)


async def list_unread_in(
    mongo: Mongo, account: str, thread: str, kinds: Iterable[NoticeKind], *, limit: int
) -> list[Notice]:
    """What anybody has not read of these kinds in a conversation."""
    where = {"account": account, "thread": thread, "slot": UNREAD, "kind": {"$in": [*kinds]}}
    return [read(Notice, one) for one in await mongo[NOTICES].find(where, limit=limit)]


async def list_changed(mongo: Mongo, account: str, member: str, since: datetime, *, limit: int) -> list[Notice]:
    """A member's that have become otherwise since then."""
    where = {"account": account, "member": member, "updated_at": {"$gte": since}}
    found = await mongo[NOTICES].find(where, sort=[("updated_at", 1)], limit=limit)
    return [read(Notice, one) for one in found]


async def list_preferences(mongo: Mongo, account: str, members: Collection[str]) -> Mapping[str, NoticePreferences]:
    """How each of these wants to be told, by the member; those who have said nothing are not among them."""
    where = {"_id": {"$in": [*members]}, "account": account}
    found = await mongo[PREFERENCES].find(where, limit=len(members) or 1)
    return {one["_id"]: read(NoticePreferences, one) for one in found}


async def change_preferences(
    mongo: Mongo, account: str, member: str, *, where: Where | None = None, **fields: Any
) -> bool:
    """Set fields, and remove those that become None; False when it is not as `where` says. A double underscore in a
    name stands for the dot of a part."""
    named = {name.replace("__", "."): value for name, value in fields.items()}
    update = setting(named)
    bounds = {"_id": member, "account": account, **(where or {})}
    try:
        return await mongo[PREFERENCES].update(bounds, update, upsert=where is None)
    except Duplicate:
        # Somebody has made it at this moment.
        return await mongo[PREFERENCES].update(bounds, update)


def setting(fields: Mapping[str, Any]) -> Document:
    """Set fields, and remove those that become None."""
    put = {name: written(value) for name, value in fields.items() if value is not None}
    gone = {name: "" for name, value in fields.items() if value is None}
    return ({"$set": put} if put else {}) | ({"$unset": gone} if gone else {})


async def find_policy(mongo: Mongo, account: str) -> NoticePolicy | None:
    """What the account lets go to its members' phones."""
    found = await mongo[POLICIES].find_one({"_id": account, "account": account})
    return read(NoticePolicy, found) if found else None


async def put_policy(mongo: Mongo, policy: NoticePolicy) -> None:
    """What it lets go from now on."""
    fields = {"phone_lines": policy.phone_lines, "phone_countries": policy.phone_countries}
    await mongo[POLICIES].update({"_id": policy.id, "account": policy.account}, {"$set": fields}, upsert=True)


async def find_errand(mongo: Mongo, account: str, id: str) -> NoticeErrand | None:
    """One of the account's, due or not."""
    found = await mongo[ERRANDS].find_one({"_id": id, "account": account})
    return read(NoticeErrand, found) if found else None


def errand_id(member: str, way: NoticeWay) -> str:
    """There is one for a member and way."""
    return follows_from(member, f"told by {way}")


async def add_errand(mongo: Mongo, errand: NoticeErrand) -> bool:
    """Store it; False when there is one already."""
    try:
        await mongo[ERRANDS].insert(as_document(errand))
    except Duplicate:
        return False
    return True


async def make_due(mongo: Mongo, seen: NoticeErrand, due_at: datetime) -> bool:
    """It is due then; False when somebody has changed it since it was seen."""
    was = {"$exists": False} if seen.due_at is None else seen.due_at
    where = {"_id": seen.id, "account": seen.account, "news": seen.news, "due_at": was, "claim": {"$exists": False}}
    change = {"$set": {"due_at": due_at}, "$inc": {"news": 1}, "$unset": {"buried": ""}}
    return await mongo[ERRANDS].update(where, change)


async def add_news(mongo: Mongo, seen: NoticeErrand) -> bool:
    """It is due already, and whoever is about it at this moment looks again; False when it was changed since."""
    where = {"_id": seen.id, "account": seen.account, "news": seen.news, "due_at": {"$exists": True}}
    return await mongo[ERRANDS].update(where, {"$inc": {"news": 1}})


async def settle(mongo: Mongo, seen: NoticeErrand, claimed: Where) -> bool:
    """There is nothing more to tell; False when something has come meanwhile, or the claim is not ours any more."""
    return await mongo[ERRANDS].update({**claimed, "account": seen.account, "news": seen.news}, {"$unset": SETTLED})


async def note_errand_told(
    mongo: Mongo, errand: NoticeErrand, told_at: datetime | None, *, is_counted: bool = False
) -> None:
    """When the member was told last this way; `is_counted`: and that what has not left is counted already."""
    change = setting({"told_at": told_at, "is_counted": is_counted or None})
    await mongo[ERRANDS].update({"_id": errand.id, "account": errand.account}, change)


async def hasten(mongo: Mongo, account: str, member: str, now: datetime) -> None:
    """Whatever waits for this member is looked at anew: they want it otherwise now."""
    where = {"account": account, "member": member, "due_at": {"$exists": True}, "claim": {"$exists": False}}
    await mongo[ERRANDS].update_all(where, {"$set": {"due_at": now}})


async def forget_members(mongo: Mongo, account: str, members: Iterable[str]) -> None:
    """Everything that was for these."""
    for member in members:
        for collection in (NOTICES, ERRANDS):
            await mongo[collection].delete_all({"account": account, "member": member})
        await mongo[PREFERENCES].delete({"_id": member, "account": account})
