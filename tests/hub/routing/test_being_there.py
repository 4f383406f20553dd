"""Only those get something who are there; the rest waits for them."""

from hub.accounts.hours import WEEKDAYS
from hub.threads.happenings import OwnerKind
from tests.clock import VirtualClock
from tests.hub.routing.crew import ask, hire, pass_time, turn_on
from tests.hub.threads.talk import latest
from tests.people import Person


async def keep_hours(boss: Person, member: Person, *, opens: str) -> None:
    """From then until noon, every day."""
    week = {day: [{"opens": opens, "closes": "12:00"}] for day in WEEKDAYS}
    await boss.does("PUT", f"/members/{member.member}/hours", {"hours": {"zone": "UTC", "week": week, "holidays": []}})


async def test_nobody_gets_anything_outside_their_hours(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi")
    await keep_hours(boss, ravi, opens="10:00")
    await turn_on(boss)

    early = await ask(boss.hub, boss, "mia")
    await pass_time(boss.hub, clock, minutes=61)

    assert early.owner.kind is OwnerKind.NOBODY
    assert (await latest(boss.hub, early)).owner.id == ravi.member


async def test_it_is_looked_at_at_the_very_opening(boss: Person, clock: VirtualClock) -> None:
    ravi = await hire(boss, "ravi")
    await keep_hours(boss, ravi, opens="09:02")
    await turn_on(boss)
    thread = await ask(boss.hub, boss, "mia")

    await pass_time(boss.hub, clock, minutes=2)

    assert (await latest(boss.hub, thread)).owner.id == ravi.member


async def test_whoever_is_away_gets_nothing_until_they_are_back(boss: Person) -> None:
    ravi = await hire(boss, "ravi")
    await turn_on(boss)
    await ravi.does("PUT", "/me/availability", {"is_away": True})
    thread = await ask(boss.hub, boss, "mia")

    shown = await ravi.does("PUT", "/me/availability", {"is_away": False})

    assert thread.owner.kind is OwnerKind.NOBODY
    assert shown["is_away"] is False
    assert (await latest(boss.hub, thread)).owner.id == ravi.member


async def test_whoever_is_shut_out_gets_nothing(boss: Person) -> None:
    ravi = await hire(boss, "ravi")
    await boss.does("POST", f"/members/{ravi.member}/disable")
    await turn_on(boss)

    assert (await ask(boss.hub, boss, "mia")).owner.kind is OwnerKind.NOBODY


async def test_somebody_new_gets_what_waits_without_any_event(boss: Person, clock: VirtualClock) -> None:
    await turn_on(boss)
    thread = await ask(boss.hub, boss, "mia")
    ravi = await hire(boss, "ravi")

    await pass_time(boss.hub, clock, minutes=11)

    assert (await latest(boss.hub, thread)).owner.id == ravi.member
