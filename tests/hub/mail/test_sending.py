"""From an action that posts a letter to a mail server that has it: once, sealed meanwhile, and nothing left behind."""

import asyncio
import contextlib
import io
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from hub import logs
from hub.access import OPERATOR
from hub.act import Act
from hub.deps import Deps
from hub.keys.resealing import reseal_collection
from hub.mail.actions import is_set_up, post
from hub.mail.errors import MailNotSetUp
from hub.mail.jobs import KINDS, hand_over
from hub.mail.letters import password_reset
from hub.mail.models import MAILS
from hub.settings import Settings
from hub.store.embedded import free_port
from hub.store.mongo import Document
from hub.work.actions import revive
from hub.work.attempt import backoff
from hub.work.desk import Desk
from hub.work.kinds import Kind
from hub.work.worker import Worker, working
from tests.clock import VirtualClock
from tests.dumps import dump, raw
from tests.fakes.smtp import FakeSmtp, fake_smtp
from tests.hub.mail.opened import by_server, opened

(KIND,) = KINDS
SCOPE = "acme"
TO = "asha@example.test"
CANARY = "secret-of-the-link"
LETTER = password_reset(f"https://parley.example.com/reset#{CANARY}")


async def work(deps: Deps, kind: Kind = KIND) -> None:
    """What a worker does when it looks."""
    desk = Desk(deps, kind)
    await desk.sweep()
    await desk.close(timeout_s=10)


async def until(claim: Callable[[], bool], within_s: float = 30) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(within_s):
        while not claim():
            await asyncio.sleep(0.02)


async def stored(deps: Deps) -> list[Document]:
    return await deps.mongo[MAILS].find({}, limit=10)


@pytest.fixture
async def server() -> AsyncIterator[FakeSmtp]:
    async with fake_smtp() as fake:
        yield fake


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock, server: FakeSmtp) -> AsyncIterator[Deps]:
    async with opened(settings, clock, **by_server(server.port)) as deps:
        yield deps


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """All that is logged, in JSON; afterwards logging is as it was."""
    root, written = logging.getLogger(), io.StringIO()
    level = root.level
    root.handlers.clear()
    with contextlib.redirect_stderr(written):
        logs.configure(Settings(log_format="json", log_level="debug"))
    yield written
    root.handlers.clear()
    root.setLevel(level)
    structlog.reset_defaults()


# When all is well


async def test_posted_letter_is_sent_once_and_forgotten(deps: Deps, server: FakeSmtp) -> None:
    await post(deps, SCOPE, TO, LETTER)

    await work(deps)
    await work(deps)

    (taken,) = server.taken
    assert (taken.sender, taken.recipients) == ("parley@example.com", [TO])
    assert taken.part("plain") == LETTER.text
    assert await stored(deps) == []


async def test_posting_rings_the_bell(settings: Settings, clock: VirtualClock, server: FakeSmtp) -> None:
    async with (
        opened(settings, clock, work_sweep_s=30, **by_server(server.port)) as deps,
        working(Worker(deps, KINDS, deps.settings.redis_url.reveal())) as worker,
    ):
        await until(lambda: worker.bell_works)

        await post(deps, SCOPE, TO, LETTER)

        await until(lambda: bool(server.taken))


async def test_waiting_letter_is_sealed_under_its_scope(settings: Settings, deps: Deps) -> None:
    await post(deps, SCOPE, TO, LETTER)

    (document,) = await stored(deps)
    kept = raw(dump(settings))
    assert document["account"] == SCOPE
    assert document["_id"].encode() in kept
    assert not any(word in kept for word in (CANARY.encode(), TO.encode(), LETTER.subject.encode()))


async def test_letter_is_sealed_anew_with_the_rest(deps: Deps, server: FakeSmtp) -> None:
    await post(deps, SCOPE, TO, LETTER)
    version = await deps.sealer.add_version(SCOPE)

    assert MAILS in deps.declared.sealed
    assert await reseal_collection(deps, MAILS, SCOPE, version) == 1
    await deps.sealer.forget_before(SCOPE, version)
    await work(deps)
    assert len(server.taken) == 1


async def test_repeat_can_be_known_for_one(deps: Deps, server: FakeSmtp, clock: VirtualClock) -> None:
    await post(deps, SCOPE, TO, LETTER)
    (document,) = await stored(deps)

    await hand_over(deps, document)
    await clock.advance(minutes=5)
    await hand_over(deps, document)

    first, second = (taken.message for taken in server.taken)
    assert first["Message-ID"] == second["Message-ID"] == f"<{document['_id']}@example.com>"
    assert first["Date"] == second["Date"]


@pytest.mark.parametrize(
    ("public_url", "hello"),
    [
        ("https://parley.example.com/", "parley.example.com"),
        ("", "[127.0.0.1]"),
        ("http://localhost:8000", "[127.0.0.1]"),
        ("https://[2001:db8::1]", "[127.0.0.1]"),
        ("https://bücher.example", "[127.0.0.1]"),
    ],
)
async def test_hub_introduces_itself_by_its_public_name(
    settings: Settings, clock: VirtualClock, server: FakeSmtp, public_url: str, hello: str
) -> None:
    async with opened(settings, clock, public_url=public_url, **by_server(server.port)) as deps:
        await post(deps, SCOPE, TO, LETTER)

        await work(deps)

        assert [taken.hello for taken in server.taken] == [hello]


# When it is not


async def test_server_that_says_later_is_asked_later(deps: Deps, server: FakeSmtp, clock: VirtualClock) -> None:
    server.replies["RCPT"] = "450 4.2.0 Greylisted, come back"
    await post(deps, SCOPE, TO, LETTER)
    await work(deps)
    server.replies.clear()

    await work(deps)
    before = len(server.taken)
    await clock.advance(seconds=KIND.backoff.total_seconds() * 1.2)
    await work(deps)

    assert (before, len(server.taken)) == (0, 1)
    assert await stored(deps) == []


async def test_letter_waits_for_a_server_that_is_away(settings: Settings, clock: VirtualClock) -> None:
    port = free_port()
    async with opened(settings, clock, **by_server(port)) as deps:
        await post(deps, SCOPE, TO, LETTER)
        await work(deps)
        async with fake_smtp(port=port) as server:
            await clock.advance(minutes=1)

            await work(deps)

            assert [taken.recipients for taken in server.taken] == [[TO]]


def test_letter_outlasts_a_night_without_the_server() -> None:
    pauses = [backoff(KIND, attempt) for attempt in range(1, KIND.attempts)]

    assert timedelta(hours=12) < sum(pauses, timedelta()) < timedelta(hours=20)


async def test_letter_that_nobody_took_for_long_is_given_up(settings: Settings, clock: VirtualClock) -> None:
    async with opened(settings, clock, **by_server(free_port())) as deps:
        await post(deps, SCOPE, TO, LETTER)

        for _ in range(2):
            await work(deps, replace(KIND, attempts=2))
            await clock.advance(minutes=1)

        (document,) = await stored(deps)
        assert document["buried"]["reason"] == "The mail server cannot be reached, or breaks off."


async def test_refused_letter_is_given_up_at_once_and_says_why(deps: Deps, server: FakeSmtp) -> None:
    server.replies["RCPT"] = f"550 5.1.1 <{TO}>: unknown"
    await post(deps, SCOPE, TO, LETTER)

    await work(deps)

    (document,) = await stored(deps)
    assert "due_at" not in document
    assert document["buried"]["reason"] == (
        "The mail server refuses this recipient for good (550 5.1.1): it knows no such address."
    )


@pytest.mark.parametrize("reply", [f"550 5.1.1 <{TO}>: unknown", f"450 <{TO}>: later", "250 OK"])
async def test_address_is_in_no_line_of_the_log(deps: Deps, server: FakeSmtp, log: io.StringIO, reply: str) -> None:
    server.replies["RCPT"] = reply
    await post(deps, SCOPE, TO, LETTER)

    await work(deps)

    assert not any(word in log.getvalue() for word in (TO, CANARY, "unknown", "later"))


async def test_log_names_the_letter_and_the_code(deps: Deps, server: FakeSmtp, log: io.StringIO) -> None:
    server.replies["RCPT"] = "550 no"
    await post(deps, SCOPE, TO, LETTER)

    await work(deps)

    (document,) = await stored(deps)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    (buried,) = [line for line in lines if line["event"] == "work_buried"]
    assert (buried["kind"], buried["work"], buried["account"]) == ("mail.send", document["_id"], SCOPE)
    assert buried["error"] == "MailRefused: The mail server refuses this recipient for good (550)."


async def test_revived_letter_is_sent(deps: Deps, server: FakeSmtp) -> None:
    server.replies["RCPT"] = "550 no"
    await post(deps, SCOPE, TO, LETTER)
    await work(deps)
    server.replies.clear()
    (document,) = await stored(deps)

    await revive(Act(deps, OPERATOR, "an-id"), KIND, document["_id"])
    await work(deps)

    assert len(server.taken) == 1
    assert await stored(deps) == []


async def test_what_is_no_address_is_given_up_without_being_told(deps: Deps, server: FakeSmtp) -> None:
    await post(deps, SCOPE, f"{TO}\r\nBcc: all@example.test", LETTER)

    await work(deps)

    (document,) = await stored(deps)
    assert document["buried"]["reason"] == "This does not go to an address that mail can be sent to."
    assert server.taken == []


async def test_letter_to_somebody_who_was_erased_goes_unsent(deps: Deps, server: FakeSmtp) -> None:
    await post(deps, SCOPE, TO, LETTER)
    await deps.sealer.erase(SCOPE)

    await work(deps)

    assert (server.taken, await stored(deps)) == ([], [])
    assert not await deps.sealer.has_keys(SCOPE)


async def test_what_nobody_sends_is_not_kept_for_good(deps: Deps) -> None:
    index = (await deps.mongo[MAILS].indexes())["made_at_1"]

    assert index["expireAfterSeconds"] == 7 * 24 * 60 * 60


async def test_without_a_server_nothing_is_posted(settings: Settings, clock: VirtualClock) -> None:
    async with opened(settings, clock) as deps:
        with pytest.raises(MailNotSetUp, match="PARLEY_MAIL_URL and PARLEY_MAIL_FROM"):
            await post(deps, SCOPE, TO, LETTER)

        assert not is_set_up(deps)
        assert await stored(deps) == []


async def test_with_a_server_mail_is_set_up(deps: Deps) -> None:
    assert is_set_up(deps)
