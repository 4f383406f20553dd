"""What goes wrong between a line and its mailbox, and that nothing is lost by it or taken twice."""

import asyncio
import math
import os
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from hub.lines.actions import get_line
from hub.postbox.errors import AWAY, NOT_LET_IN
from hub.postbox.models import Folder
from hub.postbox.watching import LOOKS_EVERY
from hub.settings import Settings
from tests.dovecot import PASSWORD, Dovecot, running_dovecot
from tests.hub.intake.webhooks import ledger_of
from tests.hub.postbox.mailroom import Mailroom, a_mail, at_work, mailroom, reaching, ripen, words
from tests.hub.postbox.scripted import get_more, scripted
from tests.processes import ROOT


@pytest.fixture
async def dovecot() -> AsyncIterator[Dovecot]:
    """A server with an empty mailbox."""
    async with running_dovecot() as dovecot:
        yield dovecot


@pytest.fixture
async def room(settings: Settings, dovecot: Dovecot) -> AsyncIterator[Mailroom]:
    """A line with that mailbox, and nobody at work yet."""
    async with mailroom(settings, dovecot) as room:
        yield room


async def test_after_the_server_was_away_what_came_meanwhile_is_taken(room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read()
        await room.dovecot.deliver(a_mail("Before"))
        await room.has(1)

        room.dovecot.kill()
        await room.until(lambda folder: folder.trouble and folder.trouble.code == AWAY.code)
        await room.dovecot.start()
        await room.dovecot.deliver(a_mail("After"))

        assert words(await room.has(2, within_s=30)) == ["Before", "After"]
        assert (await room.is_read()).trouble is None


async def test_a_server_that_stays_away_is_asked_less_and_less_often(room: Mailroom) -> None:
    room.dovecot.kill()
    pauses: list[int] = []
    async with at_work(room.deps):
        for times in (1, 2, 3):
            await room.until(lambda folder, times=times: folder.trouble and folder.trouble.times == times)
            await room.until(lambda folder: folder.due_at - datetime.now(UTC) < timedelta(seconds=60))
            folder = await room.folder()
            assert folder.due_at
            # Some of it has passed when a busy machine looks.
            pauses.append(math.ceil((folder.due_at - datetime.now(UTC)) / timedelta(seconds=5)) * 5)
            await ripen(room)

    assert pauses == [5, 10, 20]


async def test_when_the_uids_count_no_more_only_what_is_new_is_a_message(room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read()
        await room.dovecot.deliver(a_mail("Before", id="before@example.org"))
        await room.has(1)
        validity = (await room.is_read()).validity

        room.dovecot.kill()
        room.dovecot.forget_uids()
        await asyncio.sleep(1)
        await room.dovecot.start()
        await room.dovecot.deliver(a_mail("After", id="after@example.org"))
        await room.until(lambda folder: folder.validity not in (None, validity), within_s=30)
        mails = await room.has(3)

        # The ledger has the first one twice, and by its Message-ID it is one message.
        assert words(mails) == ["Before", "Before", "After"]


async def test_a_wrong_password_is_told_and_tried_again_in_an_hour(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot, imap_password="wrong") as room, at_work(room.deps):
        await room.until(lambda folder: folder.trouble is not None and folder.trouble.code == NOT_LET_IN.code)
        await room.until(lambda folder: folder.due_at > datetime.now(UTC) + timedelta(minutes=59))
        await room.deps.pulses.write()

        health = (await get_line(room.deps, room.line.account, room.line.id)).health
        assert health.failed_code == "wrong_key"


async def test_the_right_password_is_tried_at_once(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot, imap_password="wrong") as room, at_work(room.deps):
        await room.until(lambda folder: folder.trouble is not None)

        await room.changes(imap_password=PASSWORD)

        assert (await room.is_read()).trouble is None


async def test_another_mailbox_is_begun_anew(room: Mailroom) -> None:
    async with running_dovecot() as other, at_work(room.deps):
        await room.is_read()
        before = await room.folder()
        await other.deliver(a_mail("Old"), at=datetime.now(UTC) - timedelta(hours=1))

        await room.changes(imap_host="localhost", imap_port=str(other.port), imap_password=PASSWORD)
        await room.until(lambda folder: folder.id != before.id and folder.seen_at is not None)
        await other.deliver(a_mail("New"))

        assert words(await room.has(1)) == ["New"]


async def test_of_two_workers_one_reads(room: Mailroom) -> None:
    async with at_work(room.deps), at_work(room.deps):
        await room.is_read()
        await room.dovecot.deliver_all([a_mail(f"Number {number}") for number in range(20)])
        await room.has(20)

        events = await room.has_no_more_than(20)
        assert {event.repeats for event in events} == {0}


async def test_a_worker_that_stops_lets_go_at_once_and_another_goes_on(room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read()
        begun = time.monotonic()
    took_s = time.monotonic() - begun

    async with at_work(room.deps):
        await room.dovecot.deliver(a_mail("Hello"))
        mails = await room.has(1)

    assert took_s < 2
    assert words(mails) == ["Hello"]


async def test_who_dies_between_storing_and_noting_has_stored_it_once(settings: Settings, room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read()
    await room.dovecot.deliver(a_mail("Hello"))
    known = {
        "PATH": os.environ["PATH"],
        "PARLEY_MONGODB_URL": settings.mongodb_url.reveal(),
        "PARLEY_MONGODB_DATABASE": settings.mongodb_database,
        "PARLEY_REDIS_URL": settings.redis_url.reveal(),
        "PARLEY_MASTER_KEY": settings.master_key.reveal(),
        "PARLEY_EGRESS_ALLOW": "127.0.0.0/8",
    }

    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.hub.postbox.dying", cwd=ROOT, env=known)
    async with asyncio.timeout(60):
        killed_by = -await process.wait()
    await ripen(room)
    async with at_work(room.deps):
        await room.dovecot.deliver(a_mail("Are you there?"))
        mails = await room.has(2)

    assert (killed_by, words(mails)) == (9, ["Hello", "Are you there?"])
    assert [event.repeats for event in await ledger_of(room.deps)] == [1, 0]


async def test_a_server_without_idle_is_asked_now_and_then(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.postbox.imap.ASKED_EVERY_S", 0.2)
    async with (
        running_dovecot(capability="IMAP4rev1") as dovecot,
        mailroom(settings, dovecot) as room,
        at_work(room.deps),
    ):
        await room.is_read()

        await dovecot.deliver(a_mail("Hello"))

        assert words(await room.has(1)) == ["Hello"]


async def test_a_mail_that_comes_while_another_is_read_does_not_wait_for_the_next_look(settings: Settings) -> None:
    async with (
        scripted(**get_more(1, 2)) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        mails = await room.has(2, within_s=LOOKS_EVERY.total_seconds() / 2)

        assert words(mails) == ["Number 1", "Number 2"]


async def test_who_waits_for_a_place_gets_it(
    settings: Settings, room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.postbox.watching.LOOKS_EVERY", timedelta(seconds=1))
    monkeypatch.setattr("hub.postbox.watching.PATIENCE", timedelta(seconds=1))

    async with at_work(room.deps, slots=1):
        inbox, sent = await room.is_read(Folder.INBOX), await room.is_read(Folder.SENT)

    assert inbox.trouble is sent.trouble is None


async def test_a_host_that_parley_does_not_contact_is_no_mailbox(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot, imap_host="10.0.0.1") as room, at_work(room.deps):
        await room.until(lambda folder: folder.trouble is not None)

        trouble = (await room.folder()).trouble
        assert trouble and trouble.code == "address_not_allowed"
        assert reaching(settings).egress_allow
