"""A mailbox that lacks something is told of before somebody comes to look."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.connecting.minding import KINDS
from hub.lines import repository as lines
from hub.postbox import repository, taking
from hub.postbox.errors import AWAY
from hub.postbox.models import Folder, Held, TroubleSeen
from hub.settings import Settings
from tests.dovecot import PASSWORD, Dovecot, running_dovecot
from tests.hub.postbox.mailroom import Mailroom, at_work, mailroom
from tests.hub.postbox.scripted import has_mails, scripted
from tests.hub.sending.scene import work_off

A_MOMENT = timedelta(minutes=2)


@pytest.fixture
async def dovecot() -> AsyncIterator[Dovecot]:
    """A server with an empty mailbox."""
    async with running_dovecot() as dovecot:
        yield dovecot


async def is_minded_soon(room: Mailroom) -> bool:
    """Whether somebody looks after the line within moments, and not hours."""
    minded = (await room.stored_line()).minded
    assert minded and minded.due_at
    return minded.due_at - datetime.now(UTC) < A_MOMENT


async def wrong(room: Mailroom) -> list[str]:
    """What the line is shown to lack, once somebody has looked after it."""
    line = await room.stored_line()
    now = {"minded.due_at": datetime.now(UTC)}
    await lines.change_line(room.deps.mongo, line.account, line.id, **now)
    await work_off(room.deps, KINDS)
    return [one["about"] for one in (await room.owner.does("GET", f"/lines/{line.id}"))["wrong"]]


async def has_trouble(room: Mailroom, **ago: float) -> None:
    """The mail server has been away for so long."""
    folder, since = await room.folder(), datetime.now(UTC) - timedelta(**ago)
    trouble: Any = TroubleSeen(AWAY.code, since)
    await repository.change(room.deps.mongo, folder.account, folder.id, trouble=trouble)


async def test_a_mailbox_that_lets_nobody_in_is_told_within_moments(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot, imap_password="wrong") as room:
        before = await is_minded_soon(room)
        async with at_work(room.deps):
            await room.until(lambda folder: folder.trouble is not None)
            await room.until(lambda folder: folder.trouble is not None, Folder.SENT)

        assert (before, await is_minded_soon(room)) == (False, True)
        assert await wrong(room) == ["mailbox_inbox", "mailbox_sent"]


async def test_what_was_mended_in_the_settings_is_looked_at_again(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot, imap_password="wrong") as room:
        async with at_work(room.deps):
            await room.until(lambda folder: folder.trouble is not None)
            await room.until(lambda folder: folder.trouble is not None, Folder.SENT)
        await room.changes(imap_password=PASSWORD)
        too_early = await wrong(room)

        async with at_work(room.deps):
            await room.is_read()
            await room.is_read(Folder.SENT)

        assert await is_minded_soon(room)
        assert (too_early, await wrong(room)) == (["mailbox_inbox", "mailbox_sent"], [])


async def test_what_has_mended_itself_is_looked_at_again(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot) as room:
        async with at_work(room.deps):
            await room.is_read()
        await has_trouble(room, hours=4)
        at_first = await wrong(room)

        async with at_work(room.deps):
            await room.is_read()

        assert (at_first, await is_minded_soon(room)) == (["mailbox_inbox"], True)


async def test_a_server_that_is_away_is_told_when_it_lasts(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot) as room:
        async with at_work(room.deps):
            await room.is_read()
            await room.is_read(Folder.SENT)

        await has_trouble(room, hours=1)
        at_first = await wrong(room)
        await has_trouble(room, hours=4)

        assert (at_first, await wrong(room)) == ([], ["mailbox_inbox"])


async def test_a_mail_that_is_given_up_is_told_at_once(settings: Settings) -> None:
    async with (
        scripted(**has_mails(1, refuses={1: "{tag} NO broken\r\n"})) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        await room.until(lambda folder: folder.held)
        folder, now = await room.folder(), datetime.now(UTC)
        last = [Held(1, len(taking.PAUSES), now, folder.held[0].code)]
        await repository.change(room.deps.mongo, folder.account, folder.id, held=last, due_at=now)
        await room.until(lambda folder: len(folder.left_out) == 1)

        assert await is_minded_soon(room)
        assert "mailbox_inbox" in await wrong(room)
