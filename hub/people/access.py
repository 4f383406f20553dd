"""Which people a caller may see or change: all, those whose lead is a member of one's teams, or one's own."""

from collections.abc import Collection

from hub.access import Caller, Permission
from hub.accounts.standing import whose
from hub.deps import Deps
from hub.people import repository
from hub.people.getting import follow, no_such_person
from hub.people.models import Person


async def reach_of(deps: Deps, caller: Caller, permission: Permission) -> Collection[str] | None:
    """The members whose leads the permission covers; None is everybody, also those who are nobody's lead."""
    return await whose(deps, caller, permission)


def is_within(person: Person, reach: Collection[str] | None) -> bool:
    """Whether the person is one of those."""
    return reach is None or person.lead.assignee in reach


async def seen_of(deps: Deps, caller: Caller, ids: Collection[str], permission: Permission) -> Collection[str]:
    """Those of these people whom the caller's permission reaches, in one query."""
    if not ids or not caller.may(permission):
        return ()
    reach = await reach_of(deps, caller, permission)
    if reach is None:
        return ids
    return {
        person.id
        for person in await repository.list_people(deps.mongo, caller.account, ids)
        if is_within(person, reach)
    }


async def access_person(deps: Deps, caller: Caller, id: str, permission: Permission) -> Person:
    """One that the caller's permission reaches; of somebody who was merged into somebody else, that one. To others it
    does not exist."""
    found = await repository.find(deps.mongo, caller.account, Person, id)
    person = await follow(deps, found) if found else None
    if person is None or not is_within(person, await reach_of(deps, caller, permission)):
        raise no_such_person(id)
    return person
