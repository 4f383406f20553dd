"""Whatever happens, in whichever order, and however much of it was not heard: a screen shows what a fresh one does."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest

from hub.settings import Settings
from tests.hubs import running_hub
from tests.live.crew import FOLLOWER, OWN, OWNER, TEAM, Crew, at_work
from tests.live.history import Day
from tests.live.model import Shown
from tests.live.seats import Seat, all_told, difference
from tests.screens import Heard
from tests.serving import serving

BURSTS = 14
SCREENS = (OWNER, TEAM, OWN, FOLLOWER)
# What a screen goes by, of what it knows of a conversation.
VIEWS: Mapping[str, Callable[[Shown, str], bool]] = {
    "mine": lambda row, me: row["status"] == "open" and row["owner"]["id"] == me,
    "unassigned": lambda row, _: row["status"] == "open" and row["owner"]["id"] == "",
    "unread": lambda row, _: bool(row["is_unread"]),
    "mentions": lambda row, _: bool(row["is_mentioned"]),
    "snoozed": lambda row, _: row["status"] == "snoozed",
    "closed": lambda row, _: row["status"] == "closed",
}
Fate = Callable[[Seat, Sequence[Heard], Random], Awaitable[None]]


@pytest.fixture
async def crew(settings: Settings) -> AsyncIterator[Crew]:
    """Everybody at their screens."""
    async with (
        running_hub(replace(settings, open_sign_up=True)) as hub,
        serving(hub) as url,
        at_work(hub, url) as crew,
    ):
        yield crew


async def hears_all(seat: Seat, news: Sequence[Heard], _: Random) -> None:
    """As it should be."""
    await seat.take(news)


async def hears_in_any_order(seat: Seat, news: Sequence[Heard], random: Random) -> None:
    """And much of it twice."""
    doubled = [*news, *news]
    random.shuffle(doubled)
    await seat.take(doubled)


async def hears_some(seat: Seat, news: Sequence[Heard], random: Random) -> None:
    """And asks what it has missed, as it does every half minute."""
    await seat.take([one for one in news if random.random() < 0.5])
    await seat.catch_up()


async def is_cut_off(seat: Seat, news: Sequence[Heard], random: Random) -> None:
    """In the middle of it. Then it comes back."""
    await seat.take(news[: random.randint(0, len(news))])
    await seat.come_back()


FATES: Mapping[str, Fate] = {fate.__name__: fate for fate in (hears_all, hears_in_any_order, hears_some, is_cut_off)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_after_whatever_has_happened_every_screen_shows_what_a_fresh_one_does(crew: Crew, seed: int) -> None:
    day = Day(crew, Random(seed))  # noqa: S311 - the same history each time
    await day.begin()
    await all_told(crew.hub.deps)
    seats = {who: crew.seats[who] for who in SCREENS}
    for seat in seats.values():
        await seat.load(threads=[thread.id for thread in day.threads[:4]])
    for burst in range(BURSTS):
        await day.go_on()
        await all_told(crew.hub.deps)

        fates = {who: await suffer(seat, Random(f"{seed} {burst} {who}")) for who, seat in seats.items()}  # noqa: S311

        assert {who: wrong for who, seat in seats.items() if (wrong := await wrong_at(seat))} == {}, (fates, day.told)


@pytest.mark.slow
async def test_what_a_screen_finds_in_what_it_knows_is_what_the_views_list(crew: Crew) -> None:
    day = Day(crew, Random(0))  # noqa: S311 - the same history each time
    await day.begin()
    seats = {who: crew.seats[who] for who in SCREENS}
    for seat in seats.values():
        await seat.load()

    for _ in range(BURSTS):
        await day.go_on()
    await all_told(crew.hub.deps)

    for seat in seats.values():
        await seat.take(await seat.told())
        assert {view: found_in(seat, view) for view in VIEWS} == {view: await listed_in(seat, view) for view in VIEWS}


def found_in(seat: Seat, view: str) -> set[str]:
    """The conversations of a view, in what the screen knows."""
    return {id for id, row in seat.model.rows().items() if VIEWS[view](row, seat.person.member)}


async def listed_in(seat: Seat, view: str) -> set[str]:
    """Those that HTTP lists."""
    return {row["id"] for row in await seat.all_of(f"/threads?view={view}&")}


async def suffer(seat: Seat, random: Random) -> str:
    """One of the fates, on what was heard."""
    name = random.choice([*FATES])
    await FATES[name](seat, await seat.told(), random)
    return name


async def wrong_at(seat: Seat) -> object:
    """What the screen shows otherwise than a fresh one."""
    return difference(seat, await seat.fresh(threads=[*seat.model.logs], people=[*seat.model.people]))
