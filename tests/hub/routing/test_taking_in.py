"""Routing is turned on: what waits already is routed, and so is what another process still believes not to be."""

import pytest

from hub.routing import taking_in
from hub.threads.happenings import OwnerKind
from tests.clock import VirtualClock
from tests.hub.routing.crew import ask, hire, pass_time, turn_on
from tests.hub.threads.talk import latest
from tests.hubs import Hub
from tests.people import Person


async def test_all_that_waits_is_taken_in_however_much_it_is(
    boss: Person, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ravi = await hire(boss, "ravi", capacity=40)
    threads = [await ask(boss.hub, boss, f"person{n}") for n in range(5)]
    monkeypatch.setattr(taking_in, "BATCH", 2)
    await turn_on(boss)

    await pass_time(boss.hub, clock)

    assert {(await latest(boss.hub, thread)).owner.id for thread in threads} == {ravi.member}


async def test_what_a_process_hears_that_believes_it_is_off_is_taken_in_seconds_later(
    boss: Person, other_hub: Hub, clock: VirtualClock
) -> None:
    ravi = await hire(boss, "ravi")
    await ask(other_hub, boss, "noor")
    await turn_on(boss)
    await pass_time(boss.hub, clock)
    late = await ask(other_hub, boss, "mia")

    await pass_time(boss.hub, clock, seconds=11)

    assert late.owner.kind is OwnerKind.NOBODY
    assert (await latest(boss.hub, late)).owner.id == ravi.member


async def test_what_is_on_offer_is_let_be(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi")
    await turn_on(boss, mode="offer")
    await pass_time(boss.hub, clock, seconds=11)
    thread = await ask(boss.hub, boss, "mia")
    waits = boss.hub.deps.mongo["routing_waits"]
    before = await waits.find_one({"_id": thread.id})

    await turn_on(boss, mode="offer")
    await pass_time(boss.hub, clock)

    assert thread.offered_to == ravi.member
    assert await waits.find_one({"_id": thread.id}) == before


async def test_a_team_that_forgets_its_policy_is_routed_like_all_others(boss: Person, clock: VirtualClock) -> None:
    team = (await boss.does("POST", "/teams", {"name": "Sales"}))["id"]
    ravi = await hire(boss, "ravi", teams=(team,))
    await turn_on(boss, default_team_id=team)
    await boss.does("PUT", f"/teams/{team}/routing", {"is_on": False})
    await pass_time(boss.hub, clock, seconds=11)
    thread = await ask(boss.hub, boss, "mia")

    await boss.does("DELETE", f"/teams/{team}/routing")
    await pass_time(boss.hub, clock)

    assert thread.owner.kind is OwnerKind.NOBODY
    assert (await latest(boss.hub, thread)).owner.id == ravi.member
