"""Codes of a login: each is used once, whoever else does something to the login at the same moment."""

import asyncio
from datetime import timedelta

import pyotp
import pytest

from hub.deps import Deps
from hub.logins import actions, second_factor
from hub.logins.models import Login, Proof
from hub.logins.second_factor import WrongCode
from tests.clock import VirtualClock

Shown = Proof | type[Exception]


@pytest.fixture
async def secret(deps: Deps, login: Login, clock: VirtualClock) -> str:
    """That of an app which was set up a while ago."""
    ticket, secret, _ = await second_factor.begin(deps, login)
    await second_factor.confirm(deps, login, ticket, code_of(secret, clock))
    await clock.advance(minutes=5)
    return secret


def code_of(secret: str, clock: VirtualClock, steps: int = 0) -> str:
    """What the app shows."""
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30) * steps)


async def show(deps: Deps, login: Login, code: str) -> Shown:
    """What it proves."""
    try:
        return await second_factor.check_code(deps, login, code)
    except WrongCode as error:
        return type(error)


async def test_of_twenty_who_show_one_code_at_the_same_moment_one_is_right(
    deps: Deps, other: Deps, login: Login, secret: str, clock: VirtualClock
) -> None:
    seen = await actions.get(deps, login.id)

    proofs = await asyncio.gather(*(show(at, seen, code_of(secret, clock)) for at in (deps, other) * 10))

    assert sorted(map(str, proofs)) == sorted([str(Proof.CODE), *[str(WrongCode)] * 19])


async def test_of_twenty_who_show_one_recovery_code_at_the_same_moment_one_is_right(
    deps: Deps, other: Deps, login: Login, secret: str
) -> None:
    seen = await actions.get(deps, login.id)
    [code, *_] = await second_factor.renew_recovery_codes(deps, seen)

    proofs = await asyncio.gather(*(show(at, seen, code) for at in (deps, other) * 10))

    assert sorted(map(str, proofs)) == sorted([str(Proof.RECOVERY_CODE), *[str(WrongCode)] * 19])


async def test_new_recovery_codes_make_no_used_code_good_again(
    deps: Deps, login: Login, secret: str, clock: VirtualClock
) -> None:
    code, seen = code_of(secret, clock), await actions.get(deps, login.id)
    await second_factor.check_code(deps, seen, code)

    await second_factor.renew_recovery_codes(deps, seen)

    assert await show(deps, await actions.get(deps, login.id), code) is WrongCode


async def test_new_recovery_codes_bring_no_app_back_that_was_taken_away(deps: Deps, login: Login, secret: str) -> None:
    seen = await actions.get(deps, login.id)
    await second_factor.remove(deps, seen)

    with pytest.raises(actions.LoginChanged):
        await second_factor.renew_recovery_codes(deps, seen)

    assert (await actions.get(deps, login.id)).codes is None


async def test_a_code_proves_nothing_for_an_app_that_was_taken_away_meanwhile(
    deps: Deps, login: Login, secret: str, clock: VirtualClock
) -> None:
    seen = await actions.get(deps, login.id)
    await second_factor.remove(deps, seen)

    assert await show(deps, seen, code_of(secret, clock)) is WrongCode


async def test_a_code_of_the_old_app_proves_nothing_once_there_is_another(
    deps: Deps, login: Login, secret: str, clock: VirtualClock
) -> None:
    seen = await actions.get(deps, login.id)
    await second_factor.remove(deps, seen)
    without = await actions.get(deps, login.id)
    ticket, newer, _ = await second_factor.begin(deps, without)
    await second_factor.confirm(deps, without, ticket, code_of(newer, clock))

    assert await show(deps, seen, code_of(secret, clock, 1)) is WrongCode


async def test_codes_go_on_after_the_keys_were_rotated_and_everything_was_sealed_anew(
    deps: Deps, login: Login, secret: str, clock: VirtualClock
) -> None:
    await deps.sealer.add_version(login.id)
    seen = await actions.get(deps, login.id)

    await second_factor.renew_recovery_codes(deps, seen)

    stored = await deps.mongo["logins"].find_one({"_id": login.id}) or {}
    assert stored["codes"]["secret"].subtype == 0x80
    assert await show(deps, await actions.get(deps, login.id), code_of(secret, clock)) is Proof.CODE


async def test_neither_secret_nor_recovery_codes_are_stored_as_they_are_shown(deps: Deps, login: Login) -> None:
    ticket, secret, _ = await second_factor.begin(deps, login)
    begun = [one async for one in deps.mongo["slips"].each({})]
    shown = await second_factor.confirm(deps, login, ticket, pyotp.TOTP(secret).at(deps.clock.now()))

    stored = str([*begun, await deps.mongo["logins"].find_one({})])
    assert [one for one in (secret, ticket, *shown) if one in stored] == []
