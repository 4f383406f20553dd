"""Authenticator apps, as they stand on the phones of members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import httpx2
import pyotp

from hub.clock import Clock
from tests.hub.sessions.people import Member
from tests.people import well

STEP = timedelta(seconds=30)


@dataclass(frozen=True)
class App:
    """What a phone knows, and the recovery codes on paper beside it."""

    secret: str
    clock: Clock
    recovery: Sequence[str] = ()

    def code(self, steps: int = 0) -> str:
        """The one of this moment, or so many steps later."""
        return pyotp.TOTP(self.secret).at(self.clock.now() + steps * STEP)

    def wrong(self, by: int = 1) -> str:
        """None of this moment or those beside it."""
        return f"{(int(self.code()) + by * 7) % 1_000_000:06}"


async def begin_app(member: Member) -> tuple[App, str]:
    """An app that was set up and not confirmed, and the ticket to do so."""
    begun = await member.does("POST", "/me/codes")
    return App(begun["secret"], member.hub.deps.clock), begun["ticket"]


async def set_up_app(member: Member) -> App:
    """An app whose codes are asked for from now on. Its first code is used up."""
    app, ticket = await begin_app(member)
    shown = await member.does("POST", "/me/codes/confirm", {"ticket": ticket, "code": app.code()})
    return App(app.secret, app.clock, shown["codes"])


async def ticket_of(member: Member) -> str:
    """Half way in: the password was right."""
    answer = well(await member.signs_in())
    assert answer["state"] == "second_factor"
    return str(answer["ticket"])


async def shows_code(member: Member, code: str, ticket: str = "") -> httpx2.Response:
    """The second step; with a ticket of its own, unless there is one."""
    ticket = ticket or await ticket_of(member)
    return await member.submits("/session/second-factor", {"ticket": ticket, "code": code})
