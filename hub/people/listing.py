"""Reading people: one, or a page of those whom a caller may see."""

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.people import repository
from hub.people.access import access_person, reach_of
from hub.people.repository import Wanted
from hub.people.shapes import PeopleQuery, PersonPage, PersonShown
from hub.people.showing import person_shown, row_of
from hub.people.tags import plain
from hub.store.paging import cursor_of, position_of


async def show_person(deps: Deps, caller: Caller, id: str) -> PersonShown:
    """All that is known of somebody."""
    return await person_shown(deps, await access_person(deps, caller, id, Permission.PEOPLE_VIEW))


async def list_people(deps: Deps, caller: Caller, query: PeopleQuery) -> PersonPage:
    """One page, whoever changed last first."""
    after = position_of(query.cursor)
    reach = await reach_of(deps, caller, Permission.PEOPLE_VIEW)
    if query.assignee:
        reach = {query.assignee} if reach is None else {query.assignee} & set(reach)
    wanted = Wanted(reach, query.stage or "", query.status or "", plain(query.tag))
    found = await repository.list_page(deps.mongo, caller.account, wanted, after=after, limit=query.limit)
    is_last = len(found) < query.limit
    return PersonPage(
        items=[await row_of(deps, person) for person in found],
        next=None if is_last else cursor_of(found[-1].updated_at, found[-1].id),
    )
