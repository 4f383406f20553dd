"""Mails of a mailbox that cannot be taken: the others go past them, and none of them is lost unseen."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.files.errors import FileStoreAway
from hub.intake import ledger
from hub.postbox import repository, taking
from hub.postbox.errors import NOT_KEPT, UNREADABLE
from hub.postbox.models import Held
from hub.settings import Settings
from tests.dovecot import Dovecot, running_dovecot
from tests.hub.postbox.mailroom import Mailroom, a_mail, at_work, mailroom, ripen, words
from tests.hub.postbox.scripted import HANG_UP, has_mails, scripted


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


async def is_given_up(room: Mailroom) -> None:
    """The first mail that is held has been tried for the last time."""
    await room.until(lambda folder: folder.held)
    folder, now = await room.folder(), datetime.now(UTC)
    last = [Held(one.uid, len(taking.PAUSES), now, one.code, one.came_at) for one in folder.held]
    await repository.change(room.deps.mongo, folder.account, folder.id, held=last, due_at=now)
    await room.until(lambda folder: folder.left_out)


def storing_fails(monkeypatch: pytest.MonkeyPatch, *, but: str = "nothing") -> None:
    """What large mails are stored in is away."""
    keep = ledger.keep

    async def failing(*args: Any) -> Any:
        if but.encode() in args[3].body:
            return await keep(*args)
        raise FileStoreAway("The store of the files cannot be used.")

    monkeypatch.setattr(ledger, "keep", failing)


@pytest.mark.parametrize("refusal", ["{tag} NO broken\r\n", HANG_UP], ids=["refused", "hung up"])
async def test_a_mail_that_the_server_does_not_hand_out_is_not_in_the_way_of_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, refusal: str
) -> None:
    monkeypatch.setattr("hub.postbox.watching.PAUSE", timedelta(seconds=0.1))
    async with (
        scripted(**has_mails(1, 2, 3, refuses={2: refusal})) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        mails = await room.has(2, within_s=30)
        await room.until(lambda folder: folder.seen_at is not None, within_s=30)

        assert words(mails) == ["Number 1", "Number 3"]
        assert [one.uid for one in (await room.folder()).held] == [2]


async def test_with_many_mails_that_are_not_handed_out_it_is_the_server_that_has_a_disturbance(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_HELD", 2)
    refuses = dict.fromkeys((1, 2, 3), "{tag} NO broken\r\n")
    async with (
        scripted(**has_mails(1, 2, 3, refuses=refuses)) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        await room.until(lambda folder: folder.trouble is not None)

        folder = await room.folder()
        assert (len(folder.held), folder.next_uid) == (2, 3)


@pytest.mark.parametrize(
    "told", ['INTERNALDATE "00-Jan-1970 00:00:00 +0000" RFC822.SIZE 50', "INTERNALDATE NIL", "RFC822.SIZE 50"]
)
async def test_a_mail_with_a_date_that_makes_no_sense_is_taken_and_so_are_the_others(
    settings: Settings, told: str
) -> None:
    async with (
        scripted(**has_mails(1, 2, tells={1: told})) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        assert words(await room.has(2)) == ["Number 1", "Number 2"]


async def test_what_a_server_tells_by_itself_of_another_mail_is_no_answer(settings: Settings) -> None:
    async with (
        scripted(**has_mails(1, 2, tells={1: "FLAGS (\\Seen)"})) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        assert words(await room.has(1)) == ["Number 2"]


async def test_a_mail_that_was_held_is_taken_when_it_can_be(settings: Settings) -> None:
    async with (
        scripted(**has_mails(1, 2, refuses={1: "{tag} NO broken\r\n"})) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        await room.has(1)
        server.answers.update(has_mails(1, 2))
        await ripen(room)

        mails = await room.has(2)
        await room.until(lambda folder: folder.held == [])

        assert words(mails) == ["Number 2", "Number 1"]


async def test_a_mail_that_never_can_be_taken_is_given_up_in_the_end(settings: Settings) -> None:
    async with (
        scripted(**has_mails(1, refuses={1: "{tag} NO broken\r\n"})) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        for tries in range(2, len(taking.PAUSES) + 1):
            await room.until(lambda folder, tries=tries: folder.held and folder.held[0].tries == tries)
            await ripen(room)
        await room.until(lambda folder: folder.left_out)

        folder = await room.folder()
        assert (folder.held, [one.uid for one in folder.left_out]) == ([], [1])


async def test_what_was_given_up_is_tried_anew_when_somebody_has_changed_the_line(settings: Settings) -> None:
    async with (
        scripted(**has_mails(1, refuses={1: "{tag} NO broken\r\n"})) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        await is_given_up(room)
        server.answers.update(has_mails(1))

        await room.changes(imap_password="another password")

        assert words(await room.has(1)) == ["Number 1"]
        await room.until(lambda folder: (folder.held, folder.left_out) == ([], []))


async def test_what_was_held_is_found_again_when_the_uids_count_no_more(settings: Settings) -> None:
    now = datetime.now(UTC)
    came = now - timedelta(days=3)
    told = f'INTERNALDATE "{came:%d-%b-%Y %H:%M:%S} +0000" RFC822.SIZE 50'
    opened = "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 2] x\r\n{tag} OK [READ-ONLY]\r\n"
    async with scripted(**has_mails(1, tells={1: told}), EXAMINE=opened) as server, mailroom(settings, server) as room:
        async with at_work(room.deps):
            folder = await room.is_read()
        before = {"since": now - timedelta(days=9), "validity": 6, "held": [Held(9, 1, now, UNREADABLE.code, came)]}
        await repository.change(room.deps.mongo, folder.account, folder.id, due_at=now, **before)

        async with at_work(room.deps):
            assert words(await room.has(1)) == ["Number 1"]


async def test_a_mail_that_cannot_be_stored_is_not_in_the_way_of_others(
    room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = ledger.keep

    async def fail_once(*args: Any) -> Any:
        if b"Poison" in args[3].body:
            raise ValueError("cannot be stored")
        return await keep(*args)

    monkeypatch.setattr(ledger, "keep", fail_once)
    async with at_work(room.deps):
        await room.is_read()

        await room.dovecot.deliver_all([a_mail("Poison"), a_mail("Hello")])

        assert words(await room.has(1)) == ["Hello"]
        assert (await room.folder()).held[0].code != UNREADABLE.code


async def test_while_parley_cannot_store_a_mail_the_others_come_and_it_is_never_given_up(
    room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(room.deps):
        await room.is_read()
        with monkeypatch.context() as away:
            storing_fails(away, but="Hello")
            await room.dovecot.deliver_all([a_mail("Large"), a_mail("Hello")])
            assert words(await room.has(1)) == ["Hello"]
            for _ in range(len(taking.PAUSES) + 2):
                await ripen(room)
                # It stands there twice for a moment: who dies in between must not have lost it.
                await room.until(lambda folder: [one.again_at > datetime.now(UTC) for one in folder.held] == [True])
            folder = await room.folder()

        await ripen(room)
        mails = await room.has(2)

    assert (folder.left_out, {one.code for one in folder.held}) == ([], {NOT_KEPT.code})
    assert words(mails) == ["Hello", "Large"]


async def test_with_many_mails_that_parley_cannot_store_the_folder_waits_and_it_says_whose_fault_it_is(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_HELD", 2)
    storing_fails(monkeypatch)
    async with (
        scripted(**has_mails(1, 2, 3)) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        await room.until(lambda folder: folder.trouble is not None)

        folder = await room.folder()
        assert folder.trouble
        assert (folder.trouble.code, len(folder.held), folder.next_uid) == (NOT_KEPT.code, 2, 3)
