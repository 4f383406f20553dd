"""Getting a person by id, wherever a merge has led them."""

from collections.abc import Collection

from channels.base import Address
from hub.deps import Deps
from hub.people import repository
from hub.people.errors import NoSuchPerson
from hub.people.identities import key_of
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


async def find_known_by(deps: Deps, account: str, address: Address) -> Person | None:
    """Whoever is known by an address, wherever a merge has led them; it is written as it is kept."""
    key = key_of(await deps.sealer.keyring(account), address)
    found = await repository.list_known(deps.mongo, account, [key])
    return await follow(deps, found[0]) if found else None


async def list_owners(deps: Deps, account: str, addresses: Collection[Address]) -> dict[Address, str]:
    """Who is known by which of these addresses, by id; they are written as they are kept."""
    keyring = await deps.sealer.keyring(account)
    by_key = {key_of(keyring, address): address for address in addresses}
    owners = await repository.list_owners(deps.mongo, account, by_key.keys())
    return {by_key[key]: owner for key, owner in owners.items()}


async def follow(deps: Deps, person: Person) -> Person:
    """The one that somebody was merged into, and so on to the end."""
    while person.merged_into:
        person = await get_exactly(deps, person.account, person.merged_into)
    return person


def no_such_person(id: str) -> NoSuchPerson:
    """There is none, or none that the caller may see."""
    return NoSuchPerson("There is no such person.", id=id)
