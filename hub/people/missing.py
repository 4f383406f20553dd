"""What a screen has missed of the people that it shows."""

from collections.abc import Mapping

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.people import repository
from hub.people.access import is_within, reach_of
from hub.people.shapes import PersonShown
from hub.people.showing import person_shown


async def list_missed_people(
    deps: Deps, caller: Caller, known: Mapping[str, int]
) -> tuple[list[PersonShown], list[str]]:
    """Those who are otherwise than known, and those whom the caller may see no more, or who are somebody else."""
    if not known or not caller.may(Permission.PEOPLE_VIEW):
        return [], sorted(known)
    reach = await reach_of(deps, caller, Permission.PEOPLE_VIEW)
    found = await repository.list_people(deps.mongo, caller.account, known.keys())
    seen = {one.id: one for one in found if is_within(one, reach) and not one.merged_into}
    changed = [await person_shown(deps, one) for id, one in seen.items() if known[id] != one.rev or not known[id]]
    return changed, sorted(known.keys() - seen.keys())
