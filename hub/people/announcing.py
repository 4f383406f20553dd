"""What has changed of a person, for whoever tells screens: said after it is stored."""

from typing import Any, NamedTuple

from hub.audiences import ALL, of_people
from hub.bus import Teller, changed
from hub.deps import Deps
from hub.people import repository
from hub.people.events import PersonChanged, PersonGone
from hub.people.models import Person
from hub.people.naming import name_of
from hub.people.showing import person_shown
from hub.threads.belonging import list_threads_of
from hub.threads.log import show_anew

PERSON = "person"


class Released(NamedTuple):
    """Whose lead the person was until now."""

    member: str


async def announce(deps: Deps, before: Person | None, after: Person) -> None:
    """They have become otherwise. Lists show conversations by the name of the person: those have changed with it."""
    was = before.lead.assignee if before else None
    parts = [Released(was)] if was and was != after.lead.assignee else []
    changed(deps, PERSON, after.account, after.id, *parts)
    if before and await name_of(deps, before) != await name_of(deps, after):
        for thread in await list_threads_of(deps, after.account, after.id):
            await show_anew(deps, thread.account, thread.id)


async def announce_anew(deps: Deps, account: str, id: str) -> None:
    """They have turned out to be two people in one, or one of two: whatever shows them is otherwise."""
    changed(deps, PERSON, account, id)
    for thread in await list_threads_of(deps, account, id):
        await show_anew(deps, account, thread.id)


async def tell_person(deps: Deps, account: str, id: str, parts: frozenset[Any]) -> None:
    """Whoever may see them by now; and those who may no more."""
    person = await repository.find(deps.mongo, account, Person, id)
    if person is None:
        return
    marks = {ALL, *([person.lead.assignee] if person.lead.assignee else [])}
    # Whoever was merged into somebody is nobody of their own any more.
    left = {part.member for part in parts} | marks if person.merged_into else {part.member for part in parts} - marks
    if left:
        await deps.bus.publish(PersonGone(account=account, rev=person.rev, person_id=id), of_people(account, left))
    if person.merged_into:
        return
    event = PersonChanged(account=account, rev=person.rev, person=await person_shown(deps, person))
    await deps.bus.publish(event, of_people(account, marks))


TELLERS = (Teller(PERSON, tell_person),)
