"""Screens are never wrong, and hear nothing that they may not see: over every event that there is."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from hub.bus import Event
from hub.rooms import HOUSE
from hub.store.embedded import Servers
from tests.contracts.event_examples import MAKERS
from tests.contracts.situations import Situation
from tests.hub.http.rooms import own_settings
from tests.hubs import running_hub
from tests.live.crew import Crew, at_work
from tests.live.model import RULES, Model
from tests.live.seats import Seat, all_told, difference
from tests.screens import Heard
from tests.serving import serving

T = TypeVar("T")


@pytest.fixture(scope="module")
async def crew(servers: Servers, fast_folder: Path) -> AsyncIterator[Crew]:
    """Everybody at their screens."""
    async with (
        running_hub(own_settings(servers, fast_folder, open_sign_up=True)) as hub,
        serving(hub) as url,
        at_work(hub, url) as crew,
    ):
        yield crew


@dataclass(frozen=True)
class Played:
    """What has happened: what each screen showed before, what it has heard, what a fresh one shows. HTTP showed it to
    some before, and shows it to some now."""

    event: type[Event]
    situation: Situation
    crew: Crew
    before: Mapping[str, Model]
    news: Mapping[str, Sequence[Heard]]
    fresh: Mapping[str, Model]
    was_shown: set[str]
    is_shown: set[str]

    async def differing(self, hearing: Callable[[Seat, Sequence[Heard]], Awaitable[None]]) -> dict[str, object]:
        """Whose screen, hearing the news in this way, shows something else than a fresh one, and what."""
        found: dict[str, object] = {}
        for who, seat in self.crew.seats.items():
            seat.model = deepcopy(self.before[who])
            await hearing(seat, self.news[who])
            if wrong := difference(seat, self.fresh[who]):
                found[who] = wrong
        return found


@pytest.fixture(scope="module", params=HOUSE.events, ids=lambda event: event.name())
async def played(crew: Crew, request: pytest.FixtureRequest) -> Played:
    """It has happened in front of everybody."""
    situation = await MAKERS[request.param](crew)
    await all_told(crew.hub.deps)
    threads, people = [situation.thread] * bool(situation.thread), [situation.person] * bool(situation.person)
    before = await of_all(crew, lambda seat: seat.load(threads=threads, people=people))
    was_shown = await those_who_see(crew, situation)
    await situation.happens()
    await all_told(crew.hub.deps)
    news = await of_all(crew, Seat.told)
    is_shown = await those_who_see(crew, situation)
    fresh = await of_all(crew, lambda seat: seat.fresh(threads=threads, people=people))
    return Played(request.param, situation, crew, deepcopy(before), news, fresh, was_shown, is_shown)


async def of_all(crew: Crew, ask: Callable[[Seat], Awaitable[T]]) -> dict[str, T]:
    """At every screen, at once."""
    return dict(zip(crew.seats, await asyncio.gather(*map(ask, crew.seats.values())), strict=True))


async def those_who_see(crew: Crew, situation: Situation) -> set[str]:
    """To whom it is shown over HTTP, or otherwise."""
    answers = await of_all(crew, lambda seat: seat.person.asks("GET", situation.shown_at))
    return {who for who, answer in answers.items() if answer.is_success} | situation.also


def test_every_event_has_a_situation_and_a_rule() -> None:
    assert {event.name() for event in HOUSE.events} == {event.name() for event in MAKERS} == RULES.keys()


def test_its_situation_makes_somebody_hear_it(played: Played) -> None:
    assert played.event.name() in {heard.name for news in played.news.values() for heard in news}


async def test_a_screen_that_heard_it_shows_what_a_fresh_one_does(played: Played) -> None:
    assert await played.differing(Seat.take) == {}


async def test_a_screen_that_missed_it_finds_out(played: Played) -> None:
    assert await played.differing(lambda seat, _: seat.catch_up()) == {}


async def test_heard_twice_and_in_the_wrong_order_it_makes_no_difference(played: Played) -> None:
    assert await played.differing(lambda seat, news: seat.take([*reversed(news), *reversed(news)])) == {}


def test_whoever_may_not_see_it_hears_nothing_of_it(played: Played) -> None:
    blind = played.news.keys() - played.is_shown
    assert blind
    assert {who: word for who in blind for word in played.situation.secrets if word in frames(played.news[who])} == {}


def test_whoever_never_saw_it_does_not_even_learn_that_it_is_there(played: Played) -> None:
    blind = played.news.keys() - played.is_shown - played.was_shown

    ids = [id for id in (played.situation.thread, played.situation.person) if id]
    assert {who: id for who in blind for id in ids if id in frames(played.news[who])} == {}


def test_what_is_for_one_alone_no_other_hears(played: Played) -> None:
    heard = {who for who, news in played.news.items() if played.event.name() in {one.name for one in news}}

    assert heard <= (played.situation.only or played.news.keys())


def frames(news: Sequence[Heard]) -> str:
    """All that came over the wire."""
    return " ".join(msgspec.json.encode([one.name, one.payload]).decode() for one in news)
