"""Whether those who were let in still may be there, and what they may by now.

It is asked about all sockets of a process, every other second, so about fifty at a time it costs a fixed number of
queries. What a caller may do is judged by the functions that judge it at a request; only the documents are read
in bulk.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from hub.access import Caller, Permission, Scope
from hub.accounts.key_standing import find_callers
from hub.accounts.standing import list_mates
from hub.deps import Deps
from hub.sessions.standing import name_of, read_callers
from hub.sockets.connection import Connection
from hub.sockets.guest import is_colleague

# What these reach with the scope of a team depends on who is in it.
OF_TEAMS = (Permission.THREADS_VIEW, Permission.PEOPLE_VIEW)


class Change(NamedTuple):
    """What somebody is by now: who they are, None being nobody any more, and who is in their teams."""

    caller: Caller | None
    mates: frozenset[str] = frozenset()


async def list_changed(deps: Deps, connections: Sequence[Connection]) -> dict[str, Change]:
    """Those whose standing is otherwise, by the id of their socket. About visitors hub/visiting/standing.py asks."""
    asked = [one for one in connections if one.caller.kind in ("member", "key")]
    members = await read_callers(deps, [one.caller for one in asked if one.caller.kind == "member"])
    keys = await find_callers(deps, {one.token for one in asked if one.caller.kind == "key"})
    callers = {**keys, **members}
    now = {one.id: callers.get(one.token if one.caller.kind == "key" else name_of(one.caller)) for one in asked}
    mates = await mates_of(deps, [caller for caller in now.values() if caller])
    changes = {one.id: change_to(now[one.id], mates) for one in asked}
    return {one.id: changes[one.id] for one in asked if changes[one.id] != (one.caller, one.mates)}


async def mates_of(deps: Deps, callers: Collection[Caller]) -> dict[str, frozenset[str]]:
    """Who is in the teams of those to whom that matters, by the caller's id."""
    return await list_mates(deps, [caller for caller in callers if depends_on_mates(caller)])


def change_to(caller: Caller | None, mates: Mapping[str, frozenset[str]]) -> Change:
    """What somebody is by now."""
    if caller is None or not is_colleague(caller):
        return Change(None)
    return Change(caller, mates.get(caller.id, frozenset()))


def depends_on_mates(caller: Caller) -> bool:
    """Whether what is heard of depends on who else is in the caller's teams."""
    return any(caller.grants.get(permission) is Scope.TEAM for permission in OF_TEAMS)
