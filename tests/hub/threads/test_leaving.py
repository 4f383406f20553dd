"""Members are shut out: their conversations wait for somebody else."""

import pytest

from hub.accounts.leaving import KINDS
from hub.threads import leaving, ownership, state
from hub.threads.models import THE_HUB, Thread
from tests.clock import VirtualClock
from tests.hub.threads.talk import a_thread, answer, as_member, events_of, latest, work_off, write
from tests.people import Person, join

BEN = "ben@example.test"


async def of(ben: Person) -> Thread:
    """A conversation of a member."""
    thread, _ = await write(ben.hub, await a_thread(ben))
    return await ownership.take_over(ben.hub.deps, thread, as_member(ben), ben.member)


async def test_what_somebody_had_who_is_shut_out_waits_for_others(asha: Person) -> None:
    ben = await join(asha, BEN)
    theirs, mine = [await of(ben), await of(ben)], await of(asha)

    await asha.does("POST", f"/members/{ben.member}/disable")
    await work_off(asha.hub, KINDS)

    assert {(await latest(asha.hub, one)).owner.kind for one in theirs} == {"nobody"}
    assert (await events_of(asha.hub, theirs[0]))[-1]["why"] == "left"
    assert (await latest(asha.hub, mine)).owner.id == asha.member


async def test_what_somebody_had_who_is_removed_waits_for_others(asha: Person) -> None:
    ben = await join(asha, BEN)
    thread = await of(ben)

    await asha.does("DELETE", f"/members/{ben.member}")
    await work_off(asha.hub, KINDS)

    assert (await latest(asha.hub, thread)).owner.kind == "nobody"


async def test_it_goes_on_until_there_is_no_more_of_it(asha: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "BATCH", 2)
    ben = await join(asha, BEN)
    threads = [await of(ben) for _ in range(3)]

    more = [await leaving.let_go(asha.hub.deps, asha.account, [ben.member]) for _ in range(2)]

    assert more == [True, False]
    assert {(await latest(asha.hub, one)).owner.kind for one in threads} == {"nobody"}


async def test_whoever_is_let_in_again_at_once_loses_nothing(asha: Person) -> None:
    ben = await join(asha, BEN)
    thread = await of(ben)

    await asha.does("POST", f"/members/{ben.member}/disable")
    await asha.does("POST", f"/members/{ben.member}/enable")
    await work_off(asha.hub, KINDS)

    assert (await latest(asha.hub, thread)).owner.id == ben.member


async def test_what_was_done_is_nobodys_once_the_person_writes_again(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN)
    thread = await of(ben)
    thread, _ = await answer(ben.hub.deps, thread, as_member(ben))
    thread = await state.close(ben.hub.deps, thread, THE_HUB)
    await asha.does("POST", f"/members/{ben.member}/disable")
    await work_off(asha.hub, KINDS)
    kept = await latest(asha.hub, thread)
    await clock.advance(minutes=1)

    await write(asha.hub, thread)

    assert (kept.owner.id, (await latest(asha.hub, thread)).owner.kind) == (ben.member, "nobody")
