"""What people sign in by, and who they are, stands nowhere in plain: not in the log, not in the database."""

import contextlib
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
import structlog

from hub import logs
from hub.rooms import HOUSE
from hub.settings import Settings
from hub.work.desk import Desk
from tests.clock import VirtualClock
from tests.dumps import dump, raw
from tests.fakes.smtp import Taken, fake_smtp
from tests.hub.mail.opened import by_server
from tests.hub.sessions.apps import set_up_app, shows_code, ticket_of
from tests.hub.sessions.people import Member, shows
from tests.hub.sessions.test_resets import token_in
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD

ADDRESS, AGENT = "198.51.100.77", "Canary/7.1 (Kurkuma OS)"
EMAIL, NAME, BUSINESS = "kurkuma.rao@canary.test", "Kurkuma Rao", "Canary Estates"
WRONG, NEW, NEWER = "wrong kurkuma words", "new kurkuma words", "newer kurkuma words"
OF_PEOPLE = (ADDRESS, AGENT, "kurkuma", "Kurkuma", "canary.test", BUSINESS, PASSWORD, WRONG, NEW, NEWER)


@pytest.fixture
def log(settings: Settings) -> Iterator[io.StringIO]:
    """Everything that the process says, as in production and with nothing left out."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    with contextlib.redirect_stderr(written):
        logs.configure(replace(settings, log_format="json", log_level="debug"))
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class Life:
    """One person's dealings with Parley, and every secret that passed by."""

    def __init__(self, hub: Hub, clock: VirtualClock) -> None:
        self.hub, self.clock = hub, clock
        self.secrets: list[str] = []
        self.copies: list[bytes] = []
        self.member = Member(hub, EMAIL, address=ADDRESS)
        self.member.client.headers["user-agent"] = AGENT

    async def submits(self, path: str, **body: str) -> None:
        await self.member.submits(path, body)
        self.keep()

    def keep(self, *more: str) -> None:
        """Note what the browser holds now."""
        member = self.member
        self.secrets += [one for one in (member.token, member.cookie, member.device, *more) if one]

    def copy(self) -> None:
        """The database as a backup of this moment has it."""
        self.copies.append(raw(dump(self.hub.deps.settings)))

    async def begin(self) -> None:
        """Sign up, go wrong, refresh, sign in again."""
        await self.submits("/sign-up", account_name=BUSINESS, name=NAME, email=EMAIL, password=PASSWORD)
        await self.submits("/session", email=EMAIL, password=WRONG)
        await self.submits("/session", email="not an address kurkuma", password=WRONG)
        await self.submits("/session", email=EMAIL, password=WRONG, kurkuma=NAME)
        await self.submits("/session/refresh")
        await self.submits("/session", email=EMAIL, password=PASSWORD)
        await self.member.does("PATCH", "/me", {"name": f"{NAME} II"})
        await self.member.does("GET", "/me/sessions")

    async def prove(self) -> None:
        """Set an app up, use it, and its recovery codes."""
        app = await set_up_app(self.member)
        await self.clock.advance(seconds=30)
        ticket = await ticket_of(self.member)
        for code in (app.wrong(), app.code(), app.recovery[0]):
            await shows_code(self.member, code, ticket)
        self.keep(app.secret, ticket, *app.recovery)
        await self.member.does("POST", "/me/password", {"current": PASSWORD, "new": NEW})

    async def invite(self) -> None:
        """Somebody who does not come."""
        await self.member.does("POST", "/invitations", {"email": f"friend.of.{EMAIL}", "role": "viewer"})

    async def be_robbed(self) -> None:
        """A cookie that is used twice, tokens that are none."""
        stolen = self.member.cookie
        await self.member.refreshes()
        await self.clock.advance(seconds=11)
        await shows(self.hub, stolen)
        self.keep(stolen)
        self.member.token = f"{self.member.token}x"
        await self.member.asks("GET", "/me")


@pytest.fixture
async def life(settings: Settings, clock: VirtualClock, log: io.StringIO) -> AsyncIterator[Life]:
    """All of it, with the mail that it makes."""
    async with fake_smtp() as server, running_hub(replace(settings, **by_server(server.port)), clock=clock) as hub:
        life = Life(hub, clock)
        await life.begin()
        await life.prove()
        await life.invite()
        await life.submits("/password/forgotten", email=EMAIL)
        life.copy()
        await deliver(hub, "logins.reset")
        life.copy()
        for _ in range(3):
            await deliver(hub, "mail.send")
        [token] = [token_in(letter) for letter in server.taken if "/reset#" in letter.part("plain")]
        life.keep(token, *(link_in(letter) for letter in server.taken if "/join#" in letter.part("plain")))
        await life.submits("/password/reset", token=token, password=NEWER)
        await life.be_robbed()
        life.copy()
        yield life


def link_in(letter: Taken) -> str:
    """What stands in the link of an invitation behind the #."""
    return letter.part("plain").partition("/join#")[2].split()[0]


def found_in(text: str, life: Life) -> list[str]:
    """The canaries that sing."""
    return [secret for secret in (*OF_PEOPLE, *life.secrets) if secret in text or json.dumps(secret)[1:-1] in text]


async def test_there_was_something_to_be_kept_secret(life: Life, log: io.StringIO) -> None:
    assert len(set(life.secrets)) > 20
    assert log.getvalue().count('"route": "sign_in"') >= 4
    assert all(b"session.second_factor" in copy for copy in life.copies)


async def test_the_log_says_nothing_of_it(life: Life, log: io.StringIO) -> None:
    assert found_in(log.getvalue(), life) == []


async def test_a_copy_of_the_database_says_nothing_of_it(life: Life) -> None:
    # Latin-1 takes every byte for a letter: what is ASCII is found as it is, whatever stands around it.
    assert [found_in(copy.decode("latin-1"), life) for copy in life.copies] == [[], [], []]


async def test_a_copy_of_the_keys_says_nothing_of_it(life: Life) -> None:
    copy = raw(dump(life.hub.deps.settings, keys=True))

    assert copy
    assert found_in(copy.decode("latin-1"), life) == []


async def deliver(hub: Hub, name: str) -> None:
    """What a worker does in the next moment."""
    desk = Desk(hub.deps, next(kind for kind in HOUSE.kinds if kind.name == name))
    await desk.sweep()
    await desk.close(timeout_s=5)
