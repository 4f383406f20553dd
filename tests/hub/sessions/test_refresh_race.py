"""Tabs that refresh with the same cookie at the same moment: one wins, the others wait a moment, nobody is out."""

import asyncio
from collections.abc import Sequence

import httpx2

from tests.clock import VirtualClock
from tests.hub.sessions.people import Member, shows
from tests.hubs import Hub
from tests.people import code_of, well

RACE = (409, "refresh_race")


def split(answers: Sequence[httpx2.Response]) -> tuple[list[httpx2.Response], list[httpx2.Response]]:
    """Those who won, and the others."""
    return [one for one in answers if one.is_success], [one for one in answers if not one.is_success]


async def test_of_two_tabs_one_wins_and_the_other_is_told_to_wait(hub: Hub, asha: Member) -> None:
    answers = await asyncio.gather(shows(hub, asha.cookie), shows(hub, asha.cookie))

    [won], [lost] = split(answers)
    assert "parley_refresh" in won.cookies
    assert code_of(lost) == RACE
    assert lost.headers["retry-after"] == "1"
    assert "set-cookie" not in lost.headers


async def test_the_tab_that_lost_succeeds_with_the_cookie_that_the_other_was_given(hub: Hub, asha: Member) -> None:
    old = asha.cookie
    well(await asha.refreshes())
    assert code_of(await shows(hub, old)) == RACE

    again = await asha.refreshes()

    assert again.is_success
    assert await asha.is_in()


async def test_of_twenty_tabs_on_two_processes_exactly_one_wins_and_nobody_is_out(
    hub: Hub, other: Hub, asha: Member
) -> None:
    answers = await asyncio.gather(*(shows(at, asha.cookie) for at in (hub, other) * 10))

    [won], lost = split(answers)
    assert {code_of(answer) for answer in lost} == {RACE}
    assert await asha.is_in()
    assert (await shows(other, won.cookies["parley_refresh"])).is_success


async def test_whoever_is_late_is_not_signed_out_because_others_have_refreshed_meanwhile(
    hub: Hub, asha: Member, clock: VirtualClock
) -> None:
    old = asha.cookie
    for _ in range(3):
        await clock.advance(seconds=3)
        well(await asha.refreshes())

    late = await shows(hub, old)

    assert code_of(late) == RACE
    assert (await asha.refreshes()).is_success


async def test_tabs_that_try_until_they_succeed_all_do(asha: Member) -> None:
    await asyncio.gather(*(until_in(asha) for _ in range(6)))

    assert await asha.is_in()


async def until_in(tab: Member) -> None:
    """One tab that shares its cookies with others, and tries again as long as it has lost a race."""
    while not (answer := await tab.refreshes()).is_success:
        assert code_of(answer) == RACE


async def test_a_cookie_is_forgiven_for_ten_seconds_and_no_longer(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    old = asha.cookie
    well(await asha.refreshes())

    await clock.advance(seconds=10)
    in_time = await shows(hub, old)
    await clock.advance(seconds=0.001)
    too_late = await shows(hub, old)

    assert code_of(in_time) == RACE
    assert code_of(too_late) == (401, "signed_out")


async def test_signing_out_in_one_tab_while_another_refreshes_leaves_nobody_in(hub: Hub, asha: Member) -> None:
    answers = await asyncio.gather(shows(hub, asha.cookie), asha.signs_out(), shows(hub, asha.cookie))

    assert answers[1].status_code == 204
    assert not await asha.is_in()
    assert "used twice" not in "".join(answer.text for answer in answers)
