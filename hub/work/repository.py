"""Every query about due work. A claim is a compare and set on `due_at`: whoever moves it into the future has it."""

from collections.abc import Collection as Several
from datetime import datetime

from hub.access import Bounds, Everywhere
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
    due_at = due_at_of(seen, kind)
    if due_at is None or due_at > now:
        return None
    until = now + kind.lease
    lease = Lease(kind, seen["_id"], seen["account"], token, [until], attempts_of(seen, kind) + 1)
    change = {kind.due_at: until, kind.claim: {"token": token, "until": until}, kind.attempted: lease.attempt}
    taken = await mongo[kind.collection].update({"_id": seen["_id"], kind.due_at: due_at}, {"$set": change})
    return lease if taken else None


def due_at_of(seen: Document, kind: Kind) -> datetime | None:
    """When it was seen to be due."""
    due_at: datetime | None = part_of(seen, kind).get("due_at")
    return due_at


def attempts_of(seen: Document, kind: Kind) -> int:
    """How often it was begun in vain. Work that was made due again while it ran begins anew: nobody has failed."""
    part = part_of(seen, kind)
    claim = part.get("claim")
    was_made_due_again = claim is not None and claim["until"] != part["due_at"]
    return 0 if was_made_due_again else int(part.get("attempts", 0))


async def renew(mongo: Mongo, lease: Lease, now: datetime) -> bool:
    """Keep it for another lease; False when it is ours no more."""
    until, where = now + lease.kind.lease, lease.where
    # Before it is acknowledged, the claim may end at either moment.
    lease.moments.append(until)
    change = {lease.kind.due_at: until, f"{lease.kind.claim}.until": until}
    if not await mongo[lease.kind.collection].update(where, {"$set": change}):
        return False
    lease.moments[:] = [until]
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


async def revive(mongo: Mongo, kind: Kind, account: Bounds, id: str, now: datetime) -> bool:
    """Make buried work due again; False when there is none."""
    where = {"_id": id, f"{kind.buried}.at": {"$exists": True}, **of_account(account)}
    change = {"$set": {kind.due_at: now}, "$unset": {kind.buried: ""}}
    return await mongo[kind.collection].update(where, change)


async def list_buried(
    mongo: Mongo, kind: Kind, account: Bounds, *, after: Position | None, limit: int
) -> list[Document]:
    """Given up, the latest first."""
    buried_at = f"{kind.buried}.at"
    where = {buried_at: {"$exists": True}, **of_account(account), **older_than(buried_at, after)}
    sort = [(buried_at, -1), ("_id", -1)]
    return await mongo[kind.collection].find(where, fields={"account": 1, kind.buried: 1}, sort=sort, limit=limit)


async def count_overdue(mongo: Mongo, kind: Kind, account: Bounds, now: datetime, *, limit: int) -> int:
    """How much should have been begun."""
    return await mongo[kind.collection].count({kind.due_at: {"$lte": now}, **of_account(account)}, limit=limit)


async def count_buried(mongo: Mongo, kind: Kind, account: Bounds, *, limit: int) -> int:
    """How much was given up."""
    return await mongo[kind.collection].count(
        {f"{kind.buried}.at": {"$exists": True}, **of_account(account)}, limit=limit
    )


def of_account(account: Bounds) -> Document:
    """Narrow to one account, unless it is the operator who looks."""
    return {} if isinstance(account, Everywhere) else {"account": account}


def lag_s(seen: Document, kind: Kind, now: datetime) -> float:
    """How long it has been due."""
    return float((now - part_of(seen, kind)["due_at"]).total_seconds())
