"""Every query about browsers that are pushed to, and about pushes. A browser has one push for each tag: what is told
under the same tag takes its place, so that two never overtake each other."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from hub.push.models import PUSHES, SUBSCRIPTIONS, Push, Subscription
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo
from hub.work.kinds import Lease

# What is shown longer than that is taken back by nobody.
KEPT_FOR = timedelta(days=7)
INDEXES = (
    Index(SUBSCRIPTIONS, (("account", 1), ("key", 1)), unique=True),
    Index(SUBSCRIPTIONS, (("account", 1), ("member", 1), ("_id", 1))),
    Index(PUSHES, (("account", 1), ("member", 1), ("topic", 1))),
    Index(PUSHES, (("account", 1), ("subscription", 1))),
    Index(PUSHES, (("said_at", 1),), expire_after=KEPT_FOR),
)
SEALED = (SUBSCRIPTIONS, PUSHES)
# No member has more browsers that are pushed to.
MOST = 20


async def add(mongo: Mongo, subscription: Subscription) -> None:
    """Store it, or raise Duplicate: the account has this browser."""
    await mongo[SUBSCRIPTIONS].insert(as_document(subscription))


async def find(mongo: Mongo, account: str, id: str) -> Subscription | None:
    """One browser."""
    found = await mongo[SUBSCRIPTIONS].find_one({"_id": id, "account": account})
    return read(Subscription, found) if found else None


async def find_by_key(mongo: Mongo, account: str, key: bytes) -> Subscription | None:
    """The browser with the address of this hash."""
    found = await mongo[SUBSCRIPTIONS].find_one({"account": account, "key": key})
    return read(Subscription, found) if found else None


async def list_of(mongo: Mongo, account: str, member: str) -> list[Subscription]:
    """All of a member's, in the order of their making."""
    # Two requests at the same moment may make one or two more than there should be.
    found = await mongo[SUBSCRIPTIONS].find({"account": account, "member": member}, sort=[("_id", 1)], limit=MOST * 2)
    return [read(Subscription, document) for document in found]


async def change(mongo: Mongo, account: str, id: str, **fields: Any) -> bool:
    """Set fields; False when it is gone."""
    return await mongo[SUBSCRIPTIONS].update({"_id": id, "account": account}, {"$set": fields})


async def remove(mongo: Mongo, account: str, id: str) -> None:
    """Forget a browser, and what it was to be told."""
    await mongo[SUBSCRIPTIONS].delete({"_id": id, "account": account})
    await mongo[PUSHES].delete_all({"account": account, "subscription": id})


async def remove_ended(mongo: Mongo, account: str, member: str, *, besides: Collection[str]) -> None:
    """Forget the member's browsers whose session is none of these."""
    await mongo[SUBSCRIPTIONS].delete_all({"account": account, "member": member, "session": {"$nin": list(besides)}})


async def remove_all(mongo: Mongo, account: str, members: Collection[str]) -> None:
    """Forget all browsers of these members, and what they were to be told."""
    theirs = {"account": account, "member": {"$in": list(members)}}
    await mongo[SUBSCRIPTIONS].delete_all(theirs)
    await mongo[PUSHES].delete_all(theirs)


async def add_push(mongo: Mongo, push: Push) -> None:
    """Store it, due at once, or raise Duplicate: there is one under this tag."""
    await mongo[PUSHES].insert({**as_document(push), "due_at": push.said_at})


async def tell_anew(mongo: Mongo, account: str, id: str, *, message: bytes, now: datetime) -> bool:
    """What was to be told, or was told, in other words; False when there is nothing under this tag."""
    where: Document = {"_id": id, "account": account}
    change: Document = {"$set": {"message": message, "said_at": now}, "$inc": {"rev": 1}}
    # Whoever is sending it keeps the claim, and sends again; whatever waits for a service waits on.
    if await mongo[PUSHES].update({**where, "due_at": {"$exists": True}}, change):
        return True
    due: Document = {**change, "$unset": {"buried": ""}}
    due["$set"] = {**change["$set"], "due_at": now}
    return await mongo[PUSHES].update({**where, "due_at": {"$exists": False}}, due)


async def find_push(mongo: Mongo, account: str, id: str) -> Push | None:
    """One as it is by now."""
    found = await mongo[PUSHES].find_one({"_id": id, "account": account})
    return read(Push, found) if found else None


async def list_pushes(mongo: Mongo, account: str, member: str, topic: str) -> list[Push]:
    """What a member's browsers are told, or were, under one tag."""
    found = await mongo[PUSHES].find({"account": account, "member": member, "topic": topic}, limit=MOST * 2)
    return [read(Push, document) for document in found]


async def remove_unsent(mongo: Mongo, account: str, member: str, topic: str) -> None:
    """Forget what no browser can have shown: nobody has begun with it, or it was given up."""
    never_begun: Document = {"claim": {"$exists": False}, "attempts": {"$in": [None, 0]}, "is_shown": {"$ne": True}}
    await mongo[PUSHES].delete_all({"account": account, "member": member, "topic": topic, **never_begun})


async def settle_shown(mongo: Mongo, account: str, lease: Lease, seen: Push) -> bool:
    """It is sent; False when something newer is to be told."""
    gone = dict.fromkeys(("message", "due_at", "claim", "attempts", "buried"), "")
    return await mongo[PUSHES].update(settled(account, lease, seen), {"$set": {"is_shown": True}, "$unset": gone})


async def settle_gone(mongo: Mongo, account: str, lease: Lease, seen: Push) -> bool:
    """There is nothing left to show or to take back; False when something newer is to be told."""
    return await mongo[PUSHES].delete(settled(account, lease, seen))


def settled(account: str, lease: Lease, seen: Push) -> Document:
    """Fits as long as the claim is ours and nothing newer was told."""
    return {**lease.where, "account": account, "rev": seen.rev}
