"""An address is proved by the link that is mailed to it at sign-up."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
import pytest

from hub.access import INSTALLATION
from hub.logins import actions as logins
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.mail.opened import by_server
from tests.hub.sessions.letters import letters_to
from tests.hub.sessions.logs import entries
from tests.hub.sessions.people import EMAIL, Member, sign_up
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD

PROVED, SPENT = "/sign-in#proved", "/sign-in#error=slip_spent"
LINK = re.compile(r"\S+(/api/v1/session/address\?token=[\w-]+)")


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub that sends mail."""
    async with running_hub(replace(settings, **by_server(1)), clock=clock) as hub:
        yield hub


async def link_to(hub: Hub, email: str = EMAIL) -> str:
    """What stands in the one letter."""
    [letter] = await letters_to(hub, email)
    found = LINK.search(letter.text)
    assert found
    return found[1]


async def follow(hub: Hub, link: str) -> httpx2.Response:
    """In a browser that nobody has signed in at."""
    return await Member(hub).client.get(link, follow_redirects=False)


def leads_to(hub: Hub, answer: httpx2.Response) -> tuple[int, str]:
    """Where a browser goes on."""
    return answer.status_code, answer.headers["location"].removeprefix(hub.deps.settings.base_url)


async def is_proved(hub: Hub) -> bool:
    """Whether Asha's address is."""
    login = await logins.find(hub.deps, EMAIL)
    assert login
    return login.is_proved


async def test_whoever_follows_the_link_has_proved_the_address(hub: Hub, asha: Member) -> None:
    before = await is_proved(hub)

    answer = await follow(hub, await link_to(hub))

    assert leads_to(hub, answer) == (303, PROVED)
    assert (before, await is_proved(hub)) == (False, True)


async def test_the_link_is_good_once(hub: Hub, asha: Member) -> None:
    link = await link_to(hub)
    await follow(hub, link)

    assert leads_to(hub, await follow(hub, link)) == (303, SPENT)


@pytest.mark.parametrize(("hours", "place"), [(71, PROVED), (72, SPENT)])
async def test_the_link_is_good_for_three_days(
    hub: Hub, asha: Member, clock: VirtualClock, hours: int, place: str
) -> None:
    link = await link_to(hub)
    await clock.advance(hours=hours)

    answer = await follow(hub, link)

    assert leads_to(hub, answer) == (303, place)
    assert await is_proved(hub) is (place == PROVED)


async def test_no_other_link_proves_anything(hub: Hub, asha: Member) -> None:
    answer = await follow(hub, "/api/v1/session/address?token=x")

    assert leads_to(hub, answer) == (303, SPENT)
    assert not await is_proved(hub)


async def test_it_lets_nobody_in_and_signs_nobody_out(hub: Hub, asha: Member) -> None:
    answer = await follow(hub, await link_to(hub))

    assert "set-cookie" not in answer.headers
    assert await asha.is_in()


async def test_a_second_account_of_the_same_login_brings_no_second_letter(hub: Hub, asha: Member) -> None:
    await sign_up(hub, EMAIL, name="Zenith")

    assert len(await letters_to(hub, EMAIL)) == 1


async def test_a_new_password_ends_the_link(hub: Hub, asha: Member) -> None:
    link = await link_to(hub)
    await asha.does("POST", "/me/password", {"current": PASSWORD, "new": "staple paper clip"})

    letters = await letters_to(hub, EMAIL)

    assert {one.subject for one in letters} == {"Confirm your address", "Your password was changed"}
    assert leads_to(hub, await follow(hub, link)) == (303, SPENT)


async def test_it_is_written_down_without_the_link(hub: Hub, asha: Member) -> None:
    link = await link_to(hub)
    await follow(hub, link)

    last = (await entries(hub, asha.account))[-1]

    assert last["action"] == "address.prove"
    assert link.partition("=")[2] not in str(await entries(hub, asha.account) + await entries(hub, INSTALLATION))
