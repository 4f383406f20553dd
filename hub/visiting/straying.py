"""Pages that hear of a conversation which is not their visitor's any more: who were taken for one are two again."""

from collections.abc import Sequence

from channels.base import Address, IdentityKind
from hub.deps import Deps
from hub.people.getting import list_owners
from hub.sockets.connection import Connection
from hub.threads import queries


async def list_strayed(deps: Deps, account: str, connections: Sequence[Connection]) -> list[Connection]:
    """Those of these pages. It costs two queries, however many are there."""
    watched = {one.id: [*one.watched] for one in connections if one.watched}
    if not watched:
        return []
    persons = await queries.list_persons(deps, account, {thread for threads in watched.values() for thread in threads})
    there = [one for one in connections if one.id in watched]
    addresses = {one.id: Address(kind=IdentityKind.VISITOR, value=one.caller.id) for one in there}
    owners = await list_owners(deps, account, set(addresses.values()))
    whose = {one.id: owners.get(addresses[one.id]) for one in there}
    return [one for one in there if any(persons.get(thread) != whose[one.id] for thread in watched[one.id])]
