"""Every query of routing: about policies, members' facts and what waits, which are its own; and about threads and
entries, which it reads and never writes. How many conversations somebody has is read by the inbox's index of owners."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

from hub.routing.models import Facts, Hold, Policy, Wait
from hub.store.documents import as_document, read, written
from hub.store.ids import EPOCH
from hub.store.indexes import Index
from hub.store.mongo import Document, Duplicate, Mongo, Where
from hub.threads.happenings import OwnerKind
from hub.threads.models import Thread, ThreadStatus

POLICIES, FACTS, WAITS = "routing", "routing_members", "routing_waits"
THREADS, MESSAGES = "threads", "messages"
INDEXES = (
    Index(POLICIES, (("account", 1), ("team", 1))),
    Index(FACTS, (("account", 1), ("held.thread", 1))),
    Index(WAITS, (("account", 1), ("is_stuck", 1), ("team", 1), ("since", 1))),
)
# An account has no more teams, and no more members.
MOST = 2_001
PAST: Document = {"kind": 1, "event": 1, "author": 1, "direction": 1, "seq": 1}
# The part of a policy that is due while it is new.
TAKE_IN = "take_in."
NOT_WORK: Document = {"claim": "", "attempts": "", "buried": ""}


async def list_policies(mongo: Mongo, account: str) -> list[Policy]:
    """The account's own, and those of its teams."""
    return [read(Policy, found) for found in await mongo[POLICIES].find({"account": account}, limit=MOST)]


async def set_policy(mongo: Mongo, policy: Policy, taking_in: Document) -> None:
    """From now on it is so; with the work that comes of it, if any."""
    document = as_document(policy)
    gone = {name: "" for name in Policy.__struct_fields__ if name != "id" and name not in document}
    put = {name: value for name, value in document.items() if name not in ("_id", "account")} | taking_in
    gone |= {f"{TAKE_IN}{name}": "" for name in NOT_WORK} if taking_in else {}
    change = {name: part for name, part in (("$set", put), ("$unset", gone)) if part}
    await mongo[POLICIES].update({"_id": policy.id, "account": policy.account}, change, upsert=True)


async def plan_taking_in(mongo: Mongo, account: str, taking_in: Document) -> None:
    """The same without another policy: that of the account counts for more than before, if it has one."""
    change: Document = {"$set": taking_in, "$unset": {f"{TAKE_IN}{name}": "" for name in NOT_WORK}}
    await mongo[POLICIES].update({"_id": account, "account": account}, change)


async def remove_policy(mongo: Mongo, account: str, id: str) -> bool:
    """False when there was none."""
    return await mongo[POLICIES].delete({"_id": id, "account": account})


async def list_facts(mongo: Mongo, account: str, members: Collection[str]) -> list[Facts]:
    """What is known of these members; nothing of those whom nobody has said anything about."""
    where = {"_id": {"$in": list(members)}, "account": account}
    return [read(Facts, found) for found in await mongo[FACTS].find(where, limit=len(members) or 1)]


async def change_facts(mongo: Mongo, account: str, member: str, fields: Document) -> None:
    """It is so from now on; whoever is choosing at this moment looks again."""
    where = {"_id": member, "account": account}
    change: Document = {"$set": written(fields), "$inc": {"rev": 1}}
    try:
        await mongo[FACTS].update(where, change, upsert=True)
    except Duplicate:
        # Somebody else has made it at this moment.
        await mongo[FACTS].update(where, change)


async def reserve(mongo: Mongo, seen: Facts, hold: Hold, *, given_at: datetime) -> bool:
    """Keep a place and take the turn; False when anything of the member has changed since it was seen."""
    if not seen.rev:
        first = as_document(Facts(id=seen.id, account=seen.account, last_given_at=given_at, held=[hold], rev=1))
        try:
            await mongo[FACTS].insert(first)
        except Duplicate:
            return False
        return True
    where = {"_id": seen.id, "account": seen.account, "rev": seen.rev}
    change = {"$set": {"last_given_at": given_at}, "$push": {"held": written(hold)}, "$inc": {"rev": 1}}
    return await mongo[FACTS].update(where, change)


async def drop_expired(mongo: Mongo, account: str, member: str, now: datetime) -> None:
    """Places that were kept by a process that has died."""
    await mongo[FACTS].update({"_id": member, "account": account}, {"$pull": {"held": {"until": {"$lte": now}}}})


async def give_turn_back(mongo: Mongo, seen: Facts) -> None:
    """As if the turn had not been taken, unless there was another one meanwhile."""
    back: Document = {"$set": {"last_given_at": seen.last_given_at}}
    change = back if seen.last_given_at else {"$unset": {"last_given_at": ""}}
    await mongo[FACTS].update({"_id": seen.id, "account": seen.account, "rev": seen.rev + 1}, change)


async def release(mongo: Mongo, account: str, thread: str, *, member: str = "") -> None:
    """No place is kept for the thread any more; or no more with this member."""
    # By whom first, where it is known: the embedded database reads by whatever stands first.
    where: Document = ({"_id": member} if member else {}) | {"account": account, "held.thread": thread}
    await mongo[FACTS].update_all(where, {"$pull": {"held": {"thread": thread}}})


async def put_wait(mongo: Mongo, wait: Wait, *, due_at: datetime) -> Wait:
    """It waits, if it does not yet; and how."""
    where = {"_id": wait.id, "account": wait.account}
    team: Document = {"$set": {"team": wait.team}} if wait.team else {"$unset": {"team": ""}}
    first: Document = {"since": wait.since, "due_at": due_at, "is_stuck": False}
    # Duplicate: another process has put it there at this moment.
    with suppress(Duplicate):
        await mongo[WAITS].update(where, {**team, "$setOnInsert": first}, upsert=True)
    return await find_wait(mongo, wait.account, wait.id) or wait


async def find_wait(mongo: Mongo, account: str, thread: str) -> Wait | None:
    """How a thread waits."""
    found = await mongo[WAITS].find_one({"_id": thread, "account": account})
    return read(Wait, found) if found else None


async def list_stuck(mongo: Mongo, account: str, team: str | None, *, limit: int) -> list[Wait]:
    """What waits for somebody of the team to get free, the longest first."""
    where = {"account": account, "is_stuck": True, "team": team}
    return [read(Wait, found) for found in await mongo[WAITS].find(where, sort=[("since", 1)], limit=limit)]


async def has_stuck(mongo: Mongo, account: str) -> bool:
    """Whether anything waits for somebody to get free."""
    return await mongo[WAITS].find_one({"account": account, "is_stuck": True}, fields={"_id": 1}) is not None


async def list_stuck_teams(mongo: Mongo, account: str) -> list[str | None]:
    """The teams for whose members something may wait; None is everybody."""
    where: Document = {"account": account, "is_stuck": True}
    teams: list[str | None] = [None]
    while found := await mongo[WAITS].find_one(where | {"team": {"$gt": teams[-1] or ""}}, sort=[("team", 1)]):
        teams.append(found["team"])
    return teams


async def change_wait(mongo: Mongo, account: str, thread: str, **fields: Any) -> None:
    """Set fields, and remove those that become None; with another time it is new work. What does not wait is let be."""
    put = {name: value for name, value in fields.items() if value is not None}
    gone = {name: "" for name, value in fields.items() if value is None} | (NOT_WORK if "due_at" in fields else {})
    change = {name: part for name, part in (("$set", put), ("$unset", gone)) if part}
    await mongo[WAITS].update({"_id": thread, "account": account}, change)


async def note_passed(mongo: Mongo, account: str, thread: str, member: str, *, until: datetime) -> None:
    """The member is not asked until then; nobody is being asked at this moment."""
    put: Document = {"$addToSet": {"passed": member}, "$set": {"passed_until": until}}
    await mongo[WAITS].update({"_id": thread, "account": account}, put | {"$unset": {"offered_to": "", "until": ""}})


async def end_wait(mongo: Mongo, account: str, thread: str) -> None:
    """It waits no more."""
    await mongo[WAITS].delete({"_id": thread, "account": account})


async def count_open_of_each(
    mongo: Mongo, account: str, members: Collection[str], *, apart: Collection[str]
) -> list[tuple[str, str | None, int]]:
    """Each of these members with how many open threads are theirs; those that are told apart one by one."""
    where: Where = {"account": account, "owner.id": {"$in": list(members)}, "status": ThreadStatus.OPEN}
    by: Document = {"owner": "$owner.id"}
    if apart:
        by["thread"] = {"$cond": [{"$in": ["$_id", list(apart)]}, "$_id", None]}
    found = await mongo[THREADS].count_each(where, by, limit=len(members) + len(apart))
    return [(kind["owner"], kind.get("thread"), times) for kind, times in found]


async def count_open_of(mongo: Mongo, account: str, member: str, *, besides: Collection[str], limit: int) -> int:
    """How many open threads a member has besides these, counted as far as it matters."""
    where: Document = {"account": account, "owner.id": member, "status": ThreadStatus.OPEN}
    return await mongo[THREADS].count(where | ({"_id": {"$nin": list(besides)}} if besides else {}), limit=limit)


async def list_unowned(mongo: Mongo, account: str, *, after: Thread | None, limit: int) -> list[Thread]:
    """Open threads of nobody in which somebody waits for an answer, the longest first, from behind this one on."""
    where: Document = {"account": account, "status": ThreadStatus.OPEN, "owner.kind": OwnerKind.NOBODY}
    since = after.waiting_since if after else None
    where["waiting_since"] = {"$gte": since} if since else {"$gt": EPOCH}
    if after:
        where["$or"] = [{"waiting_since": {"$gt": since}}, {"_id": {"$gt": after.id}}]
    found = await mongo[THREADS].find(where, sort=[("waiting_since", 1), ("_id", 1)], limit=limit)
    return [read(Thread, document) for document in found]


async def list_past(mongo: Mongo, account: str, thread: str, *, before: int, limit: int) -> list[Document]:
    """What stands in a log in front of this place, the latest first: who did it, and what has happened."""
    where = {"account": account, "thread": thread, "seq": {"$lt": before}}
    return await mongo[MESSAGES].find(where, sort=[("seq", -1)], limit=limit, fields=PAST)
