"""Every query about the ledger of intake, and about replays of it."""

from datetime import datetime, timedelta
from typing import Any

from bson.binary import Binary

from hub.intake.models import IntakeEvent, IntakeState, Outcome, Replay
from hub.store.documents import as_document, read, written
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo
from hub.store.paging import Position, older_than

INTAKE, REPLAYS = "intake", "replays"
KEPT_FOR = timedelta(days=30)
LATEST_FIRST: tuple[tuple[str, int], ...] = (("at", -1), ("_id", -1))
INDEXES = (
    Index(INTAKE, (("account", 1), ("line", 1), ("event_id", 1)), unique=True),
    Index(INTAKE, (("account", 1), *LATEST_FIRST)),
    Index(INTAKE, (("account", 1), ("line", 1), *LATEST_FIRST)),
    Index(INTAKE, (("account", 1), ("state", 1), *LATEST_FIRST)),
    Index(INTAKE, (("at", 1),), expire_after=KEPT_FOR),
    Index(REPLAYS, (("account", 1), ("_id", 1))),
    Index(REPLAYS, (("made_at", 1),), expire_after=KEPT_FOR),
)
SEALED = (INTAKE,)
MOST_REPLAYS = 100
# In lists.
NOT_READ = Binary(b"")
# A total is counted no further.
COUNTED_TO = 100_000


async def add_event(mongo: Mongo, event: IntakeEvent) -> None:
    """Store it, or raise Duplicate: it came before."""
    await mongo[INTAKE].insert(as_document(event))


async def count_repeat(mongo: Mongo, account: str, line: str, event_id: str) -> None:
    """The provider has sent it again."""
    where = {"account": account, "line": line, "event_id": event_id}
    await mongo[INTAKE].update(where, {"$inc": {"repeats": 1}})


async def settle(mongo: Mongo, event: IntakeEvent, outcome: Outcome) -> None:
    """Write down what has become of it. It is due no more, unless somebody else has it by now, or wants it again."""
    where: Document = {"_id": event.id, "account": event.account}
    fields = written(outcome)
    is_over = fields.pop("is_over")
    if event.due_at and is_over:
        ended: Document = {"$set": fields, "$unset": {"due_at": "", "claim": "", "attempts": "", "buried": ""}}
        if await mongo[INTAKE].update({**where, "due_at": event.due_at}, ended):
            return
    await mongo[INTAKE].update(where, {"$set": fields})


async def find_event(mongo: Mongo, account: str, id: str) -> IntakeEvent | None:
    """One of the account's."""
    found = await mongo[INTAKE].find_one({"_id": id, "account": account})
    return read(IntakeEvent, found) if found else None


async def find_same(mongo: Mongo, account: str, line: str, event_id: str) -> IntakeEvent | None:
    """What came on the line under this id."""
    found = await mongo[INTAKE].find_one({"account": account, "line": line, "event_id": event_id})
    return read(IntakeEvent, found) if found else None


async def list_events(
    mongo: Mongo, account: str, *, line: str | None, state: IntakeState | None, after: Position | None, limit: int
) -> list[IntakeEvent]:
    """The latest first, of a line or in a state if given."""
    chosen = {name: value for name, value in (("line", line), ("state", state)) if value is not None}
    where: Document = {"account": account, **chosen, **older_than("at", after)}
    found = await mongo[INTAKE].find(where, fields={"raw": 0}, sort=LATEST_FIRST, limit=limit)
    return [read(IntakeEvent, {**document, "raw": NOT_READ}) for document in found]


async def make_due(mongo: Mongo, account: str, id: str, now: datetime) -> bool:
    """Take it in once more; False when there is none."""
    again: Document = {
        "$set": {"due_at": now, "state": IntakeState.WAITING},
        "$unset": {"claim": "", "attempts": "", "buried": ""},
    }
    return await mongo[INTAKE].update({"_id": id, "account": account}, again)


async def count_range(mongo: Mongo, account: str, line: str, since: datetime, until: datetime) -> int:
    """How many came on the line within this time."""
    return await mongo[INTAKE].count(within(account, line, since, until), limit=COUNTED_TO)


async def list_range(mongo: Mongo, replay: Replay, position: Position | None, *, limit: int) -> list[IntakeEvent]:
    """What a replay has before it, in the order of its coming."""
    where = within(replay.account, replay.line, replay.since, replay.until)
    if position:
        moment, id = position
        where["$or"] = [{"at": {"$gt": moment}}, {"at": moment, "_id": {"$gt": id}}]
    found = await mongo[INTAKE].find(where, sort=[("at", 1), ("_id", 1)], limit=limit)
    return [read(IntakeEvent, document) for document in found]


def within(account: str, line: str, since: datetime, until: datetime) -> Document:
    """What came on the line within this time."""
    return {"account": account, "line": line, "at": {"$gte": since, "$lt": until}}


async def add_replay(mongo: Mongo, replay: Replay) -> None:
    """Store it, or raise Duplicate: the same request was made before."""
    await mongo[REPLAYS].insert(as_document(replay))


async def find_replay(mongo: Mongo, account: str, id: str) -> Replay | None:
    """One of the account's."""
    found = await mongo[REPLAYS].find_one({"_id": id, "account": account})
    return read(Replay, found) if found else None


async def find_running_replay(mongo: Mongo, account: str) -> Replay | None:
    """One that has not ended, and was not given up."""
    where = {"account": account, "ended_at": {"$exists": False}, "buried": {"$exists": False}}
    found = await mongo[REPLAYS].find_one(where)
    return read(Replay, found) if found else None


async def list_replays(mongo: Mongo, account: str) -> list[Replay]:
    """The account's, the latest first."""
    found = await mongo[REPLAYS].find({"account": account}, sort=[("_id", -1)], limit=MOST_REPLAYS)
    return [read(Replay, document) for document in found]


async def change_replay(mongo: Mongo, account: str, id: str, **fields: Any) -> None:
    """How far it has come."""
    await mongo[REPLAYS].update({"_id": id, "account": account}, {"$set": written(fields)})
