"""A password that is changed at the very moment at which the old one is compared, and found right."""

import asyncio
from dataclasses import replace

import httpx2
import pytest

from hub.passwords import Passwords
from tests.clock import VirtualClock
from tests.hub.sessions.apps import set_up_app, shows_code
from tests.hub.sessions.people import EMAIL, Member, sign_in, sign_up
from tests.hubs import Hub
from tests.people import PASSWORD, code_of, well

NEW = "staple paper clip"


class SlowPasswords(Passwords):
    """Finds out, and waits before it says so."""

    def __init__(self) -> None:
        super().__init__(memory_mb=1)
        self.has_compared, self.may_say = asyncio.Event(), asyncio.Event()

    async def is_right(self, password: str, stored: str | None) -> bool:
        found = await super().is_right(password, stored)
        self.has_compared.set()
        await self.may_say.wait()
        return found


@pytest.fixture
def slow(other: Hub) -> SlowPasswords:
    """The passwords of the other process."""
    slow = SlowPasswords()
    other.app.state.deps = replace(other.deps, passwords=slow)
    return slow


async def change_while(slow: SlowPasswords, late: Member, asha: Member) -> asyncio.Task[httpx2.Response]:
    """Somebody shows the old password, it is compared, and the owner changes it."""
    signing_in = asyncio.create_task(late.signs_in())
    await slow.has_compared.wait()
    await asha.does("POST", "/me/password", {"current": PASSWORD, "new": NEW})
    slow.may_say.set()
    return signing_in


async def test_nobody_comes_in_by_a_password_that_was_changed_while_it_was_compared(
    hub: Hub, other: Hub, slow: SlowPasswords, asha: Member
) -> None:
    late = Member(other)

    answer = await (await change_while(slow, late, asha))

    assert code_of(answer) == (401, "signed_out")
    assert not late.cookie
    assert len((await asha.does("GET", "/me/sessions"))["items"]) == 1


async def test_nobody_gets_half_way_in_by_it_either(
    hub: Hub, other: Hub, slow: SlowPasswords, asha: Member, clock: VirtualClock
) -> None:
    app = await set_up_app(asha)
    late = Member(other)
    await clock.advance(seconds=30)

    ticket = well(await (await change_while(slow, late, asha)))["ticket"]

    assert code_of(await shows_code(late, app.code(), ticket)) == (422, "slip_spent")


async def test_whoever_is_not_asked_for_a_code_because_the_app_was_just_set_up_is_not_let_in(
    hub: Hub, other: Hub, slow: SlowPasswords, asha: Member
) -> None:
    late = Member(other)
    signing_in = asyncio.create_task(late.signs_in())
    await slow.has_compared.wait()
    await set_up_app(asha)
    slow.may_say.set()

    assert code_of(await signing_in) == (401, "signed_out")


async def test_hashing_a_password_anew_while_signing_in_stands_in_nobodys_way(hub: Hub) -> None:
    await sign_up(hub)
    cheap = await Passwords(memory_mb=2).hash(PASSWORD)
    await hub.deps.mongo["logins"].update({}, {"$set": {"password": cheap}})

    assert await (await sign_in(hub, EMAIL)).is_in()
