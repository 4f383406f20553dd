"""Guessing passwords: it soon takes for ever, and shuts nobody out who was here before."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

import httpx2
import pytest

from hub.sessions.cookies import DEVICE
from hub.settings import Secret, Settings
from hub.store.embedded import free_port
from tests.clock import VirtualClock
from tests.hub.sessions.people import API, EMAIL, Member, join, sign_up
from tests.hub.sessions.test_sign_in import counting
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, code_of

WRONG, TOO_MANY = (401, "wrong_credentials"), (429, "too_many")
# How many wrong passwords an address takes at once.
TRIES = 10


@pytest.fixture
async def asha(hub: Hub, clock: VirtualClock) -> Member:
    """Somebody who signed up a while ago."""
    asha = await sign_up(hub)
    await clock.advance(minutes=15)
    await asha.refreshes()
    return asha


async def guess(hubs: Iterable[Hub], times: int, email: str = EMAIL) -> list[httpx2.Response]:
    """Wrong passwords for one login, each from an address of its own."""
    at = list(hubs)
    guessers = [Member(at[one % len(at)], email) for one in range(times)]
    return [
        answer
        for some in batches(guessers)
        for answer in await asyncio.gather(*(one.signs_in("guess") for one in some))
    ]


def batches(guessers: list[Member]) -> Iterable[list[Member]]:
    """Fifty at once."""
    return (guessers[first : first + 50] for first in range(0, len(guessers), 50))


def counted(answers: Iterable[httpx2.Response]) -> Counter[tuple[int, str]]:
    """How many were answered how."""
    return Counter(map(code_of, answers))


@pytest.mark.slow
async def test_of_a_thousand_guesses_from_everywhere_ten_are_looked_at(hub: Hub, asha: Member) -> None:
    passwords = counting(hub)

    answers = await guess([hub], 1000)

    assert counted(answers) == {WRONG: TRIES, TOO_MANY: 1000 - TRIES}
    assert passwords.compared == TRIES
    assert all(0 < int(one.headers["retry-after"]) <= 90 for one in answers if one.status_code == 429)


@pytest.mark.slow
async def test_of_a_thousand_guesses_from_one_address_thirty_are_looked_at(hub: Hub, asha: Member) -> None:
    passwords = counting(hub)
    guesser = Member(hub)

    answers = [await guesser.submits("/session", guess_at(f"a{one}@example.test")) for one in range(1000)]

    assert counted(answers) == {WRONG: 30, TOO_MANY: 970}
    assert passwords.compared == 30
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers[30:])


def guess_at(email: str) -> dict[str, str]:
    """A wrong password for somebody."""
    return {"email": email, "password": "guess"}


async def test_an_address_that_nobody_has_runs_dry_like_one_that_somebody_has(hub: Hub, asha: Member) -> None:
    known, unknown = await guess([hub], TRIES + 5), await guess([hub], TRIES + 5, "nobody@example.test")

    assert counted(known) == counted(unknown)


async def test_the_owner_gets_in_at_a_browser_that_was_here_before(hub: Hub, asha: Member) -> None:
    await guess([hub], TRIES + 5)

    assert (await asha.signs_in()).is_success


async def test_even_the_right_password_waits_at_a_browser_that_nobody_knows(hub: Hub, asha: Member) -> None:
    await guess([hub], TRIES)

    assert code_of(await Member(hub).signs_in()) == TOO_MANY


async def test_after_the_wait_that_was_told_one_may_try_again(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    # Not always the last one: they are sent at the same moment.
    [refused] = [one for one in await guess([hub], TRIES + 1) if one.status_code == 429]

    await clock.advance(seconds=int(refused.headers["retry-after"]))

    assert (await Member(hub).signs_in()).is_success


async def test_guessing_at_one_login_costs_no_other_one_anything(hub: Hub, asha: Member) -> None:
    ben = await join(asha, "ben@example.test")
    await guess([hub], TRIES + 5)

    assert (await Member(hub, ben.email).signs_in()).is_success


async def test_a_browser_cannot_say_of_itself_that_it_is_known(hub: Hub, asha: Member) -> None:
    await guess([hub], TRIES)
    cookies = [(b"cookie", f"{DEVICE}={device}".encode()) for device in ("", "x", "0" * 64, "é", "x" * 5000)]

    answers = [
        await Member(hub).client.post(f"{API}/session", json=guess_at(EMAIL), headers=[cookie]) for cookie in cookies
    ]

    assert counted(answers) == {TOO_MANY: len(cookies)}


async def test_being_known_for_one_login_is_of_no_use_for_another(hub: Hub, asha: Member) -> None:
    ben = await join(asha, "ben@example.test")
    await ben.signs_in()
    await guess([hub], TRIES)

    ben.email = EMAIL

    assert code_of(await ben.signs_in()) == TOO_MANY


async def test_a_known_browser_has_no_more_tries_than_others(asha: Member) -> None:
    answers = [await asha.signs_in("guess") for _ in range(TRIES + 1)]

    assert counted(answers) == {WRONG: TRIES, TOO_MANY: 1}


async def test_another_spelling_is_the_same_login(hub: Hub, asha: Member) -> None:
    await guess([hub], TRIES)

    answers = [await Member(hub, email).signs_in() for email in ("ASHA@example.test", "Asha@Example.Test")]

    assert counted(answers) == {TOO_MANY: 2}


async def test_processes_count_together(hub: Hub, other: Hub, asha: Member) -> None:
    answers = await guess([hub, other], TRIES * 3)

    assert counted(answers) == {WRONG: TRIES, TOO_MANY: TRIES * 2}


async def test_what_a_stranger_says_of_the_own_address_is_not_believed(hub: Hub, asha: Member) -> None:
    guesser = Member(hub)

    answers = [
        await guesser.asks("POST", "/session", guess_at(f"a{one}@example.test"), x_forwarded_for=f"192.0.2.{one}")
        for one in range(35)
    ]

    assert counted(answers) == {WRONG: 30, TOO_MANY: 5}


async def test_neighbours_in_one_network_of_ipv6_count_together(hub: Hub, asha: Member) -> None:
    guessers = [Member(hub, address=f"2001:db8::{one:x}") for one in range(1, 36)]

    answers = [await one.submits("/session", guess_at(f"a{n}@example.test")) for n, one in enumerate(guessers)]

    assert counted(answers) == {WRONG: 30, TOO_MANY: 5}


@pytest.fixture
async def hub_without_redis(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose Redis is away."""
    nowhere = Secret(f"redis://127.0.0.1:{free_port()}/0")
    async with running_hub(replace(settings, redis_url=nowhere), clock=clock) as hub:
        yield hub


async def test_limits_hold_while_redis_is_away(hub_without_redis: Hub, clock: VirtualClock) -> None:
    asha = await sign_up(hub_without_redis)
    await clock.advance(minutes=15)

    answers = await guess([hub_without_redis], TRIES * 2)

    assert counted(answers) == {WRONG: TRIES, TOO_MANY: TRIES}
    assert (await asha.signs_in(PASSWORD)).is_success


async def test_codes_are_not_guessed_either_without_redis(hub_without_redis: Hub) -> None:
    guesser = Member(hub_without_redis)

    answers = [await guesser.submits("/session/second-factor", {"ticket": "x", "code": "1"}) for _ in range(31)]

    assert counted(answers) == {(422, "slip_spent"): 30, TOO_MANY: 1}
