"""What a process leaves undone that dies over routing, another one does; and what it costs those who do not route."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from hub.routing import placing
from hub.routing.giving import Choice, WantsNobody, choose, give
from hub.routing.models import Policy, Wait, Way
from hub.settings import Settings
from hub.threads import log, ownership
from hub.threads.happenings import OwnerKind
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Commands
from tests.hub.routing.crew import ask, hire, pass_time, turn_on
from tests.hub.threads.talk import as_member, latest
from tests.hubs import Hub, running_hub
from tests.people import Person, found


@pytest.fixture
def commands() -> Commands:
    """What the database of the hub is asked."""
    return Commands()


@pytest.fixture
async def watched(settings: Settings, clock: VirtualClock, commands: Commands) -> AsyncIterator[Hub]:
    """A hub whose questions are written down."""
    async with running_hub(replace(settings, open_sign_up=True), clock=clock, listeners=[commands]) as hub:
        yield hub


async def killed(*_: object) -> None:
    """As far as a process comes that dies there: nobody takes the entry for reacted to, and nothing is due of it."""


async def keep_place(member: Person, thread: str, clock: VirtualClock) -> None:
    """As a process does that dies before it writes the log."""
    held = [{"thread": thread, "until": clock.now() + timedelta(seconds=20)}]
    facts = member.hub.deps.mongo["routing_members"]
    await facts.update(
        {"_id": member.member, "account": member.account}, {"$set": {"held": held, "rev": 1}}, upsert=True
    )


async def test_a_place_that_was_kept_for_another_conversation_is_let_go(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi", capacity=1)
    await turn_on(boss)
    await keep_place(ravi, "gone", clock)
    thread = await ask(boss.hub, boss, "mia")

    await pass_time(boss.hub, clock, seconds=21)

    assert thread.owner.kind is OwnerKind.NOBODY
    assert (await latest(boss.hub, thread)).owner.id == ravi.member


async def test_a_conversation_that_was_about_to_be_given_is_given_after_all(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi")
    await turn_on(boss)
    thread = await log.find_or_make(boss.hub.deps, boss.account, "mia")
    await keep_place(ravi, thread.id, clock)
    early = await ask(boss.hub, boss, "mia")

    await pass_time(boss.hub, clock, seconds=21)

    assert early.owner.kind is OwnerKind.NOBODY
    assert (await latest(boss.hub, thread)).owner.id == ravi.member


async def test_what_was_about_to_be_offered_is_offered_after_all(
    boss: Person, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ravi = await hire(boss, "ravi")
    await turn_on(boss, mode="offer", offer_seconds=60)
    with monkeypatch.context() as dying:
        dying.setattr(placing, "give", killed)
        early = await ask(boss.hub, boss, "mia")

    for _ in range(5):
        await pass_time(boss.hub, clock, seconds=21)

    assert early.offered_to is None
    assert (await latest(boss.hub, early)).offered_to == ravi.member


async def test_a_takeover_between_the_choice_and_the_log_wins_and_costs_no_turn(boss: Person) -> None:
    await hire(boss, "ravi")
    thread, deps = await ask(boss.hub, boss, "mia"), boss.hub.deps
    wait = Wait(id=thread.id, account=boss.account, since=thread.moved_at)
    policy = Policy(id=boss.account, account=boss.account, ways=[Way.ROUND_ROBIN])
    choice = await choose(deps, thread, wait, policy)
    await ownership.take_over(deps, thread, as_member(boss), boss.member)

    assert isinstance(choice, Choice)
    with pytest.raises(WantsNobody):
        await give(deps, thread, None, policy, choice)

    facts = await deps.mongo["routing_members"].find_one({"_id": choice.facts.id})
    assert facts and facts["held"] == [] and "last_given_at" not in facts
    assert (await latest(boss.hub, thread)).owner.id == boss.member


async def test_a_conversation_that_is_gone_waits_no_more(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi", capacity=1)
    await turn_on(boss)
    await ask(boss.hub, boss, "noor")
    waits = boss.hub.deps.mongo["routing_waits"]
    await waits.insert(
        {"_id": "gone", "account": boss.account, "since": clock.now(), "is_stuck": True, "due_at": clock.now()}
    )

    await pass_time(boss.hub, clock, seconds=1)

    assert await waits.find({}, limit=9) == []
    assert (await ravi.does("GET", "/me/availability"))["load"] == 1


async def test_who_does_not_route_pays_nothing_for_it(watched: Hub, commands: Commands) -> None:
    boss = await found(watched, "acme")
    await ask(watched, boss, "mia")
    commands.asked.clear()

    await ask(watched, boss, "mia")

    assert commands.of("routing", "routing_members", "routing_waits") == []
