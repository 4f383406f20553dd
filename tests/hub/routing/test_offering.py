"""Members are asked, and say yes, no, or nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from hub.routing import colleagues, giving
from hub.threads import log, ownership, state
from hub.threads.happenings import OwnerKind
from hub.threads.models import Thread
from tests.clock import VirtualClock
from tests.hub.routing.crew import ask, hire, last_event, pass_time, turn_on
from tests.hub.threads.talk import as_member, events_of, latest
from tests.hubs import Hub
from tests.people import Person, code_of, join

OFFERED = {"mode": "offer", "offer_seconds": 60}


@pytest.fixture
async def ravi(boss: Person) -> Person:
    """A member who is asked."""
    return await hire(boss, "ravi")


@pytest.fixture
async def thread(boss: Person, ravi: Person) -> Thread:
    """A conversation that is offered to the only one there is."""
    await turn_on(boss, **OFFERED)
    return await ask(boss.hub, boss, "mia")


async def test_it_is_offered_for_so_long_and_says_why(ravi: Person, thread: Thread) -> None:
    event = await last_event(ravi.hub, thread)

    assert (thread.owner.kind, thread.offered_to) == (OwnerKind.NOBODY, ravi.member)
    assert (event["member"], event["because"]) == (ravi.member, "round robin: longest without")
    assert event["until"] == "2054-03-02T09:01:00Z"


async def test_whoever_accepts_has_it_and_to_say_so_twice_changes_nothing(ravi: Person, thread: Thread) -> None:
    await ravi.does("POST", f"/threads/{thread.id}/offer/accept", {})
    shown = await ravi.does("POST", f"/threads/{thread.id}/offer/accept", {})

    after = await latest(ravi.hub, thread)
    assert (shown["owner"]["id"], shown["epoch"], after.offered_to) == (ravi.member, 1, None)
    assert (await last_event(ravi.hub, thread))["because"] == "accepted"
    assert (await ravi.does("GET", "/me/availability"))["load"] == 1


async def test_what_is_offered_takes_a_place(boss: Person, ravi: Person, thread: Thread) -> None:
    assert (await ravi.does("GET", "/me/availability"))["load"] == 1
    await boss.does("PUT", f"/members/{ravi.member}/routing", {"capacity": 1})

    other = await ask(boss.hub, boss, "noor")

    assert other.offered_to is None


async def test_time_passes_and_somebody_else_is_asked(
    boss: Person, ravi: Person, thread: Thread, clock: VirtualClock
) -> None:
    lena = await hire(boss, "lena")
    await clock.advance(seconds=10)

    await pass_time(boss.hub, clock, seconds=49)
    kept = await latest(boss.hub, thread)
    await pass_time(boss.hub, clock, seconds=2)

    passed = [event for event in await events_of(boss.hub, thread) if event["name"] == "offer_passed"]
    assert kept.offered_to == ravi.member
    assert (await latest(boss.hub, thread)).offered_to == lena.member
    assert [(event["member"], event["why"]) for event in passed] == [(ravi.member, "time")]
    assert (await ravi.does("GET", "/me/availability"))["load"] == 0


async def test_whoever_declines_is_not_asked_again_for_a_while(
    boss: Person, ravi: Person, thread: Thread, clock: VirtualClock
) -> None:
    await ravi.does("POST", f"/threads/{thread.id}/offer/decline", {})
    declined = await latest(boss.hub, thread)

    await pass_time(boss.hub, clock, minutes=4)
    later = await latest(boss.hub, thread)
    await pass_time(boss.hub, clock, minutes=2)

    assert declined.offered_to is later.offered_to is None
    assert (await latest(boss.hub, thread)).offered_to == ravi.member


async def test_whoever_goes_away_is_asked_no_more(boss: Person, ravi: Person, thread: Thread) -> None:
    lena = await hire(boss, "lena")
    await ravi.does("GET", "/me/availability")
    await boss.hub.deps.clock.advance(seconds=6)  # type: ignore[attr-defined]

    await ravi.does("PUT", "/me/availability", {"is_away": True})

    assert (await latest(boss.hub, thread)).offered_to == lena.member
    passed = [event for event in await events_of(boss.hub, thread) if event["name"] == "offer_passed"]
    assert passed[0]["why"] == "gone"


def first(monkeypatch: pytest.MonkeyPatch, room: ModuleType, step: str, happens: Callable[[], Awaitable[Any]]) -> None:
    """Something happens right before this step, once."""
    goes_on = getattr(room, step)

    async def other_first(*args: Any) -> Any:
        monkeypatch.setattr(room, step, goes_on)
        await happens()
        return await goes_on(*args)

    monkeypatch.setattr(room, step, other_first)


async def test_what_is_offered_while_they_are_going_is_not_left_with_them(
    boss: Person, ravi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await turn_on(boss, **OFFERED)
    first(monkeypatch, colleagues, "apply", lambda: ask(boss.hub, boss, "mia"))

    await ravi.does("PUT", "/me/availability", {"is_away": True})

    thread = await log.find_or_make(boss.hub.deps, boss.account, "mia")
    assert len(await events_of(boss.hub, thread)) == 2
    assert (await latest(boss.hub, thread)).offered_to is None


async def test_whoever_goes_while_an_offer_is_on_its_way_is_not_left_with_it(
    boss: Person, ravi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await turn_on(boss, **OFFERED)
    first(monkeypatch, giving, "offer", lambda: ravi.does("PUT", "/me/availability", {"is_away": True}))

    thread = await ask(boss.hub, boss, "mia")

    assert [event["name"] for event in await events_of(boss.hub, thread)] == ["offered", "offer_passed"]
    assert (await latest(boss.hub, thread)).offered_to is None


async def test_an_offer_is_over_when_somebody_takes_it_over(boss: Person, ravi: Person, thread: Thread) -> None:
    await ownership.take_over(boss.hub.deps, thread, as_member(boss), boss.member)
    await boss.hub.deps.background.settle()

    late = await ravi.asks("POST", f"/threads/{thread.id}/offer/accept", {})

    assert code_of(late) == (409, "offer_gone")
    assert (await latest(boss.hub, thread)).owner.id == boss.member


async def test_nobody_answers_what_others_are_asked(boss: Person, thread: Thread) -> None:
    lena = await hire(boss, "lena")

    answers = [await lena.asks("POST", f"/threads/{thread.id}/offer/{word}", {}) for word in ("accept", "decline")]

    assert [code_of(answer) for answer in answers] == [(409, "offer_gone")] * 2
    assert (await latest(boss.hub, thread)).offered_to is not None


async def test_whoever_sees_only_their_own_sees_what_they_are_offered(boss: Person, clock: VirtualClock) -> None:
    grants = [{"permission": name, "scope": "own"} for name in ("threads.view", "threads.reply")]
    role = (await boss.does("POST", "/roles", {"name": "own", "grants": grants}))["id"]
    mine = await join(boss, "mine@acme.test", role=role)
    await turn_on(boss, **OFFERED)
    thread = await ask(boss.hub, boss, "mia")

    seen = await mine.asks("GET", f"/threads/{thread.id}")
    await pass_time(boss.hub, clock, seconds=61)
    gone = await mine.asks("GET", f"/threads/{thread.id}")

    assert (seen.status_code, gone.status_code) == (200, 404)


async def test_what_is_put_off_is_offered_to_nobody_until_it_goes_on(
    boss: Person, ravi: Person, thread: Thread, clock: VirtualClock
) -> None:
    until = clock.now() + timedelta(hours=1)
    asleep = await state.snooze(boss.hub.deps, thread, as_member(boss), until)
    await pass_time(boss.hub, clock, minutes=30)

    awake = await ask(boss.hub, boss, "mia")
    await pass_time(boss.hub, clock, seconds=61)

    names = [event["name"] for event in await events_of(boss.hub, thread)]
    assert (asleep.offered_to, f"member:{ravi.member}" in asleep.reach) == (None, False)
    assert awake.offered_to == ravi.member
    assert names == ["offered", "snoozed", "offered", "offer_passed"]


async def test_a_message_does_not_disturb_an_offer(boss: Person, ravi: Person, thread: Thread) -> None:
    after = await ask(boss.hub, boss, "mia")

    assert after.offered_to == ravi.member
    assert len(await events_of(boss.hub, thread)) == 1


async def test_two_processes_end_an_offer_once(
    boss: Person, ravi: Person, thread: Thread, other_hub: Hub, clock: VirtualClock
) -> None:
    await hire(boss, "lena")
    await clock.advance(seconds=61)

    await asyncio.gather(pass_time(boss.hub, clock), pass_time(other_hub, clock))
    await boss.hub.deps.background.settle()

    names = [event["name"] for event in await events_of(boss.hub, thread)]
    assert names == ["offered", "offer_passed", "offered"]
