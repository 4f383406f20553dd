"""Signing up: whoever comes first, once; afterwards nobody, or anybody where the settings say so."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from hub.accounts import repository
from hub.logins import actions
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.sessions.apps import set_up_app
from tests.hub.sessions.logs import entries
from tests.hub.sessions.people import EMAIL, Member, sign_up
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, code_of, well

CLOSED, SIGN_IN_FIRST = (403, "sign_up_closed"), (409, "sign_in_first")
WISH = {"account_name": "Acme", "name": "Asha", "email": EMAIL, "password": PASSWORD}


@pytest.fixture
def closing(settings: Settings) -> Settings:
    """As an installation is unless somebody says otherwise: open to the first."""
    return replace(settings, open_sign_up=False)


@pytest.fixture
async def fresh(closing: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """An installation at which nobody was yet."""
    async with running_hub(closing, clock=clock) as fresh:
        yield fresh


@pytest.fixture
async def twin(fresh: Hub, closing: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """Another process of it."""
    async with running_hub(closing, clock=clock) as twin:
        yield twin


async def wish(hub: Hub, **more: Any) -> httpx2.Response:
    """Somebody signs up."""
    return await Member(hub).submits("/sign-up", {**WISH, **more})


async def count(hub: Hub, collection: str) -> int:
    """How many there are."""
    return await hub.deps.mongo[collection].count({}, limit=100)


async def test_whoever_comes_first_owns_an_account_and_is_in(fresh: Hub) -> None:
    asha = Member(fresh)

    answer = await asha.submits("/sign-up", WISH)

    me = await asha.does("GET", "/me")
    assert (answer.status_code, answer.json()["state"]) == (201, "signed_in")
    assert (me["role"], me["name"], me["email"]) == ("owner", "Asha", EMAIL)
    assert asha.cookie
    assert asha.device


async def test_nobody_signs_up_after_the_first_and_nothing_is_kept_of_the_try(fresh: Hub) -> None:
    await sign_up(fresh)

    assert code_of(await wish(fresh, email="ben@example.test")) == CLOSED
    assert (await count(fresh, "logins"), await count(fresh, "accounts")) == (1, 1)


async def test_where_it_is_closed_nobody_learns_which_addresses_are_known(fresh: Hub) -> None:
    await sign_up(fresh)

    known, unknown = await wish(fresh, password="wrong wrong wrong"), await wish(fresh, email="ben@example.test")

    assert known.json() == unknown.json()


async def test_anybody_signs_up_where_the_settings_say_so(hub: Hub) -> None:
    asha, ben = await sign_up(hub), await sign_up(hub, "ben@example.test", name="Zenith")

    assert asha.account != ben.account
    assert (await ben.does("GET", "/account"))["name"] == "Zenith"


async def test_of_many_who_come_first_at_the_same_moment_one_does_and_nothing_is_kept_of_the_others(
    fresh: Hub, twin: Hub
) -> None:
    wishes = [wish(at, email=f"m{one}@example.test") for one, at in enumerate((fresh, twin) * 4)]

    answers = await asyncio.gather(*wishes)

    assert sorted(answer.status_code for answer in answers) == [201] + [403] * 7
    assert [await count(fresh, name) for name in ("accounts", "members", "logins")] == [1, 1, 1]


async def test_whoever_died_while_signing_up_keeps_the_door_shut_for_a_minute_at_most(
    fresh: Hub, clock: VirtualClock
) -> None:
    assert await repository.take_first_place(fresh.deps.mongo, clock.now())

    await clock.advance(seconds=59)
    too_early = await wish(fresh)
    await clock.advance(seconds=2)

    assert code_of(too_early) == CLOSED
    assert (await wish(fresh)).status_code == 201


async def test_whoever_died_before_the_account_was_there_signs_up_again(fresh: Hub) -> None:
    await actions.make(fresh.deps, EMAIL, PASSWORD, is_proved=False)

    assert (await wish(fresh)).status_code == 201
    assert await count(fresh, "logins") == 1


@pytest.mark.parametrize("wrong", [{"password": "short"}, {"email": "no address"}, {"account_name": " "}])
async def test_a_try_that_fails_leaves_the_place_to_the_next(fresh: Hub, wrong: dict[str, str]) -> None:
    refused = await wish(fresh, **wrong)

    assert refused.status_code in (400, 422)
    assert (await wish(fresh)).status_code == 201


async def test_two_who_sign_up_with_one_address_at_the_same_moment_make_one_login(hub: Hub, other: Hub) -> None:
    answers = await asyncio.gather(*(wish(at, account_name=f"A{one}") for one, at in enumerate((hub, other) * 3)))

    assert await count(hub, "logins") == 1
    assert {code_of(answer) for answer in answers if not answer.is_success} <= {(409, "login_exists")}
    assert any(answer.is_success for answer in answers)


@pytest.mark.parametrize("spelled", ["ASHA@example.test", "asha@EXAMPLE.test", "Asha@Example.Test"])
async def test_another_spelling_of_an_address_makes_no_second_login(hub: Hub, asha: Member, spelled: str) -> None:
    refused = await wish(hub, email=spelled, password="staple paper clip")

    assert code_of(refused) == SIGN_IN_FIRST
    assert await count(hub, "logins") == 1


async def test_with_ones_own_password_one_makes_another_account(hub: Hub, asha: Member) -> None:
    second = await sign_up(hub, name="Zenith")

    assert {one["name"] for one in second.accounts} == {"Acme", "Zenith"}
    assert second.account != asha.account


async def test_making_another_account_takes_the_second_factor_too(hub: Hub, asha: Member) -> None:
    await set_up_app(asha)

    answer = await wish(hub, account_name="Zenith")

    assert (well(answer)["state"], answer.json()["access"]) == ("second_factor", None)
    assert "set-cookie" not in answer.headers


async def test_a_weak_password_is_refused(hub: Hub) -> None:
    assert code_of(await wish(hub, password="asha-12345")) == (422, "weak_password")


async def test_a_password_may_have_two_hundred_letters_and_every_one_counts(hub: Hub) -> None:
    password = "0123456789" * 19 + "abcdefghij"
    await sign_up(hub, password=password)

    assert code_of(await wish(hub, password=f"{password}x", email="b@example.test")) == (400, "invalid")
    assert code_of(await Member(hub).signs_in(password[:-1])) == (401, "wrong_credentials")
    assert (await Member(hub).signs_in(password)).is_success


async def test_any_name_is_kept_as_it_is(hub: Hub) -> None:
    names = ("\0", "💥" * 200, "\u202eemca", "<script>", "a\r\nSet-Cookie: x=y", "\ufeffAcme")

    owners = [await sign_up(hub, f"m{one}@example.test", name=name) for one, name in enumerate(names)]

    assert [(await owner.does("GET", "/account"))["name"] for owner in owners] == list(names)


async def test_signing_up_is_the_first_entry_of_the_accounts_log(hub: Hub, asha: Member) -> None:
    [entry] = await entries(hub, asha.account)

    assert (entry["action"], entry["status"], entry["target"]["member"]) == ("account.sign_up", 201, asha.id)
    assert PASSWORD not in str(entry)
