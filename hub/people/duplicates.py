"""Duplicates: two people who may be one are suggested to whoever can tell."""

from hub.deps import Deps
from hub.people import repository
from hub.people.likeness import kind_of
from hub.people.models import Alike, Person, Suggestion, SuggestionState
from hub.store.ids import new_id
from hub.store.mongo import Document, Duplicate
from hub.work.kinds import Kind, Lease

LOOK = "people.look"
# Whoever is like many is like nobody in particular.
MOST = 20


async def suggest(deps: Deps, one: Person, other: Person, why: Alike) -> Suggestion | None:
    """Ask once whether these two are one. Whoever has said no is not asked again."""
    if one.id == other.id:
        return None
    now = deps.clock.now()
    suggestion = Suggestion(
        id=new_id(now),
        account=one.account,
        people=sorted((one.id, other.id)),
        pair=pair_of(one.id, other.id),
        why=why,
        state=SuggestionState.OPEN,
        made_at=now,
    )
    try:
        await repository.add(deps.mongo, suggestion)
    except Duplicate:
        return None
    return suggestion


def pair_of(one: str, other: str) -> str:
    """By what two are known, whoever of them is named first."""
    return ".".join(sorted((one, other)))


async def look(deps: Deps, document: Document, lease: Lease) -> None:
    """Look for others who may be the same as somebody that was changed."""
    person = await repository.find(deps.mongo, document["account"], Person, document["_id"])
    if person is None or person.merged_into:
        return
    for mark in person.likeness:
        others = await repository.list_like(deps.mongo, person, mark, limit=MOST)
        for other in others if len(others) < MOST else ():
            await suggest(deps, person, other, kind_of(mark))


KINDS = (Kind(name=LOOK, collection=repository.PEOPLE, handler=look, prefix=repository.LOOK),)
