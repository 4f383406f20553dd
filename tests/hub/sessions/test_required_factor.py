"""An account that asks for a second factor: whoever has none can set one up, and nothing else."""

from collections.abc import Mapping, Sequence

import pytest

from hub.access import Permission
from hub.http.endpoint import Endpoint
from hub.rooms import HOUSE
from tests.clock import VirtualClock
from tests.hub.sessions.apps import set_up_app, shows_code
from tests.hub.sessions.people import EMAIL, Member, join, sign_in, sign_up
from tests.hubs import Hub
from tests.people import code_of, well

REQUIRED = (403, "second_factor_required")
OPEN = (Permission.PUBLIC, Permission.ME)
BEHIND: Sequence[Endpoint] = [endpoint for endpoint in HOUSE.endpoints if endpoint.permission not in OPEN]


@pytest.fixture
async def strict(asha: Member, clock: VirtualClock) -> Member:
    """Asha, whose account asks for a second factor, which she has not set up."""
    await require(asha)
    await clock.advance(seconds=5)
    return asha


async def require(owner: Member) -> None:
    """From now on."""
    await owner.does("PUT", "/account/sign-in-rules", {"requires_second_factor": True})


def path_of(endpoint: Endpoint) -> str:
    """With something where ids belong."""
    return endpoint.path.format_map({name: "x" for name in endpoint.parameters})


async def test_every_endpoint_but_ones_own_is_shut_for_whoever_has_none(hub: Hub, strict: Member) -> None:
    answers: Mapping[str, tuple[int, str]] = {
        endpoint.id: code_of(await strict.client.request(endpoint.method, path_of(endpoint), headers=strict.headers))
        for endpoint in BEHIND
    }

    assert len(answers) > 30
    assert {id: found for id, found in answers.items() if found != REQUIRED} == {}


async def test_one_is_told_so_when_signing_in_and_by_ones_own_page(hub: Hub, strict: Member) -> None:
    access = well(await strict.signs_in())["access"]

    assert access["needs_second_factor"] is True
    assert (await strict.does("GET", "/me"))["needs_second_factor"] is True
    assert list((await strict.does("GET", "/me"))["permissions"]) == ["me"]


async def test_one_does_nothing_in_the_account_s_name(strict: Member) -> None:
    answers = [
        await strict.asks("PATCH", "/me", {"name": "Another"}),
        await strict.asks("DELETE", "/me"),
        await strict.asks("POST", "/me/invitation", {"token": "x"}),
    ]

    assert [code_of(answer) for answer in answers] == [REQUIRED] * 3


async def test_one_can_see_and_end_ones_own_sessions(hub: Hub, strict: Member) -> None:
    other = await sign_in(hub)

    await strict.does("DELETE", f"/me/sessions/{other.session}")

    assert len((await strict.does("GET", "/me/sessions"))["items"]) == 1


async def test_setting_an_app_up_opens_everything_at_once(strict: Member) -> None:
    assert code_of(await strict.asks("GET", "/account")) == REQUIRED

    await set_up_app(strict)

    assert (await strict.does("GET", "/account"))["requires_second_factor"] is True
    assert (await strict.does("GET", "/me"))["needs_second_factor"] is False


async def test_it_opens_everything_within_seconds_in_other_processes(
    other: Hub, strict: Member, clock: VirtualClock
) -> None:
    hub = strict.hub
    strict.move(other)
    assert code_of(await strict.asks("GET", "/account")) == REQUIRED

    strict.move(hub)
    await set_up_app(strict)
    strict.move(other)
    await clock.advance(seconds=5)

    assert (await strict.asks("GET", "/account")).is_success


async def test_refreshing_says_that_it_is_needed_no_more(strict: Member) -> None:
    before = well(await strict.refreshes())["access"]["needs_second_factor"]
    await set_up_app(strict)

    assert (before, well(await strict.refreshes())["access"]["needs_second_factor"]) == (True, False)


@pytest.mark.parametrize("kind", ["code", "recovery code"])
async def test_whoever_signs_in_with_a_second_factor_works_as_usual(
    hub: Hub, strict: Member, clock: VirtualClock, kind: str
) -> None:
    app = await set_up_app(strict)
    await clock.advance(seconds=30)
    away = Member(hub)

    access = well(await shows_code(away, {"code": app.code(), "recovery code": app.recovery[0]}[kind]))["access"]

    assert access["needs_second_factor"] is False
    assert (await away.asks("GET", "/account")).is_success


async def test_sessions_that_have_shown_one_before_it_was_asked_for_go_on(asha: Member, clock: VirtualClock) -> None:
    await set_up_app(asha)

    await require(asha)
    await clock.advance(seconds=5)

    assert (await asha.asks("GET", "/account")).is_success


async def test_sessions_of_the_same_login_that_have_shown_none_are_shut(
    hub: Hub, asha: Member, clock: VirtualClock
) -> None:
    without = await sign_in(hub)
    await set_up_app(asha)

    await require(asha)
    await clock.advance(seconds=5)

    assert code_of(await without.asks("GET", "/account")) == REQUIRED


async def test_members_who_come_later_set_one_up_first(strict: Member) -> None:
    await set_up_app(strict)
    ben = await join(strict, "ben@example.test")

    shut = await ben.asks("GET", "/account")
    await set_up_app(ben)

    assert code_of(shut) == REQUIRED
    assert (await ben.asks("GET", "/account")).is_success


async def test_an_account_that_does_not_ask_is_open_to_the_same_session(hub: Hub, strict: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    await join(cleo, EMAIL, "viewer")

    access = well(await strict.refreshes(cleo.account))["access"]

    assert access["needs_second_factor"] is False
    assert (await strict.asks("GET", "/account")).is_success
    assert code_of(await strict.asks("GET", "/keys")) == (403, "forbidden")


async def test_when_it_is_asked_for_no_more_everybody_is_back(strict: Member, clock: VirtualClock) -> None:
    await set_up_app(strict)
    ben = await join(strict, "ben@example.test")

    await strict.does("PUT", "/account/sign-in-rules", {"requires_second_factor": False})
    await clock.advance(seconds=5)

    assert (await ben.asks("GET", "/account")).is_success
