"""A forgotten password: whoever reads the mail of the address sets a new one, and strangers learn nothing."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
import pytest

from hub.logins import actions, resets
from hub.rooms import HOUSE
from hub.settings import Settings
from hub.work.desk import Desk
from tests.clock import VirtualClock
from tests.fakes.smtp import FakeSmtp, Taken, fake_smtp
from tests.hub.mail.opened import by_server
from tests.hub.sessions.apps import set_up_app
from tests.hub.sessions.commands import Commands
from tests.hub.sessions.people import EMAIL, Member, sign_in, sign_up
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, code_of, well

NEW, NEWER = "staple paper clip", "seven blue lamps"
NOBODY = "nobody@example.test"
SPENT = (422, "slip_spent")


@pytest.fixture
async def server() -> AsyncIterator[FakeSmtp]:
    """Where the mail goes."""
    async with fake_smtp() as server:
        yield server


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock, commands: Commands, server: FakeSmtp) -> AsyncIterator[Hub]:
    """A hub that sends mail."""
    mailing = replace(settings, **by_server(server.port))
    async with running_hub(mailing, clock=clock, listeners=(commands,)) as hub:
        yield hub


async def ask(hub: Hub, email: str = EMAIL) -> httpx2.Response:
    """Somebody has forgotten a password."""
    return await Member(hub).submits("/password/forgotten", {"email": email})


async def deliver(hub: Hub) -> None:
    """What a worker does in the next moment."""
    for name in ("logins.reset", "mail.send"):
        desk = Desk(hub.deps, next(kind for kind in HOUSE.kinds if kind.name == name))
        await desk.sweep()
        await desk.close(timeout_s=5)


async def mailed(hub: Hub, server: FakeSmtp, email: str = EMAIL) -> str:
    """What stands in the link of the letter, behind the #."""
    # First what waits since signing up: one round takes but a few letters.
    await deliver(hub)
    assert (await ask(hub, email)).status_code == 202
    await deliver(hub)
    return token_in(resets_in(server)[-1])


def resets_in(server: FakeSmtp) -> list[Taken]:
    """The letters about a new password: signing up brings another one."""
    return [letter for letter in server.taken if letter.message["Subject"] == "Set a new password"]


def token_in(letter: Taken) -> str:
    """What stands in the link behind the #."""
    [token] = set(re.findall(r"/reset#([\w-]+)", letter.part("plain")))
    return str(token)


async def use(hub: Hub, token: str, password: str = NEW) -> httpx2.Response:
    """Follow the link."""
    return await Member(hub).submits("/password/reset", {"token": token, "password": password})


async def test_by_the_link_that_was_mailed_one_sets_a_new_password(hub: Hub, asha: Member, server: FakeSmtp) -> None:
    answer = await use(hub, await mailed(hub, server))

    assert (answer.status_code, answer.content) == (204, b"")
    assert code_of(await Member(hub).signs_in()) == (401, "wrong_credentials")
    assert await (await sign_in(hub, password=NEW)).is_in()


async def test_the_letter_goes_to_the_address_and_tells_nobody_on_the_way(
    hub: Hub, asha: Member, server: FakeSmtp
) -> None:
    token = await mailed(hub, server)

    [letter] = resets_in(server)
    assert letter.recipients == [EMAIL]
    assert f"{hub.deps.settings.base_url}/reset#{token}" in letter.part("plain").splitlines()
    assert len(token) >= 43


@pytest.mark.parametrize("typed", ["ASHA@EXAMPLE.TEST", "asha@\uff45xample.test", "asha@example\u3002test"])
async def test_the_letter_goes_to_the_address_as_it_is_stored_not_as_it_was_typed(
    hub: Hub, asha: Member, server: FakeSmtp, typed: str
) -> None:
    await mailed(hub, server, typed)

    assert [letter.recipients for letter in resets_in(server)] == [[EMAIL]]


async def test_asking_is_answered_alike_whether_the_address_is_known_or_not(hub: Hub, asha: Member) -> None:
    known, unknown = await ask(hub), await ask(hub, NOBODY)

    assert (known.status_code, known.content, unknown.content) == (202, b"", b"")
    assert told_of(known) == told_of(unknown)


def told_of(answer: httpx2.Response) -> dict[str, str]:
    """Everything but the id of the request."""
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}


async def test_asking_costs_the_same_whether_the_address_is_known_or_not(
    hub: Hub, asha: Member, commands: Commands
) -> None:
    await ask(hub, NOBODY)
    commands.take()

    await ask(hub)
    for_known = commands.take()
    await ask(hub, NOBODY)

    assert for_known == commands.take()
    assert "find logins" not in for_known


async def test_nobody_gets_a_letter_whose_address_is_unknown(hub: Hub, asha: Member, server: FakeSmtp) -> None:
    await ask(hub, NOBODY)
    await deliver(hub)

    assert [letter for letter in server.taken if letter.recipients != [EMAIL]] == resets_in(server) == []
    assert await hub.deps.mongo["resets"].find_one({}) is None


async def test_a_link_is_good_once(hub: Hub, asha: Member, server: FakeSmtp) -> None:
    token = await mailed(hub, server)
    await use(hub, token)

    assert code_of(await use(hub, token, NEWER)) == SPENT
    assert await (await sign_in(hub, password=NEW)).is_in()


async def test_of_many_who_follow_it_at_the_same_moment_one_sets_the_password(
    hub: Hub, asha: Member, server: FakeSmtp
) -> None:
    token = await mailed(hub, server)

    answers = await asyncio.gather(*(use(hub, token, f"{NEW} {one}") for one in range(5)))

    assert sorted(answer.status_code for answer in answers) == [204, 422, 422, 422, 422]


async def test_a_link_is_good_for_an_hour(hub: Hub, asha: Member, server: FakeSmtp, clock: VirtualClock) -> None:
    token = await mailed(hub, server)

    await clock.advance(minutes=59, seconds=59)
    weak = await use(hub, token, "short")
    await clock.advance(seconds=1)

    assert code_of(weak) == (422, "weak_password")
    assert code_of(await use(hub, token)) == SPENT


async def test_a_link_dies_when_a_newer_one_is_made(hub: Hub, asha: Member, server: FakeSmtp) -> None:
    older, newer = await mailed(hub, server), await mailed(hub, server)

    assert code_of(await use(hub, older)) == SPENT
    assert (await use(hub, newer)).is_success


async def test_of_links_that_were_made_at_the_same_moment_none_outlives_the_use_of_another(
    hub: Hub, asha: Member
) -> None:
    login = await actions.find(hub.deps, EMAIL)
    assert login
    links = await asyncio.gather(*(resets.new_link(hub.deps, login) for _ in range(4)))
    tokens = [link.partition("#")[2] for link in links]

    answers = [await use(hub, token) for token in tokens]

    assert [answer.status_code for answer in answers].count(204) == 1


async def test_a_link_dies_when_the_password_is_changed(hub: Hub, asha: Member, server: FakeSmtp) -> None:
    token = await mailed(hub, server)

    await asha.does("POST", "/me/password", {"current": PASSWORD, "new": NEWER})

    assert code_of(await use(hub, token)) == SPENT


async def test_a_weak_password_leaves_the_link_good(hub: Hub, asha: Member, server: FakeSmtp) -> None:
    token = await mailed(hub, server)

    assert code_of(await use(hub, token, EMAIL)) == (422, "weak_password")
    assert (await use(hub, token)).is_success


async def test_what_is_no_link_sets_nothing(hub: Hub, asha: Member) -> None:
    answers = [await use(hub, token) for token in ("x", "\0", "💥" * 50, "a" * 200, "{}", "$ne")]

    assert {code_of(answer) for answer in answers} == {SPENT}


async def test_the_owner_of_the_address_is_told_that_the_password_was_changed(
    hub: Hub, asha: Member, server: FakeSmtp
) -> None:
    await use(hub, await mailed(hub, server))
    await deliver(hub)

    assert server.taken[-1].message["Subject"] == "Your password was changed"


async def test_what_a_squatter_has_set_up_under_the_address_is_gone(
    hub: Hub, asha: Member, server: FakeSmtp, clock: VirtualClock
) -> None:
    squatter = await sign_up(hub, "cleo@example.test", name="Squat")
    await set_up_app(squatter)

    await use(hub, await mailed(hub, server, "cleo@example.test"))
    await clock.advance(seconds=5)

    assert not await squatter.is_in()
    assert code_of(await squatter.refreshes()) == (401, "signed_out")
    assert await (await sign_in(hub, "cleo@example.test", password=NEW)).is_in()


async def test_an_app_stays_when_the_address_was_proved_before(hub: Hub, asha: Member, server: FakeSmtp) -> None:
    await use(hub, await mailed(hub, server))
    again = await sign_in(hub, password=NEW)
    await set_up_app(again)

    await use(hub, await mailed(hub, server), NEWER)

    assert well(await Member(hub).signs_in(NEWER))["state"] == "second_factor"


async def test_a_link_to_a_login_that_is_gone_leads_nowhere(hub: Hub, asha: Member, server: FakeSmtp) -> None:
    token = await mailed(hub, server)
    await asha.does("POST", "/account/close", {"name": "Acme"})

    assert code_of(await use(hub, token)) == SPENT


async def test_asking_for_one_address_is_slowed_down_and_for_others_is_not(hub: Hub, asha: Member) -> None:
    answers = [await ask(hub) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [202] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert (await ask(hub, NOBODY)).status_code == 202


async def test_whoever_has_tried_too_many_passwords_can_ask_for_a_new_one(hub: Hub, asha: Member) -> None:
    tries = [await Member(hub).signs_in("forgotten") for _ in range(12)]

    assert tries[-1].status_code == 429
    assert (await ask(hub)).status_code == 202


@pytest.mark.parametrize("email", [EMAIL, NOBODY])
async def test_without_mail_everybody_is_told_that_there_is_none(
    settings: Settings, clock: VirtualClock, email: str
) -> None:
    async with running_hub(settings, clock=clock) as hub:
        await sign_up(hub)

        refused = await ask(hub, email)

        assert refused.json()["error"]["code"] == "mail_not_set_up"
        assert await hub.deps.mongo["resets"].find_one({}) is None


async def test_asking_says_nothing_of_the_address_in_the_audit_log(hub: Hub, asha: Member) -> None:
    await ask(hub)

    entry = await hub.deps.mongo["audit"].find_one({"action": "password.forgotten"}) or {}
    assert (entry["account"], entry["target"]) == ("installation", {"login": "unknown"})
