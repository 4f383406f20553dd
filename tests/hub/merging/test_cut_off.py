"""Whoever merges two people may die at any moment, and keys may change: they are two or one, never a half."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace
from pymongo import MongoClient

from hub.deps import Deps
from hub.keys.resealing import KINDS as RESEALING
from hub.keys.resealing import PAUSE, rotate
from hub.merging import actions, guarding, repository, settling
from hub.merging.models import Begun
from hub.people.changing import change
from hub.people.getting import get_exactly
from hub.people.models import Person
from hub.settings import Settings
from hub.store.mongo import KEYS, Document
from hub.threads import belonging
from hub.threads.models import THE_HUB
from hub.work.desk import Desk
from hub.work.kinds import Kind
from tests.clock import VirtualClock
from tests.hub.merging.known import ACCOUNT, act, open_image, somebody, writes
from tests.hubs import running_hub
from tests.processes import ROOT


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    async with running_hub(settings, clock=clock) as hub:
        yield hub.deps


async def a_pair(deps: Deps) -> tuple[Person, Person]:
    return await somebody(deps, 1, name="Asha", tags=("vip",)), await somebody(deps, 2, name="A. Rao", city="Pune")


async def images_of(deps: Deps, *people: Person) -> list[Person]:
    return [await open_image(deps, await get_exactly(deps, ACCOUNT, one.id)) for one in people]


async def sweep(deps: Deps, kind: Kind) -> None:
    """Let another process do what is due."""
    desk = Desk(deps, kind)
    await desk.sweep()
    await desk.close(timeout_s=10)


async def owners(deps: Deps, *people: Person) -> list[int]:
    """How many threads each of them has."""
    return [len(await belonging.list_threads_of(deps, ACCOUNT, one.id)) for one in people]


async def notes_of_begun(deps: Deps) -> int:
    return await deps.mongo[repository.BEGUN].count({}, limit=9)


async def test_what_was_begun_and_never_ended_is_cleared_away(deps: Deps, clock: VirtualClock) -> None:
    pair = await a_pair(deps)
    await actions.merge(act(deps), pair[0].id, pair[1].id)
    after_the_end = await notes_of_begun(deps)
    await repository.begin(deps.mongo, Begun(id="died", account=ACCOUNT, due_at=clock.now()))

    await sweep(deps, guarding.KINDS[0])

    assert (after_the_end, await notes_of_begun(deps)) == (0, 0)


@pytest.mark.parametrize("step", [2, 4, 5])
async def test_killed_half_way_nothing_has_happened(
    settings: Settings, deps: Deps, clock: VirtualClock, step: int
) -> None:
    pair = await a_pair(deps)
    before = await images_of(deps, *pair)

    killed_by = await die_merging(settings, pair, step)

    after = await images_of(deps, *pair), await notes_of_begun(deps)
    # A minute passes.
    with MongoClient[Document](settings.mongodb_url.reveal()) as client:
        client.admin.command("killAllSessions", [])
    assert (killed_by, after) == (signal.SIGKILL, (before, 1))
    assert (await change(deps, ACCOUNT, pair[1].id, with_a_tag)).tags == ["new"]


async def die_merging(settings: Settings, pair: tuple[Person, Person], step: int) -> int:
    """Let another process merge them, and be killed before this part of the transaction goes out; by which signal."""
    environ = {
        "PATH": os.environ["PATH"],
        "PARLEY_MONGODB_URL": settings.mongodb_url.reveal(),
        "PARLEY_MONGODB_DATABASE": settings.mongodb_database,
        "PARLEY_REDIS_URL": settings.redis_url.reveal(),
        "PARLEY_MASTER_KEY": settings.master_key.reveal(),
    }
    what = (pair[0].id, pair[1].id, str(step))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.hub.merging.dying", *what, cwd=ROOT, env=environ
    )
    return -await process.wait()


def with_a_tag(person: Person) -> Person:
    """Something to change."""
    return replace(person, tags=["new"])


async def test_whoever_dies_right_after_is_succeeded(deps: Deps, clock: VirtualClock) -> None:
    pair = await a_pair(deps)
    await writes(deps, pair[1])
    merge = await actions.join(act(deps), *pair)
    between = await owners(deps, *pair)

    await clock.advance(minutes=2)
    await sweep(deps, settling.KINDS[0])

    assert (between, await owners(deps, *pair)) == ([0, 1], [1, 0])
    await actions.divide(act(deps), merge, await get_exactly(deps, ACCOUNT, pair[0].id))
    await clock.advance(minutes=2)
    await sweep(deps, settling.KINDS[0])
    assert await owners(deps, *pair) == [0, 1]


async def test_a_merge_can_be_undone_under_another_key(deps: Deps, clock: VirtualClock) -> None:
    pair = await a_pair(deps)
    before = await images_of(deps, *pair)
    merge = await actions.merge(act(deps), pair[0].id, pair[1].id)

    await rotate(deps, ACCOUNT)
    for _ in range(3):
        await clock.advance(seconds=PAUSE.total_seconds() + 1)
        await sweep(deps, RESEALING[0])
    await actions.undo(act(deps), merge.id)

    keys = await deps.mongo[KEYS].find({"account": ACCOUNT}, limit=9)
    assert sorted(key["version"] for key in keys) == [0, 2]
    assert await images_of(deps, *pair) == before


async def test_nothing_of_it_can_be_read_in_a_backup(deps: Deps) -> None:
    pair = await a_pair(deps)

    await actions.merge(act(deps), pair[0].id, pair[1].id)

    stored = repr(await deps.mongo["merges"].find({}, limit=9))
    assert not [word for word in ("Asha", "Rao", "Pune", "+4930") if word in stored]


async def test_two_processes_that_undo_at_once_undo_once(settings: Settings, deps: Deps, clock: VirtualClock) -> None:
    pair = await a_pair(deps)
    before = await images_of(deps, *pair)
    merge = await actions.merge(act(deps), pair[0].id, pair[1].id)

    async with running_hub(settings, clock=clock) as other:
        both = [actions.undo(act(one), merge.id) for one in (deps, other.deps)]
        ends = await asyncio.gather(*both, return_exceptions=True)

    assert [type(end).__name__ for end in ends if isinstance(end, Exception)] == ["MergeUndone"]
    assert await images_of(deps, *pair) == before


async def test_what_is_left_of_an_undone_merge_takes_nothing_out_of_the_next_one(
    deps: Deps, clock: VirtualClock
) -> None:
    pair = await a_pair(deps)
    await writes(deps, pair[1])
    merge = await actions.merge(act(deps), pair[0].id, pair[1].id)
    await actions.undo(act(deps), merge.id)
    await actions.merge(act(deps), pair[0].id, pair[1].id)

    old = await repository.find_merge(deps.mongo, ACCOUNT, merge.id)
    assert old
    await settling.settle(deps, old)

    assert await owners(deps, *pair) == [1, 0]


async def test_what_an_undoing_gives_back_goes_to_whoever_the_other_is_by_then(deps: Deps) -> None:
    survivor, other = await a_pair(deps)
    third = await somebody(deps, 3)
    await writes(deps, other)
    merge = await actions.merge(act(deps), survivor.id, other.id)
    await actions.undo(act(deps), merge.id)
    await actions.merge(act(deps), third.id, other.id)
    # As it is when whoever undid it has died over the threads.
    await belonging.bring(deps, (await belonging.list_threads_of(deps, ACCOUNT, third.id))[0], survivor.id, THE_HUB)

    undone = await repository.find_merge(deps.mongo, ACCOUNT, merge.id)
    assert undone
    await settling.settle(deps, undone)

    assert await owners(deps, survivor, other, third) == [0, 0, 1]
