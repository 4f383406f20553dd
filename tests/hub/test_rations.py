"""Places for so many different people within a moving span of time."""

import random
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from hub.rations import Ration, take_place
from hub.settings import Settings
from hub.store.redis import RedisAway, Wire, open_redis
from tests.clock import VirtualClock

DAY = timedelta(hours=24)


@pytest.fixture
def ration() -> Ration:
    """Three a day, of nobody else."""
    return Ration("people", 3, DAY)


@pytest.fixture
async def wire(settings: Settings) -> AsyncIterator[Wire]:
    """A Redis, in which nobody else has these keys."""
    async with open_redis(settings.redis_url.reveal(), uuid4().hex) as wire:
        yield wire


async def take(wire: Wire, clock: VirtualClock, ration: Ration, *people: str) -> list[timedelta | None]:
    """What each of them is told."""
    return [await take_place(wire, clock, ration, who) for who in people]


async def test_so_many_get_a_place_and_the_next_waits_for_the_oldest(
    wire: Wire, clock: VirtualClock, ration: Ration
) -> None:
    await take(wire, clock, ration, "a")
    await clock.advance(hours=1)

    told = await take(wire, clock, ration, "b", "c", "d")

    assert told == [None, None, timedelta(hours=23)]


async def test_whoever_has_a_place_needs_no_other_and_keeps_it_a_span_longer(
    wire: Wire, clock: VirtualClock, ration: Ration
) -> None:
    await take(wire, clock, ration, "a", "b", "c")
    await clock.advance(hours=23)

    again = await take(wire, clock, ration, "a")
    await clock.advance(hours=2)
    told = await take(wire, clock, ration, "d", "e", "f")

    assert again == [None]
    assert told == [None, None, timedelta(hours=22)]


async def test_those_who_wait_come_one_after_the_other(wire: Wire, clock: VirtualClock, ration: Ration) -> None:
    for who in "abc":
        await take(wire, clock, ration, who)
        await clock.advance(hours=1)

    told = await take(wire, clock, ration, *"defg")

    assert told == [timedelta(hours=hours) for hours in (21, 22, 23, 45)]


async def test_whoever_asks_too_early_is_told_the_same_time(wire: Wire, clock: VirtualClock, ration: Ration) -> None:
    await take(wire, clock, ration, *"abcde")

    await clock.advance(hours=20)
    early = await take(wire, clock, ration, "e", "d")

    assert early == [timedelta(hours=4)] * 2


async def test_of_those_who_do_not_come_nobody_waits(wire: Wire, clock: VirtualClock, ration: Ration) -> None:
    await take(wire, clock, ration, *"abcdef")
    await clock.advance(hours=24)

    told = await take(wire, clock, ration, *"ghi")

    assert told == [None] * 3


async def test_a_limit_that_was_lowered_holds_for_the_next(wire: Wire, clock: VirtualClock, ration: Ration) -> None:
    for who in "abc":
        await take(wire, clock, ration, who)
        await clock.advance(hours=1)

    told = await take(wire, clock, Ration(ration.key, 1, DAY), "d", "a")

    assert told == [timedelta(hours=23), None]


async def test_without_redis_nobody_counts(clock: VirtualClock, ration: Ration) -> None:
    async with open_redis("redis://127.0.0.1:1") as away:
        with pytest.raises(RedisAway):
            await take_place(away, clock, ration, "a")


@pytest.mark.parametrize("seed", range(8))
async def test_there_are_never_more_within_any_span(wire: Wire, clock: VirtualClock, ration: Ration, seed: int) -> None:
    """However they come, and come again."""
    chance, went, people = random.Random(seed), list[tuple[datetime, str]](), [str(n) for n in range(9)]  # noqa: S311 - no secret

    for _ in range(400):
        who = chance.choice(people)
        if await take_place(wire, clock, ration, who) is None:
            went.append((clock.now(), who))
        await clock.advance(minutes=chance.choice((0, 1, 30, 240, 600)))

    within = [{who for at, who in went if end - DAY < at <= end} for end, _ in went]
    assert max(map(len, within)) == ration.most


@pytest.mark.parametrize("seed", range(4))
async def test_everybody_gets_one_at_the_time_they_were_told(
    wire: Wire, clock: VirtualClock, ration: Ration, seed: int
) -> None:
    """Where nobody comes between."""
    chance, begun = random.Random(seed), clock.now()  # noqa: S311 - no secret
    due = {str(n): begun + timedelta(minutes=chance.randrange(60)) for n in range(10)}
    asked = 0

    while due:
        who = min(due, key=lambda one: due[one])
        await clock.advance(seconds=(due[who] - clock.now()).total_seconds())
        wait, asked = await take_place(wire, clock, ration, who), asked + 1
        due = {one: at for one, at in due.items() if one != who} | ({who: clock.now() + wait} if wait else {})

    assert clock.now() - begun < timedelta(hours=24 * 3 + 1)
    assert asked <= 10 * 2 + 3
