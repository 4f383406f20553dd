"""Every query about due work. A claim is a compare and set on `due_at`: whoever moves it into the future has it."""

from collections.abc import Collection as Several
from datetime import datetime

from hub.store.mongo import Document, Mongo
from hub.store.paging import Position, older_than
from hub.work.kinds import Kind, Lease, part_of


async def list_overdue(mongo: Mongo, kind: Kind, now: datetime, *, besides: Several[str], limit: int) -> list[Document]:
    """The longest overdue, but none of the accounts `besides`."""
    where: Document = {kind.due_at: {"$lte": now}}
    if besides:
        where["account"] = {"$nin": list(besides)}
    return await mongo[kind.collection].find(where, sort=[(kind.due_at, 1)], limit=limit)


async def find(mongo: Mongo, kind: Kind, id: str) -> Document | None:
    """One piece of work, due or not."""
    return await mongo[kind.collection].find_one({"_id": id})


async def claim(mongo: Mongo, kind: Kind, seen: Document, *, token: str, now: datetime) -> Lease | None:
    """Take what was seen due, or None if somebody else was first. Beginning counts as an attempt: work that kills its
    worker must not be begun forever."""
    due_at = part_of(seen, kind).get("due_at")
    if due_at is None or due_at > now:
        return None
    attempt = part_of(seen, kind).get("attempts", 0) + 1
    lease = Lease(kind, seen["_id"], seen["account"], token, now + kind.lease, attempt)
    change = {kind.due_at: lease.due_at, kind.claim: token, kind.attempted: attempt}
    taken = await mongo[kind.collection].update({"_id": seen["_id"], kind.due_at: due_at}, {"$set": change})
    return lease if taken else None


async def renew(mongo: Mongo, lease: Lease, now: datetime) -> bool:
    """Keep it for another lease; False when it is ours no more."""
    due_at = now + lease.kind.lease
    if not await mongo[lease.kind.collection].update(lease.where, {"$set": {lease.kind.due_at: due_at}}):
        return False
    lease.due_at = due_at
    return True


async def finish(mongo: Mongo, lease: Lease) -> None:
    """Done. Changes nothing when the work was made due again meanwhile: then it is done again."""
    kind = lease.kind
    await mongo[kind.collection].update(
        lease.where, {"$unset": {kind.due_at: "", kind.claim: "", kind.attempted: "", kind.buried: ""}}
    )


async def postpone(mongo: Mongo, lease: Lease, due_at: datetime, *, attempts: int) -> None:
    """Due again at this time, with this many attempts behind it."""
    kind = lease.kind
    change = {"$set": {kind.due_at: due_at, kind.attempted: attempts}, "$unset": {kind.claim: ""}}
    await mongo[kind.collection].update(lease.where, change)


async def bury(mongo: Mongo, lease: Lease, *, reason: str, now: datetime) -> None:
    """Give it up, where a person sees it and why."""
    kind = lease.kind
    grave = {"at": now, "reason": reason, "attempts": lease.attempt}
    await mongo[kind.collection].update(
        lease.where, {"$set": {kind.buried: grave}, "$unset": {kind.due_at: "", kind.claim: "", kind.attempted: ""}}
    )


async def revive(mongo: Mongo, kind: Kind, account: str | None, id: str, now: datetime) -> bool:
    """Make buried work due again; False when there is none."""
    where = {"_id": id, f"{kind.buried}.at": {"$exists": True}, **of_account(account)}
    change = {"$set": {kind.due_at: now}, "$unset": {kind.buried: ""}}
    return await mongo[kind.collection].update(where, change)


async def list_buried(
    mongo: Mongo, kind: Kind, account: str | None, *, after: Position | None, limit: int
) -> list[Document]:
    """Given up, the latest first."""
    buried_at = f"{kind.buried}.at"
    where = {buried_at: {"$exists": True}, **of_account(account), **older_than(buried_at, after)}
    sort = [(buried_at, -1), ("_id", -1)]
    return await mongo[kind.collection].find(where, fields={"account": 1, kind.buried: 1}, sort=sort, limit=limit)


async def count_overdue(mongo: Mongo, kind: Kind, account: str | None, now: datetime, *, limit: int) -> int:
    """How much should have been begun."""
    return await mongo[kind.collection].count({kind.due_at: {"$lte": now}, **of_account(account)}, limit=limit)


async def count_buried(mongo: Mongo, kind: Kind, account: str | None, *, limit: int) -> int:
    """How much was given up."""
    return await mongo[kind.collection].count(
        {f"{kind.buried}.at": {"$exists": True}, **of_account(account)}, limit=limit
    )


def of_account(account: str | None) -> Document:
    """Narrow to one account; None is the operator's view over all."""
    return {} if account is None else {"account": account}


def lag_s(seen: Document, kind: Kind, now: datetime) -> float:
    """How long it has been due."""
    return float((now - part_of(seen, kind)["due_at"]).total_seconds())
