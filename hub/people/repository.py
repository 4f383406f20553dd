"""Every query about people, and what is kept beside them: attributes, notes, suggestions."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from hub.people.models import Attribute, Person, PersonNote, Suggestion, SuggestionState
from hub.store.documents import Model, Stored, as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo
from hub.store.paging import Position, older_than

PEOPLE, ATTRIBUTES, NOTES, DUPLICATES = "people", "attributes", "person_notes", "duplicates"
COLLECTION: Mapping[type[Stored], str] = {
    Person: PEOPLE,
    Attribute: ATTRIBUTES,
    PersonNote: NOTES,
    Suggestion: DUPLICATES,
}
SEALED = (PEOPLE, ATTRIBUTES, NOTES)
LATEST_FIRST = (("updated_at", -1), ("_id", -1))
INDEXES = (
    Index(PEOPLE, (("account", 1), ("identities.key", 1)), unique=True),
    Index(PEOPLE, (("account", 1), *LATEST_FIRST)),
    *(
        Index(PEOPLE, (("account", 1), (field, 1), *LATEST_FIRST))
        for field in ("stage", "tags", "lead.status", "lead.assignee")
    ),
    Index(PEOPLE, (("account", 1), ("tokens", 1), ("_id", 1))),
    Index(PEOPLE, (("account", 1), ("likeness", 1))),
    Index(ATTRIBUTES, (("account", 1), ("key", 1)), unique=True),
    Index(NOTES, (("account", 1), ("person", 1), ("made_at", -1), ("_id", -1))),
    Index(DUPLICATES, (("account", 1), ("pair", 1)), unique=True),
    Index(DUPLICATES, (("account", 1), ("state", 1), ("made_at", -1), ("_id", -1))),
)
# No account declares more attributes.
MOST_ATTRIBUTES = 200
# The part of a person that is due: to look for others who may be the same.
LOOK = "look."
# What only finds people makes up most of a document, and whoever reads them has no use for it.
BUT_MARKS = {"tokens": 0, "likeness": 0}


class Wanted(NamedTuple):
    """Which people a list shows. `assignees` bounds it: None is everybody's."""

    assignees: Collection[str] | None = None
    stage: str = ""
    status: str = ""
    tag: str = ""


async def add(mongo: Mongo, model: Stored, **more: Any) -> None:
    """Store it, or raise Duplicate."""
    await mongo[COLLECTION[type(model)]].insert(as_document(model) | more)


async def find(mongo: Mongo, account: str, type: type[Model], id: str) -> Model | None:
    """One of the account's."""
    found = await mongo[COLLECTION[type]].find_one({"_id": id, "account": account})
    return read(type, found) if found else None


async def remove(mongo: Mongo, account: str, type: type[Stored], id: str) -> bool:
    """False when there was none."""
    return await mongo[COLLECTION[type]].delete({"_id": id, "account": account})


async def add_person(mongo: Mongo, person: Person) -> None:
    """Store it, or raise Duplicate: somebody is known by one of the identities."""
    await add(mongo, person, look={"due_at": person.made_at})


async def list_known(mongo: Mongo, account: str, keys: Collection[bytes]) -> list[Person]:
    """Whoever is known by one of these."""
    where = {"account": account, "identities.key": {"$in": list(keys)}}
    found = await mongo[PEOPLE].find(where, fields=BUT_MARKS, limit=len(keys))
    return [read(Person, document) for document in found]


async def list_owners(mongo: Mongo, account: str, keys: Collection[bytes]) -> dict[bytes, str]:
    """Who is known by which of these, by id, and nothing more of them."""
    where = {"account": account, "identities.key": {"$in": list(keys)}}
    found = await mongo[PEOPLE].find(where, fields={"identities.key": 1}, limit=len(keys) or 1)
    return {own["key"]: one["_id"] for one in found for own in one["identities"] if own["key"] in keys}


async def list_people(mongo: Mongo, account: str, ids: Collection[str]) -> list[Person]:
    """Those of these ids, in no order."""
    where = {"_id": {"$in": list(ids)}, "account": account}
    found = await mongo[PEOPLE].find(where, fields=BUT_MARKS, limit=len(ids) or 1)
    return [read(Person, document) for document in found]


async def list_page(mongo: Mongo, account: str, wanted: Wanted, *, after: Position | None, limit: int) -> list[Person]:
    """Whoever changed last first; of those who were merged into somebody, that one only."""
    fields = {"stage": wanted.stage, "lead.status": wanted.status, "tags": wanted.tag}
    where: Document = {"account": account} | {name: value for name, value in fields.items() if value}
    if wanted.assignees is not None:
        where["lead.assignee"] = {"$in": sorted(wanted.assignees)}
    where |= {"merged_into": {"$exists": False}, **older_than("updated_at", after)}
    found = await mongo[PEOPLE].find(where, fields=BUT_MARKS, sort=LATEST_FIRST, limit=limit)
    return [read(Person, document) for document in found]


async def list_by_tokens(
    mongo: Mongo, account: str, tokens: Collection[int], assignees: Collection[str] | None, *, below: str, limit: int
) -> list[Person]:
    """Whoever has all of these, the last made first; nobody who was merged into somebody."""
    where: Document = {"account": account, "tokens": {"$all": list(tokens)}, "merged_into": {"$exists": False}}
    if assignees is not None:
        where["lead.assignee"] = {"$in": sorted(assignees)}
    if below:
        where["_id"] = {"$lt": below}
    found = await mongo[PEOPLE].find(where, sort=[("_id", -1)], limit=limit)
    return [read(Person, document) for document in found]


async def change_person(mongo: Mongo, before: Person, after: Person, *, look_at: datetime | None = None) -> bool:
    """Store what is otherwise, if nobody has changed it since; `look_at`: look for others like it then."""
    was, is_now = as_document(before), as_document(after)
    put = {name: value for name, value in is_now.items() if value != was.get(name)}
    gone = {name: "" for name in was if name not in is_now}
    put |= {} if look_at is None else {f"{LOOK}due_at": look_at}
    where = {"_id": before.id, "account": before.account, "rev": before.rev}
    return await mongo[PEOPLE].update(where, {"$set": put} | ({"$unset": gone} if gone else {}))


async def list_like(mongo: Mongo, person: Person, mark: bytes, *, limit: int) -> list[Person]:
    """Others who share something that two people who are one would share."""
    where = {"account": person.account, "likeness": mark, "_id": {"$ne": person.id}, "merged_into": {"$exists": False}}
    found = await mongo[PEOPLE].find(where, limit=limit)
    return [read(Person, document) for document in found]


async def list_attributes(mongo: Mongo, account: str) -> list[Attribute]:
    """All that the account has declared, in the order of its doing so."""
    found = await mongo[ATTRIBUTES].find({"account": account}, sort=[("_id", 1)], limit=MOST_ATTRIBUTES)
    return [read(Attribute, document) for document in found]


async def change_attribute(mongo: Mongo, account: str, id: str, fields: Document) -> bool:
    """Set fields; False when there is no such one."""
    return await mongo[ATTRIBUTES].update({"_id": id, "account": account}, {"$set": fields})


async def list_notes(
    mongo: Mongo, account: str, person: str, *, after: Position | None, limit: int
) -> list[PersonNote]:
    """The latest first."""
    where = {"account": account, "person": person, **older_than("made_at", after)}
    found = await mongo[NOTES].find(where, sort=[("made_at", -1), ("_id", -1)], limit=limit)
    return [read(PersonNote, document) for document in found]


async def list_note_ids(mongo: Mongo, account: str, person: str) -> list[str]:
    """Of all notes on a person."""
    return [one["_id"] async for one in mongo[NOTES].each({"account": account, "person": person}, fields={"_id": 1})]


async def move_notes(mongo: Mongo, account: str, ids: Collection[str], *, to: str) -> None:
    """They are about another person from now on."""
    await mongo[NOTES].update_all({"account": account, "_id": {"$in": list(ids)}}, {"$set": {"person": to}})


async def list_suggestions(mongo: Mongo, account: str, *, after: Position | None, limit: int) -> list[Suggestion]:
    """Those that nobody has settled, the latest first."""
    where = {"account": account, "state": SuggestionState.OPEN, **older_than("made_at", after)}
    found = await mongo[DUPLICATES].find(where, sort=[("made_at", -1), ("_id", -1)], limit=limit)
    return [read(Suggestion, document) for document in found]


async def settle_suggestion(
    mongo: Mongo, account: str, pair: str, *, before: SuggestionState, after: SuggestionState
) -> bool:
    """What became of it; False when it stands otherwise."""
    where = {"account": account, "pair": pair, "state": before}
    return await mongo[DUPLICATES].update(where, {"$set": {"state": after}})
