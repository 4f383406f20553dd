"""Every query about clocks, what was measured by them, what is promised, and surveys."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from hub.clocks.models import Clocks, Lateness, Measure, SlaPolicy, Survey, SurveyPolicy, SurveyState
from hub.store.documents import Model, Stored, as_document, read, written
from hub.store.indexes import Index
from hub.store.mongo import Document, Duplicate, Mongo
from hub.store.paging import Position

CLOCKS, ROUNDS, SLA_POLICIES = "clocks", "rounds", "sla_policies"
SURVEYS, SURVEYED, SURVEY_POLICIES = "surveys", "surveyed", "survey_policies"
POLICIES: Mapping[type[Stored], str] = {SlaPolicy: SLA_POLICIES, SurveyPolicy: SURVEY_POLICIES}
INDEXES = (
    Index(CLOCKS, (("account", 1), ("late", 1), ("late_at", 1), ("_id", 1))),
    Index(ROUNDS, (("account", 1), ("at", -1))),
    Index(SURVEYS, (("account", 1), ("thread", 1), ("asked_at", -1))),
    Index(SURVEYS, (("account", 1), ("asked_at", -1))),
    *(Index(name, (("account", 1),)) for name in (SLA_POLICIES, SURVEY_POLICIES, SURVEYED)),
)
SEALED = (SLA_POLICIES, SURVEY_POLICIES)

Reach = Collection[str] | None


async def find_clocks(mongo: Mongo, account: str, thread: str) -> Clocks | None:
    """Those of a thread, as far as they have come."""
    found = await mongo[CLOCKS].find_one({"_id": thread, "account": account})
    return read(Clocks, found) if found else None


async def move(mongo: Mongo, seen: Clocks | None, now: Clocks, look_at: datetime | None) -> bool:
    """Store them, unless they were moved since they were seen; and when they are looked at again."""
    fields = as_document(now)
    if seen is None:
        return await is_new(mongo, CLOCKS, {**fields, **({"breach": {"due_at": look_at}} if look_at else {})})
    where = {"_id": now.id, "account": now.account, "state.seq": seen.state.seq}
    put = {name: fields[name] for name in fields if name not in ("_id", "account")}
    gone = {name: "" for name in ("late", "late_at") if name not in fields}
    put, gone = (put | {"breach.due_at": look_at}, gone) if look_at else (put, gone | {"breach": ""})
    return await mongo[CLOCKS].update(where, {"$set": put} | ({"$unset": gone} if gone else {}))


async def is_new(mongo: Mongo, collection: str, document: Document) -> bool:
    """Store it, unless it is there."""
    try:
        await mongo[collection].insert(document)
    except Duplicate:
        return False
    return True


async def list_late(
    mongo: Mongo, account: str, states: Collection[Lateness], reach: Reach, position: Position | None, *, limit: int
) -> list[Clocks]:
    """Clocks that were warned of or are late, whatever is late longest first."""
    where: Document = {"account": account, "late": {"$in": list(states)}, **within(reach)}
    if position:
        moment, id = position
        where["$or"] = [{"late_at": {"$gt": moment}}, {"late_at": moment, "_id": {"$gt": id}}]
    found = await mongo[CLOCKS].find(where, sort=[("late_at", 1), ("_id", 1)], limit=limit)
    return [read(Clocks, document) for document in found]


def within(reach: Reach) -> Document:
    """As far as a permission reaches."""
    return {} if reach is None else {"reach": {"$in": sorted(reach)}}


async def add_measure(mongo: Mongo, measure: Measure) -> None:
    """Once, however often it is measured."""
    await is_new(mongo, ROUNDS, as_document(measure))


async def list_measures(
    mongo: Mongo, account: str, since: datetime, until: datetime, reach: Reach, *, limit: int, **where: Any
) -> list[Measure]:
    """What was measured in that time, the latest first."""
    bound = {"account": account, "at": {"$gte": since, "$lt": until}, **within(reach), **where}
    found = await mongo[ROUNDS].find(bound, sort=[("at", -1)], limit=limit)
    return [read(Measure, document) for document in found]


async def find_policy(mongo: Mongo, account: str, type: type[Model]) -> Model | None:
    """What the account has said."""
    found = await mongo[POLICIES[type]].find_one({"_id": account, "account": account})
    return read(type, found) if found else None


async def set_policy(mongo: Mongo, policy: SlaPolicy | SurveyPolicy) -> None:
    """What the account says from now on."""
    fields = {name: value for name, value in as_document(policy).items() if name not in ("_id", "account")}
    gone = {name: "" for name in ("hours",) if name not in fields}
    change = {"$set": fields} | ({"$unset": gone} if gone else {})
    await mongo[POLICIES[type(policy)]].update({"_id": policy.account, "account": policy.account}, change, upsert=True)


async def add_survey(mongo: Mongo, survey: Survey, due_at: datetime) -> bool:
    """Have it asked then; False when it stands there already."""
    return await is_new(mongo, SURVEYS, {**as_document(survey), "due_at": due_at})


async def find_survey(mongo: Mongo, account: str, id: str) -> Survey | None:
    """One of the account's."""
    found = await mongo[SURVEYS].find_one({"_id": id, "account": account})
    return read(Survey, found) if found else None


async def find_asked(mongo: Mongo, account: str, thread: str) -> Survey | None:
    """The last that was asked in a thread, or is just being asked."""
    where = {"account": account, "thread": thread, "asked_at": {"$exists": True}}
    found = await mongo[SURVEYS].find_one(where, sort=[("asked_at", -1)])
    return read(Survey, found) if found else None


async def change_survey(mongo: Mongo, seen: Survey, **fields: Any) -> bool:
    """It is otherwise, unless it has come further meanwhile."""
    where = {"_id": seen.id, "account": seen.account, "state": seen.state}
    return await mongo[SURVEYS].update(where, {"$set": {name: written(value) for name, value in fields.items()}})


async def list_surveys(
    mongo: Mongo, account: str, since: datetime, until: datetime, reach: Reach, *, limit: int, **where: Any
) -> list[Survey]:
    """What was asked in that time, the latest first."""
    asked = {"state": {"$in": [SurveyState.ASKED, SurveyState.ANSWERED]}, "asked_at": {"$gte": since, "$lt": until}}
    found = await mongo[SURVEYS].find(
        {"account": account, **asked, **within(reach), **where}, sort=[("asked_at", -1)], limit=limit
    )
    return [read(Survey, document) for document in found]


async def take_turn(mongo: Mongo, survey: Survey, now: datetime, pause: timedelta) -> bool:
    """Whether the person may be asked by this survey: nobody else has asked them for so long, nor is about to."""
    mine = {"survey": survey.id, "at": now}
    is_free = [{"survey": survey.id}, {"at": {"$lte": now - pause}}]
    where = {"_id": survey.person, "account": survey.account, "$or": is_free}
    if await mongo[SURVEYED].update(where, {"$set": mine}):
        return True
    return await is_new(mongo, SURVEYED, {"_id": survey.person, "account": survey.account, **mine})


async def give_turn_back(mongo: Mongo, survey: Survey) -> None:
    """They were not asked after all."""
    await mongo[SURVEYED].delete({"_id": survey.person, "account": survey.account, "survey": survey.id})
