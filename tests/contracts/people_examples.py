"""Requests that succeed, for every endpoint that takes anything: people, and what is known of them."""

from collections.abc import Mapping
from typing import Any

from hub.people import declaring, notes
from hub.people.duplicates import suggest
from hub.people.getting import get_person
from hub.people.models import Alike, AttributeType
from hub.people.shapes import AttributeShown, AttributeWanted, NoteWanted
from tests.contracts.companies import NUMBERS, Company, Person
from tests.contracts.core import a_phone, make_person, person_wanted
from tests.contracts.matrix import Example, Maker


async def an_attribute_of(company: Company) -> AttributeShown:
    """A choice that the company has declared."""
    options = [company.name(), company.name()]
    wanted = AttributeWanted(key=f"k{next(NUMBERS)}", label=company.name(), type=AttributeType.CHOICE, options=options)
    return await declaring.declare(company.act(), wanted)


async def values_of(company: Company) -> dict[str, str]:
    """What fits an attribute of the company."""
    attribute = await an_attribute_of(company)
    return {attribute.key: attribute.options[0]}


async def a_person(person: Person, body: Any = None) -> Example:
    """Somebody whom the company talks with."""
    made = await make_person(person.company)
    return Example(path={"person_id": made.id}, body=body, owned=frozenset({"person_id"}))


async def a_new_person(person: Person) -> Example:
    """Somebody whom nobody has met, with all that can be said of them."""
    company = person.company
    more = {"stage": "lead", "tags": [company.word], "zone": "Asia/Kolkata", "locale": "en-IN"}
    assignee = await company.member()
    body = person_wanted(company, attributes=await values_of(company), assignee_id=assignee, **more)
    return Example(body=body, owned=frozenset({"assignee_id"}))


async def a_person_to_change(person: Person) -> Example:
    """Called otherwise, somewhere else."""
    company = person.company
    body = {"name": company.name(), "attributes": await values_of(company), "zone": "Europe/Paris", "locale": "fr"}
    return await a_person(person, {**body, "quote": f"I am {company.word}"})


async def another_identity(person: Person) -> Example:
    """A number that nobody else has."""
    return await a_person(person, {"kind": "phone", "value": a_phone()})


async def an_identity(person: Person) -> Example:
    """What somebody is known by."""
    made = await make_person(person.company)
    path = {"person_id": made.id, "identity_id": made.identities[0].id}
    return Example(path=path, owned=frozenset(path))


async def a_lead(person: Person) -> Example:
    """Somebody who wants it very much."""
    more = {"status": "qualified", "intent": "hot", "score": 80, "source": "a page", "quote": "Let us begin on Monday."}
    asked = await a_person(person, {**more, "assignee_id": await person.company.member()})
    return Example(path=asked.path, body=asked.body, owned=asked.owned | {"assignee_id"})


async def a_stage(person: Person) -> Example:
    """Who has bought."""
    return await a_person(person, {"stage": "customer"})


async def tags_of_a_person(person: Person) -> Example:
    """One more, one less."""
    return await a_person(person, {"put": [person.company.word], "taken": ["gone"]})


async def a_new_note(person: Person) -> Example:
    """For colleagues only."""
    return await a_person(person, {"text": f"what {person.company.word} alone may know"})


async def a_note(person: Person) -> Example:
    """On somebody."""
    asked = await a_new_note(person)
    made = await notes.add_note(person.company.act(), asked.path["person_id"], NoteWanted(text=person.company.name()))
    path = {**asked.path, "note_id": made.id}
    return Example(path=path, owned=frozenset(path))


async def a_duplicate(person: Person) -> Example:
    """Two people who may be one."""
    company, pair = person.company, [(await make_person(person.company)).id for _ in range(2)]
    one, other = [await get_person(company.deps, company.account, id) for id in pair]
    suggestion = await suggest(company.deps, one, other, Alike.PHONE)
    assert suggestion
    return Example(path={"duplicate_id": suggestion.id}, owned=frozenset({"duplicate_id"}))


async def a_new_attribute(person: Person) -> Example:
    """Something that the company has not asked for yet."""
    company = person.company
    body = {"key": f"k{next(NUMBERS)}", "label": company.name(), "type": "choice", "options": [company.name()]}
    return Example(body=body)


async def an_attribute(person: Person) -> Example:
    """Something that the company wants to know of people."""
    made = await an_attribute_of(person.company)
    return Example(path={"attribute_id": made.id}, owned=frozenset({"attribute_id"}))


async def an_attribute_to_change(person: Person) -> Example:
    """Another label, other options."""
    asked, company = await an_attribute(person), person.company
    return Example(path=asked.path, body={"label": company.name(), "options": [company.name()]}, owned=asked.owned)


EXAMPLES: Mapping[str, Maker] = {
    "make_person": a_new_person,
    "show_person": a_person,
    "change_person": a_person_to_change,
    "add_identity": another_identity,
    "remove_identity": an_identity,
    "change_lead": a_lead,
    "set_stage": a_stage,
    "change_person_tags": tags_of_a_person,
    "block_person": a_person,
    "unblock_person": a_person,
    "list_person_notes": a_person,
    "add_person_note": a_new_note,
    "delete_person_note": a_note,
    "dismiss_duplicate": a_duplicate,
    "declare_attribute": a_new_attribute,
    "change_attribute": an_attribute_to_change,
    "delete_attribute": an_attribute,
}
