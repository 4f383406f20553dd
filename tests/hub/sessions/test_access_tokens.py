"""How long an access token is good, by whose clock, and what is said when it is not any more."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.sessions.conftest import LATER
from tests.hub.sessions.people import Member, sign_in, sign_up
from tests.hubs import Hub, running_hub
from tests.people import code_of

HubAhead = Callable[[float], AbstractAsyncContextManager[Hub]]


@pytest.fixture
def hub_ahead(settings: Settings) -> HubAhead:
    """Another process of the installation, whose clock is so many seconds ahead."""

    @asynccontextmanager
    async def running(seconds: float) -> AsyncIterator[Hub]:
        async with running_hub(settings, clock=VirtualClock(LATER + timedelta(seconds=seconds))) as ahead:
            yield ahead

    return running


async def test_a_token_is_good_for_ten_minutes(asha: Member, clock: VirtualClock) -> None:
    answer = await asha.refreshes()
    await clock.advance(minutes=9, seconds=59)

    assert answer.json()["access"]["expires_in_s"] == 600
    assert await asha.is_in()


async def test_an_expired_token_says_so_that_pages_know_to_refresh(asha: Member, clock: VirtualClock) -> None:
    await clock.advance(minutes=10, seconds=31)

    refused = await asha.asks("GET", "/me")

    assert code_of(refused) == (401, "token_expired")
    assert refused.headers["www-authenticate"] == 'Bearer realm="parley"'


async def test_an_expired_token_is_replaced_by_refreshing(asha: Member, clock: VirtualClock) -> None:
    await clock.advance(minutes=11)

    await asha.refreshes()

    assert await asha.is_in()


async def test_a_token_outlives_the_end_of_its_month(settings: Settings) -> None:
    clock = VirtualClock(LATER.replace(month=12, day=31, hour=23, minute=55))
    async with running_hub(settings, clock=clock) as hub:
        asha = await sign_up(hub)

        await clock.advance(minutes=9)

        assert clock.now().year == LATER.year + 1
        assert await asha.is_in()


@pytest.mark.parametrize(("seconds", "is_good"), [(29, True), (30, True), (31, False), (600, False)])
async def test_a_clock_may_be_half_a_minute_behind_the_one_that_made_the_token(
    asha: Member, hub_ahead: HubAhead, seconds: int, is_good: bool
) -> None:
    async with hub_ahead(-seconds) as behind:
        asha.move(behind)

        assert await asha.is_in() is is_good


@pytest.mark.parametrize(("seconds", "is_good"), [(29, True), (30, True), (31, False), (600, False)])
async def test_a_clock_may_be_half_a_minute_ahead_of_the_one_that_made_the_token(
    asha: Member, hub_ahead: HubAhead, seconds: int, is_good: bool
) -> None:
    async with hub_ahead(600 + seconds) as ahead:
        asha.move(ahead)

        assert await asha.is_in() is is_good


async def test_a_token_from_the_future_tells_operators_what_is_wrong(asha: Member, hub_ahead: HubAhead) -> None:
    async with hub_ahead(-31) as behind:
        asha.move(behind)

        refused = await asha.asks("GET", "/me")

    assert code_of(refused) == (401, "unauthenticated")
    assert "a clock is wrong" in refused.text


async def test_a_token_that_is_shown_again_after_signing_out_is_refused(asha: Member) -> None:
    await asha.signs_out()

    assert code_of(await asha.asks("GET", "/me")) == (401, "unauthenticated")


async def test_signing_in_again_does_not_make_an_old_token_good(hub: Hub, asha: Member) -> None:
    await asha.signs_out()

    again = await sign_in(hub)

    assert await again.is_in()
    assert not await asha.is_in()


async def test_who_shows_wrong_tokens_is_slowed_down(asha: Member) -> None:
    asha.token, good = "wrong", asha.token
    answers = [await asha.asks("GET", "/me") for _ in range(61)]
    asha.token = good

    assert {answer.status_code for answer in answers[:-1]} == {401}
    assert code_of(answers[-1]) == (429, "too_many")
    assert int(answers[-1].headers["retry-after"]) > 0
    assert await asha.is_in()
