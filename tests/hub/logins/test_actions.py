"""Logins: one for each address, changed by one at a time, and gone for good."""

import asyncio
from datetime import timedelta

import pytest

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.logins import actions, slips
from hub.logins.actions import LoginChanged, LoginExists, NoSuchLogin
from hub.logins.models import Login
from hub.store.sealed import Unreadable
from tests.hub.logins.conftest import EMAIL
from tests.people import PASSWORD

NEW, NEWER = "staple paper clip", "seven blue lamps"


async def made(deps: Deps, email: str) -> str | None:
    """The id of the login that was made, if it was."""
    try:
        return (await actions.make(deps, email, PASSWORD, is_proved=False)).id
    except LoginExists:
        return None


async def test_of_many_who_make_a_login_for_one_address_at_the_same_moment_one_does(deps: Deps, other: Deps) -> None:
    ids = await asyncio.gather(*(made(at, EMAIL) for at in (deps, other) * 5))

    [id] = [id for id in ids if id]
    found = await actions.find(deps, EMAIL)
    assert found
    assert (found.id, await deps.mongo["logins"].count({}, limit=9)) == (id, 1)


async def test_nothing_is_kept_of_those_who_came_too_late(deps: Deps, login: Login) -> None:
    assert await made(deps, EMAIL) is None

    scopes = {stored["account"] async for stored in deps.mongo["keys"].each({})}
    assert scopes == {INSTALLATION, login.id}


async def test_of_two_who_change_the_password_at_the_same_moment_one_does(
    deps: Deps, other: Deps, login: Login
) -> None:
    seen = await actions.get(deps, login.id), await actions.get(other, login.id)

    done = await asyncio.gather(
        actions.set_password(deps, seen[0], NEW), actions.set_password(other, seen[1], NEWER), return_exceptions=True
    )

    assert sorted(map(repr, map(type, done))) == sorted(map(repr, (type(None), LoginChanged)))


async def test_a_password_is_not_set_over_one_that_was_set_meanwhile(deps: Deps, login: Login) -> None:
    await actions.set_password(deps, login, NEW)

    with pytest.raises(LoginChanged):
        await actions.set_password(deps, login, NEWER)

    assert await actions.has_password(deps, await actions.get(deps, login.id), NEW)


async def test_whatever_was_begun_under_the_old_password_ends_with_it(deps: Deps, login: Login) -> None:
    tokens = [await slips.give(deps, login.id, kind, lasts=timedelta(hours=1)) for kind in ("reset", "second step")]

    await actions.set_password(deps, login, NEW)

    for token, kind in zip(tokens, ("reset", "second step"), strict=True):
        with pytest.raises(slips.SlipSpent):
            await slips.look(deps, kind, token)


async def test_starting_over_leaves_nothing_but_the_address(deps: Deps, login: Login) -> None:
    await actions.start_over(deps, login, NEW)

    now = await actions.get(deps, login.id)
    assert (now.is_proved, now.codes, await actions.email_of(deps, now)) == (True, None, EMAIL)
    assert not await actions.has_password(deps, now, PASSWORD)


async def test_an_erased_login_cannot_be_read_from_any_copy(deps: Deps, login: Login) -> None:
    copy = await deps.mongo["logins"].find_one({"_id": login.id}) or {}

    await actions.erase(deps, login.id)

    with pytest.raises(Unreadable):
        await deps.sealer.text(login.id, actions.EMAIL_PLACE, copy["email"])
    with pytest.raises(NoSuchLogin):
        await actions.get(deps, login.id)


async def test_an_address_whose_login_was_erased_can_have_another(deps: Deps, login: Login) -> None:
    await actions.erase(deps, login.id)

    again = await actions.make(deps, EMAIL, PASSWORD, is_proved=False)

    assert again.id != login.id


async def test_nobody_has_the_password_of_a_login_that_has_none(deps: Deps) -> None:
    invited = await actions.make(deps, EMAIL, None, is_proved=False)

    assert not await actions.has_password(deps, invited, "")
    assert not await actions.has_password(deps, invited, "there is no such password")
    assert not await actions.has_password(deps, None, PASSWORD)


async def test_the_address_is_found_by_what_is_of_no_use_without_the_key(deps: Deps, login: Login) -> None:
    stored = await deps.mongo["logins"].find_one({"_id": login.id}) or {}

    assert len(stored["key"]) == 32
    assert EMAIL not in str(stored)
