"""Rooms react to what stands in a log; what one of them cannot do holds up neither the others nor the conversation."""

import dataclasses

import pytest

from hub.deps import Deps
from hub.threads.follow import KINDS, TRIES
from hub.threads.models import Entry, Thread
from hub.work import repository as work
from tests.clock import VirtualClock
from tests.hub.threads.talk import a_thread, latest, work_off, write
from tests.people import Person


class Rooms:
    """Two rooms: the first fails at entries that it cannot bear, the second hears whatever there is."""

    def __init__(self) -> None:
        self.unbearable = {1}
        self.heard: list[int] = []

    async def fail(self, _: Deps, __: Thread, entry: Entry) -> None:
        if entry.seq in self.unbearable:
            raise ValueError(entry.seq)

    async def hear(self, _: Deps, __: Thread, entry: Entry) -> None:
        self.heard.append(entry.seq)


@pytest.fixture
def rooms(asha: Person) -> Rooms:
    """The house has these alone."""
    rooms = Rooms()
    declared = dataclasses.replace(asha.hub.deps.declared, reactions=[rooms.fail, rooms.hear])
    asha.hub.app.state.deps = dataclasses.replace(asha.hub.deps, declared=declared)
    return rooms


async def pass_tries(asha: Person, clock: VirtualClock, tries: int = TRIES) -> None:
    """So often it is tried again."""
    for _ in range(tries):
        await clock.advance(minutes=10)
        await work_off(asha.hub, KINDS)


async def test_a_room_that_fails_keeps_no_other_from_hearing(asha: Person, rooms: Rooms) -> None:
    await write(asha.hub, await a_thread(asha))
    await asha.hub.deps.background.settle()

    assert rooms.heard == [1]


async def test_what_cannot_be_reacted_to_is_passed_over_at_last_and_told(
    asha: Person, rooms: Rooms, clock: VirtualClock
) -> None:
    thread, _ = await write(asha.hub, await a_thread(asha))
    thread, _ = await write(asha.hub, thread)

    await pass_tries(asha, clock)

    (buried,) = await work.list_buried(asha.hub.deps.mongo, KINDS[0], asha.account, after=None, limit=9)
    assert buried["follow"]["buried"]["reason"] == "Entry 1: ValueError; the log tells where"
    assert (await latest(asha.hub, thread)).followed == 2
    assert rooms.heard[-1] == 2


async def test_what_comes_later_is_reacted_to_and_what_was_given_up_stays_told(
    asha: Person, rooms: Rooms, clock: VirtualClock
) -> None:
    thread, _ = await write(asha.hub, await a_thread(asha))
    await pass_tries(asha, clock)

    await write(asha.hub, thread)
    await asha.hub.deps.background.settle()

    assert rooms.heard[-1] == 2
    assert await work.count_buried(asha.hub.deps.mongo, KINDS[0], asha.account, limit=9) == 1


async def test_what_is_revived_is_reacted_to_after_all(asha: Person, rooms: Rooms, clock: VirtualClock) -> None:
    thread, _ = await write(asha.hub, await a_thread(asha))
    await pass_tries(asha, clock)
    rooms.unbearable, rooms.heard = set(), []

    await work.revive(asha.hub.deps.mongo, KINDS[0], asha.account, thread.id, clock.now())
    await pass_tries(asha, clock, 2)

    assert rooms.heard == [1]
    assert await work.count_buried(asha.hub.deps.mongo, KINDS[0], asha.account, limit=9) == 0
