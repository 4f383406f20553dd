"""Any history of merges and undoings: nobody's identity is lost, none is anybody else's, and back at the beginning
everything is as it was."""

import itertools
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.deps import Deps
from hub.errors import HubError
from hub.merging import actions
from hub.people.getting import get_exactly
from hub.people.models import Person
from hub.settings import Settings
from hub.threads import belonging, log
from hub.threads import repository as threads
from tests.hub.merging.known import ACCOUNT, act, open_image, somebody, writes
from tests.hubs import running_hub

NUMBERS = itertools.count(100)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WHO = st.integers(0, 3)
MERGE = st.tuples(WHO, WHO)


@pytest.fixture
async def deps(settings: Settings) -> AsyncIterator[Deps]:
    async with running_hub(settings) as hub:
        yield hub.deps


async def four(deps: Deps) -> list[Person]:
    """Of whom different things are known; two of them have written."""
    people = []
    for place in range(4):
        name, city = ("" if place == 3 else f"name {place}"), ("" if place == 0 else f"city {place}")
        person = await somebody(deps, next(NUMBERS), name=name, city=city, tags=("all", f"tag {place}"))
        if place % 2:
            await writes(deps, person, f"it is me, {place}")
        people.append(person)
    return people


async def image_of_all(deps: Deps, people: list[Person]) -> list[object]:
    """All that is known of them, and what each of their threads says."""
    found: list[object] = []
    for person in people:
        found.append(await open_image(deps, await get_exactly(deps, ACCOUNT, person.id)))
        for thread in await belonging.list_threads_of(deps, ACCOUNT, person.id):
            said = await threads.list_after(deps.mongo, ACCOUNT, thread.id, 0, limit=99)
            found.append(
                (thread.id, thread.person, [(await log.opened(deps, one)).text for one in said if one.content])
            )
    return found


async def identities_of(deps: Deps, people: list[Person]) -> Counter[bytes]:
    """How often each stands somewhere."""
    found = [await get_exactly(deps, ACCOUNT, person.id) for person in people]
    return Counter(identity.key for person in found for identity in person.identities)


async def try_merge(deps: Deps, people: list[Person], pair: tuple[int, int]) -> str | None:
    """The id of the merge, where the two were not one already."""
    try:
        return (await actions.merge(act(deps), people[pair[0]].id, people[pair[1]].id)).id
    except HubError as refused:
        assert refused.code == "same_person", refused
        return None


@FEW
@given(pairs=st.lists(MERGE, min_size=1, max_size=5))
async def test_undone_from_the_last_to_the_first_everything_is_as_it_was(
    deps: Deps, pairs: list[tuple[int, int]]
) -> None:
    people = await four(deps)
    before = await image_of_all(deps, people)

    merges = [await try_merge(deps, people, pair) for pair in pairs]
    for merge in reversed(merges):
        if merge:
            await actions.undo(act(deps), merge)

    assert await image_of_all(deps, people) == before


@FEW
@given(history=st.lists(MERGE | WHO, min_size=2, max_size=8))
async def test_in_any_order_no_identity_is_lost_or_doubled(deps: Deps, history: list[tuple[int, int] | int]) -> None:
    people = await four(deps)
    before, merges = await identities_of(deps, people), list[str]()

    for step in history:
        if isinstance(step, tuple):
            merges += [merge] if (merge := await try_merge(deps, people, step)) else []
        elif step < len(merges):
            await try_undo(deps, merges[step])

    assert await identities_of(deps, people) == before
    assert set((await identities_of(deps, people)).values()) == {1}


async def try_undo(deps: Deps, merge: str) -> None:
    """As anybody may, at any time."""
    try:
        await actions.undo(act(deps), merge)
    except HubError as refused:
        assert refused.code in ("merge_not_latest", "merge_undone"), refused
