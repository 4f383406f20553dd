"""A password alone makes no second factor beside one that is there: it would be worth as much as both."""

import pytest

from hub.logins import repository
from tests.clock import VirtualClock
from tests.hub.sessions.apps import begin_app, set_up_app
from tests.hub.sessions.devices import PASSKEYS, adds, begins, enters, new_device, passkeys_of, sends
from tests.hub.sessions.people import Member, sign_in
from tests.hubs import Hub
from tests.people import PASSWORD, code_of

REQUIRED = (403, "second_factor_required")
BEGINNINGS = [("/me/codes", None), (f"{PASSKEYS}/begin", {"password": PASSWORD})]
beginning = pytest.mark.parametrize(("path", "body"), BEGINNINGS, ids=["an app", "a passkey"])


@beginning
async def test_whoever_has_a_passkey_begins_nothing_by_the_password_alone(
    hub: Hub, asha: Member, path: str, body: object
) -> None:
    await adds(asha, new_device())
    by_password = await sign_in(hub)

    assert code_of(await by_password.asks("POST", path, body)) == REQUIRED


@beginning
async def test_whoever_has_shown_the_passkey_does(hub: Hub, asha: Member, path: str, body: object) -> None:
    device = new_device()
    await adds(asha, device)

    assert (await (await enters(hub, device)).asks("POST", path, body)).is_success


async def test_whoever_has_an_app_begins_no_passkey_without_its_code(hub: Hub, asha: Member) -> None:
    from_before = await sign_in(hub)
    await set_up_app(asha)

    answers = [await one.asks("POST", f"{PASSKEYS}/begin", {"password": PASSWORD}) for one in (from_before, asha)]

    assert code_of(answers[0]) == REQUIRED
    assert answers[1].is_success


async def test_an_app_that_was_begun_before_is_not_confirmed_beside_a_passkey(hub: Hub, asha: Member) -> None:
    by_password = await sign_in(hub)
    app, ticket = await begin_app(by_password)
    await adds(asha, new_device())

    confirmed = await by_password.asks("POST", "/me/codes/confirm", {"ticket": ticket, "code": app.code()})

    assert code_of(confirmed) == REQUIRED
    assert (await asha.does("GET", "/me"))["has_codes"] is False


async def test_a_passkey_that_was_begun_before_is_not_added_beside_an_app(hub: Hub, asha: Member) -> None:
    by_password, device = await sign_in(hub), new_device()
    begun = await begins(by_password)
    await set_up_app(asha)

    added = await sends(by_password, begun["ticket"], device.create(begun["options"]))

    assert code_of(added) == REQUIRED
    assert await passkeys_of(asha) == []


async def test_a_passkey_that_is_locked_stands_in_nobodys_way(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    made = await adds(asha, new_device())
    by_password = await sign_in(hub)
    login = (await hub.deps.mongo[repository.PASSKEYS].find({}, limit=1))[0]["account"]

    await repository.lock_passkey(hub.deps.mongo, login, made["id"], clock.now())

    await adds(by_password, new_device())
