"""Getting a person by id, wherever a merge has led them."""

from hub.deps import Deps
from hub.people import repository
from hub.people.errors import NoSuchPerson
from hub.people.models import Person


async def get_person(deps: Deps, account: str, id: str) -> Person:
    """One of the account's, or NoSuchPerson; of somebody who was merged into somebody else, that one."""
    return await follow(deps, await get_exactly(deps, account, id))


async def get_exactly(deps: Deps, account: str, id: str) -> Person:
    """One of the account's, or NoSuchPerson; of somebody who was merged, the sign that is left."""
    person = await repository.find(deps.mongo, account, Person, id)
    if person is None:
        raise no_such_person(id)
    return person


async def follow(deps: Deps, person: Person) -> Person:
    """The one that somebody was merged into, and so on to the end."""
    while person.merged_into:
        person = await get_exactly(deps, person.account, person.merged_into)
    return person


def no_such_person(id: str) -> NoSuchPerson:
    """There is none, or none that the caller may see."""
    return NoSuchPerson("There is no such person.", id=id)
