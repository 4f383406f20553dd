"""What waits for one team, and what is left of one that is gone."""

import pytest

from hub.routing import waiting
from hub.threads import log, ownership
from hub.threads.happenings import OwnerKind
from hub.threads.models import Thread
from tests.clock import VirtualClock
from tests.hub.routing.crew import ask, hire, pass_time, set_facts, turn_on
from tests.hub.threads.talk import as_member, latest, write
from tests.people import Person


async def found_team(boss: Person, name: str) -> str:
    """A team of nobody yet."""
    return str((await boss.does("POST", "/teams", {"name": name}))["id"])


async def ask_team(boss: Person, team: str, person: str) -> Thread:
    """A person writes, whose conversation is a team's."""
    thread = await log.find_or_make(boss.hub.deps, boss.account, person)
    await ownership.assign(boss.hub.deps, thread, as_member(boss), member=None, team=team)
    await write(boss.hub, thread)
    return await latest(boss.hub, thread)


async def test_what_waits_for_one_team_does_not_hide_what_waits_for_another(
    boss: Person, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "HEAD", 2)
    sales, support = await found_team(boss, "Sales"), await found_team(boss, "Support")
    await hire(boss, "anna", teams=(sales,), capacity=0)
    ben = await hire(boss, "ben", teams=(support,), capacity=0)
    await turn_on(boss)
    for n in range(3):
        await ask_team(boss, sales, f"person{n}")
        await clock.advance(seconds=1)
    thread = await ask_team(boss, support, "mia")

    await set_facts(boss, ben, capacity=5)

    assert thread.owner.kind is OwnerKind.NOBODY
    assert (await latest(boss.hub, thread)).owner.id == ben.member


async def test_the_longest_wait_comes_first_whichever_team_it_is_of(boss: Person, clock: VirtualClock) -> None:
    sales, support = await found_team(boss, "Sales"), await found_team(boss, "Support")
    ben = await hire(boss, "ben", teams=(sales, support), capacity=0)
    await turn_on(boss)
    threads = []
    for team, person in ((support, "mia"), (sales, "noor"), (support, "olga")):
        threads.append(await ask_team(boss, team, person))
        await clock.advance(seconds=1)

    await set_facts(boss, ben, capacity=2)

    owners = [(await latest(boss.hub, thread)).owner.id for thread in threads]
    assert owners == [ben.member, ben.member, ""]


async def test_a_usual_team_that_is_gone_is_asked_no_more(boss: Person, clock: VirtualClock) -> None:
    sales = await found_team(boss, "Sales")
    ravi = await hire(boss, "ravi")
    await turn_on(boss, default_team_id=sales)
    await boss.does("DELETE", f"/teams/{sales}")
    await clock.advance(seconds=6)

    thread = await ask(boss.hub, boss, "mia")

    assert (thread.owner.id, thread.team) == (ravi.member, None)


async def test_what_waits_for_a_team_that_goes_is_given_to_somebody_else(boss: Person, clock: VirtualClock) -> None:
    sales = await found_team(boss, "Sales")
    ravi = await hire(boss, "ravi")
    await turn_on(boss)
    thread = await ask_team(boss, sales, "mia")
    await boss.does("DELETE", f"/teams/{sales}")

    await pass_time(boss.hub, clock, minutes=11)

    assert (thread.owner.kind, thread.team) == (OwnerKind.NOBODY, sales)
    assert (await latest(boss.hub, thread)).owner.id == ravi.member
