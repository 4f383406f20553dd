"""How far permissions about people reach: a person is whose lead they are."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from hub.people import notes
from hub.people.duplicates import suggest
from hub.people.getting import get_person
from hub.people.models import Alike
from hub.people.shapes import NoteShown, NoteWanted
from tests.contracts.colleagues import Colleagues, Reach
from tests.contracts.core import a_phone, make_person, person_wanted
from tests.contracts.matrix import Example

Maker = Callable[[Colleagues], Awaitable[Reach]]


async def leads_of(colleagues: Colleagues) -> Mapping[str, str]:
    """A person each, by whose lead they are."""
    made = {whose: await make_person(colleagues.company, assignee_id=id) for whose, id in colleagues.ids.items()}
    return {whose: person.id for whose, person in made.items()}


async def people(colleagues: Colleagues) -> Reach:
    """All in one list, and those of each: of many that changed in the same moment a page shows some."""
    asked = [Example(), *(Example(query={"assignee": id}) for id in colleagues.ids.values())]
    return Reach(asked, await leads_of(colleagues))


def each_person(body: Callable[[], Any] = lambda: None) -> Maker:
    """One after the other."""

    async def make(colleagues: Colleagues) -> Reach:
        leads = await leads_of(colleagues)
        return Reach([Example(path={"person_id": id}, body=body()) for id in leads.values()], leads)

    return make


async def new_people(colleagues: Colleagues) -> Reach:
    """Each to be somebody's lead."""
    bodies = [person_wanted(colleagues.company, assignee_id=id) for id in colleagues.ids.values()]
    return Reach([Example(body=body) for body in bodies], colleagues.ids)


async def each_identity(colleagues: Colleagues) -> Reach:
    """What each is known by."""
    company, leads = colleagues.company, await leads_of(colleagues)
    people = [await get_person(company.deps, company.account, id) for id in leads.values()]
    paths = [{"person_id": one.id, "identity_id": one.identities[1].key.hex()[:32]} for one in people]
    return Reach([Example(path=path) for path in paths], leads)


async def noted(colleagues: Colleagues) -> Mapping[str, NoteShown]:
    """A note on each."""
    act, leads = colleagues.company.act, await leads_of(colleagues)
    return {whose: await notes.add_note(act(), id, NoteWanted(text="For us.")) for whose, id in leads.items()}


async def notes_of_each(colleagues: Colleagues) -> Reach:
    """One after the other."""
    made = await noted(colleagues)
    asked = [Example(path={"person_id": one.person_id}) for one in made.values()]
    return Reach(asked, {whose: one.id for whose, one in made.items()})


async def each_note(colleagues: Colleagues) -> Reach:
    """One note after the other."""
    made = await noted(colleagues)
    asked = [Example(path={"person_id": one.person_id, "note_id": one.id}) for one in made.values()]
    return Reach(asked, {whose: one.id for whose, one in made.items()})


async def duplicates_of(colleagues: Colleagues) -> Mapping[str, str]:
    """Two leads of each, who may be one; by the id of the suggestion."""
    company, found = colleagues.company, {}
    for whose, member in colleagues.ids.items():
        ids = [(await make_person(company, assignee_id=member)).id for _ in range(2)]
        one, other = [await get_person(company.deps, company.account, id) for id in ids]
        suggestion = await suggest(company.deps, one, other, Alike.PHONE)
        assert suggestion
        found[whose] = suggestion.id
    return found


async def duplicates(colleagues: Colleagues) -> Reach:
    """All in one list."""
    return Reach([Example()], await duplicates_of(colleagues))


async def each_duplicate(colleagues: Colleagues) -> Reach:
    """One after the other."""
    found = await duplicates_of(colleagues)
    return Reach([Example(path={"duplicate_id": id}) for id in found.values()], found)


REACHES: Mapping[str, Maker] = {
    "list_people": people,
    "make_person": new_people,
    "show_person": each_person(),
    "change_person": each_person(lambda: {"locale": "de"}),
    "add_identity": each_person(lambda: {"kind": "phone", "value": a_phone()}),
    "remove_identity": each_identity,
    "change_lead": each_person(lambda: {"score": 50}),
    "set_stage": each_person(lambda: {"stage": "customer"}),
    "change_person_tags": each_person(lambda: {"put": ["new"]}),
    "block_person": each_person(),
    "unblock_person": each_person(),
    "list_person_notes": notes_of_each,
    "add_person_note": each_person(lambda: {"text": "For colleagues."}),
    "delete_person_note": each_note,
    "list_duplicates": duplicates,
    "dismiss_duplicate": each_duplicate,
}
