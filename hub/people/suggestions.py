"""Suggestions, as members see them: two people who may be one, until somebody says that they are, or are not."""

from collections.abc import Mapping

from hub.access import Caller, Permission
from hub.act import Act
from hub.deps import Deps
from hub.http.endpoint import PageQuery
from hub.people import repository
from hub.people.access import is_within, reach_of
from hub.people.duplicates import pair_of
from hub.people.errors import NoSuchDuplicate
from hub.people.models import Person, Suggestion, SuggestionState
from hub.people.shapes import DuplicatePage, DuplicateShown
from hub.people.showing import row_of
from hub.store.paging import cursor_of, position_of

OPEN, DISMISSED, MERGED = SuggestionState.OPEN, SuggestionState.DISMISSED, SuggestionState.MERGED


async def list_duplicates(deps: Deps, caller: Caller, query: PageQuery) -> DuplicatePage:
    """One page of those whose both people the caller may see."""
    after = position_of(query.cursor)
    found = await repository.list_suggestions(deps.mongo, caller.account, after=after, limit=query.limit)
    people = await people_of(deps, caller, [id for one in found for id in one.people], Permission.PEOPLE_VIEW)
    is_last = len(found) < query.limit
    return DuplicatePage(
        items=[await duplicate_shown(deps, one, people) for one in found if people.keys() >= set(one.people)],
        next=None if is_last else cursor_of(found[-1].made_at, found[-1].id),
    )


async def people_of(deps: Deps, caller: Caller, ids: list[str], permission: Permission) -> Mapping[str, Person]:
    """Those of these whom the caller may see, and who were not merged into somebody."""
    reach = await reach_of(deps, caller, permission)
    found = await repository.list_people(deps.mongo, caller.account, set(ids))
    return {one.id: one for one in found if is_within(one, reach) and not one.merged_into}


async def dismiss(act: Act, id: str) -> DuplicateShown:
    """They are two. Nobody is asked about them again."""
    act.note.target = {"duplicate": id}
    one = await repository.find(act.deps.mongo, act.account, Suggestion, id)
    people = await people_of(act.deps, act.caller, one.people if one else [], Permission.PEOPLE_EDIT)
    if one is None or set(one.people) - people.keys() or not await settle(act.deps, one, OPEN, DISMISSED):
        raise NoSuchDuplicate("There is no such suggestion, or it is settled.", id=id)
    shown = await duplicate_shown(act.deps, one, people)
    act.note.target, act.note.after = (
        {"duplicate": id, **dict(zip(("one", "other"), one.people, strict=True))},
        "dismissed",
    )
    return shown


async def settle(deps: Deps, one: Suggestion, before: SuggestionState, after: SuggestionState) -> bool:
    """What became of it."""
    return await repository.settle_suggestion(deps.mongo, one.account, one.pair, before=before, after=after)


async def note_merged(deps: Deps, account: str, one: str, other: str, *, is_undone: bool = False) -> None:
    """These two were found to be one; or, `is_undone`, not to be."""
    before, after = (MERGED, DISMISSED) if is_undone else (OPEN, MERGED)
    await repository.settle_suggestion(deps.mongo, account, pair_of(one, other), before=before, after=after)


async def duplicate_shown(deps: Deps, one: Suggestion, people: Mapping[str, Person]) -> DuplicateShown:
    """As the API shows it."""
    rows = [await row_of(deps, people[id]) for id in one.people]
    return DuplicateShown(id=one.id, people=rows, why=one.why, made_at=one.made_at)
