"""A line reads its mailbox, at a real Dovecot: what comes, what does not, and what lies there already."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from channels.mail.reading import MAIL_TYPE
from hub.lines.actions import remove_line
from hub.postbox import repository
from hub.postbox.errors import NO_FOLDER
from hub.postbox.models import Folder
from hub.postbox.watching import LOOKS_EVERY
from hub.settings import Settings
from tests.dovecot import PASSWORD, Dovecot, running_dovecot
from tests.hub.lines.connected import act_in
from tests.hub.postbox.mailroom import Mailroom, a_mail, at_work, mailroom, words


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


async def test_a_mail_that_comes_is_in_the_ledger_before_anybody_looks_again(room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read()

        await room.dovecot.deliver(a_mail("Hello"))
        (posted,) = await room.has(1, within_s=LOOKS_EVERY.total_seconds() / 2)

        assert (words([posted]), posted.content_type, posted.query) == (["Hello"], MAIL_TYPE, {"folder": "inbox"})


async def test_what_lay_there_before_the_line_was_connected_is_not_taken(settings: Settings, dovecot: Dovecot) -> None:
    await dovecot.deliver(a_mail("Old"), at=datetime.now(UTC) - timedelta(minutes=5))
    async with mailroom(settings, dovecot) as room, at_work(room.deps):
        await room.is_read()

        await dovecot.deliver(a_mail("New"))
        await room.has(1)

        await room.has_no_more_than(1)
        assert words(await room.has(1)) == ["New"]


async def test_what_came_before_the_first_look_and_after_the_line_was_made_is_taken(room: Mailroom) -> None:
    await room.dovecot.deliver(a_mail("Early"))
    await asyncio.sleep(2)

    async with at_work(room.deps):
        mails = await room.has(1)

    assert words(mails) == ["Early"]


async def test_an_old_mail_that_is_moved_into_the_inbox_is_no_news(room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read()

        await room.dovecot.deliver(a_mail("From last year"), at=datetime.now(UTC) - timedelta(days=365))
        await room.dovecot.deliver(a_mail("From today"))
        mails = await room.has(1)

        assert words(mails) == ["From today"]


async def test_nothing_is_changed_in_the_mailbox(room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read()
        await room.dovecot.deliver(a_mail())
        await room.has(1)

        flags = await asyncio.to_thread(room.dovecot.flags)

        assert [set(one) - {"\\Recent"} for one in flags] == [set()]


async def test_a_flood_is_taken_whole_and_each_mail_once(room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read()

        await room.dovecot.deliver_all([a_mail(f"Number {number}") for number in range(200)])
        await room.has(200, within_s=60)
        await room.until(lambda folder: folder.next_uid == 201)

        mails = await room.has(200)
        assert sorted(words(mails)) == sorted(f"Number {number}" for number in range(200))


async def test_sent_mail_is_read_from_the_folder_that_the_server_says_it_is(room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read(Folder.SENT)

        await room.dovecot.deliver(a_mail("We come on Tuesday.", sender="sales@example.com"), "Gone out")
        (posted,) = await room.has(1)

        assert (words([posted]), posted.query) == (["We come on Tuesday."], {"folder": "sent"})


async def test_sent_mail_is_read_from_the_folder_that_the_line_names(settings: Settings) -> None:
    folders = 'mailbox "Auslaufend ä" {\n auto = create\n }\n mailbox Sent {\n auto = create\n }'
    async with (
        running_dovecot(sent=folders) as dovecot,
        mailroom(settings, dovecot, imap_sent="Auslaufend ä") as room,
        at_work(room.deps),
    ):
        await room.is_read(Folder.SENT)

        await dovecot.deliver(a_mail("Named"), "Auslaufend ä")

        assert words(await room.has(1)) == ["Named"]


async def test_sent_mail_is_read_from_a_folder_that_is_called_as_such_folders_are(settings: Settings) -> None:
    folders = "mailbox Gesendet {\n auto = create\n }"
    async with running_dovecot(sent=folders) as dovecot, mailroom(settings, dovecot) as room, at_work(room.deps):
        await room.is_read(Folder.SENT)

        await dovecot.deliver(a_mail("Gesendet"), "Gesendet")

        assert words(await room.has(1)) == ["Gesendet"]


async def test_without_a_folder_of_sent_mail_the_inbox_is_read_all_the_same(settings: Settings) -> None:
    async with running_dovecot(sent="") as dovecot, mailroom(settings, dovecot) as room, at_work(room.deps):
        await room.is_read()
        await room.until(lambda folder: folder.trouble is not None, Folder.SENT)

        await dovecot.deliver(a_mail("Hello"))

        assert words(await room.has(1)) == ["Hello"]
        trouble = (await room.folder(Folder.SENT)).trouble
        assert trouble and trouble.code == NO_FOLDER.code


async def test_a_line_without_a_mailbox_has_nothing_to_read(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot, imap_host="") as room, at_work(room.deps):
        await room.is_looked_at()

        assert not await room.folders()


async def test_a_mailbox_that_is_entered_later_is_read_from_then_on(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot, imap_host="") as room, at_work(room.deps):
        await room.is_looked_at()

        await room.changes(imap_host="127.0.0.1", imap_password=PASSWORD)
        await room.is_read()

        await dovecot.deliver(a_mail("Hello"))

        assert words(await room.has(1)) == ["Hello"]


async def test_nobody_reads_the_mailbox_of_a_line_that_was_removed(room: Mailroom) -> None:
    async with at_work(room.deps):
        await room.is_read()

        await remove_line(act_in(room.deps, room.line.account), room.line.id)
        async with asyncio.timeout(30):
            while await repository.list_of_line(room.deps.mongo, room.line.account, room.line.id):
                await asyncio.sleep(0.02)
        await room.dovecot.deliver(a_mail())

        await room.has_no_more_than(0)


async def test_of_a_mail_that_is_too_long_the_beginning_is_taken(
    room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.postbox.taking.MOST_BYTES", 1_000)
    raw = a_mail("x" * 5_000)
    async with at_work(room.deps):
        await room.is_read()

        await room.dovecot.deliver(raw)
        (posted,) = await room.has(1)

        assert posted.body == raw[:1_000]
        assert posted.query == {"folder": "inbox", "cut": str(len(raw))}
