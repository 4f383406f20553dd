"""Finding people by words of their names, numbers and addresses, or by how these begin."""

from collections.abc import Sequence

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.people import repository
from hub.people.access import reach_of
from hub.people.models import Person


async def search(deps: Deps, caller: Caller, tokens: Sequence[int], *, below: str = "", limit: int) -> list[Person]:
    """Whom all of these words fit, as far as the caller's permission reaches: the last made first, from behind the id
    `below` on. Without the permission, or without words, nobody."""
    if not tokens or not caller.may(Permission.PEOPLE_VIEW):
        return []
    assignees = await reach_of(deps, caller, Permission.PEOPLE_VIEW)
    return await repository.list_by_tokens(deps.mongo, caller.account, tokens, assignees, below=below, limit=limit)
