"""What the check of a line says of its mailbox."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.postbox import repository
from hub.postbox.errors import UNREADABLE
from hub.postbox.models import LeftOut
from hub.settings import Settings
from tests.dovecot import Dovecot, running_dovecot
from tests.hub.postbox.mailroom import Mailroom, at_work, mailroom
from tests.hub.postbox.scripted import has_mails, scripted


@pytest.fixture
async def dovecot() -> AsyncIterator[Dovecot]:
    """A server with an empty mailbox, which has no folder of sent mail."""
    async with running_dovecot(sent="") as dovecot:
        yield dovecot


async def check(room: Mailroom) -> dict[str, Any]:
    """The steps of it, by what they are about."""
    checked = await room.owner.does("POST", f"/lines/{room.line.id}/check")
    return {step["about"]: step for step in checked["items"] if step["about"].startswith("mailbox")}


async def test_a_folder_that_is_read_is_well_and_one_that_is_not_there_says_what_to_do(
    settings: Settings, dovecot: Dovecot
) -> None:
    async with mailroom(settings, dovecot) as room, at_work(room.deps):
        await room.is_read()

        steps = await check(room)

        assert steps["mailbox_inbox"]["is_well"] is True
        assert steps["mailbox_sent"]["is_well"] is False
        assert "no such folder" in steps["mailbox_sent"]["words"]
        assert "name of the folder" in steps["mailbox_sent"]["advice"]


async def test_a_wrong_password_is_said_in_words(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot, imap_password="wrong") as room, at_work(room.deps):
        await room.until(lambda folder: folder.trouble is not None)

        steps = await check(room)

        assert "does not take the user and password" in steps["mailbox_inbox"]["words"]


async def test_mails_that_could_not_be_taken_are_counted(settings: Settings) -> None:
    async with (
        scripted(**has_mails(1, 2, refuses={1: "{tag} NO broken\r\n"})) as server,
        mailroom(settings, server) as room,
        at_work(room.deps),
    ):
        await room.until(lambda folder: folder.seen_at and folder.held)

        steps = await check(room)

        assert steps["mailbox_inbox"]["is_well"] is False
        assert "but for one mail" in steps["mailbox_inbox"]["words"]


async def test_mails_that_were_given_up_are_told_by_their_dates_for_three_days(settings: Settings) -> None:
    async with scripted() as server, mailroom(settings, server) as room:
        async with at_work(room.deps):
            folder = await room.is_read()
        now, came = room.deps.clock.now(), datetime(2026, 1, 5, 9, tzinfo=UTC)
        said = []
        for days in (2, 4):
            left_out = [LeftOut(uid, now - timedelta(days=days), UNREADABLE.code, came) for uid in (1, 2)]
            await repository.change(room.deps.mongo, folder.account, folder.id, left_out=left_out)
            said.append((await check(room))["mailbox_inbox"])

    assert [one["is_well"] for one in said] == [False, True]
    assert "2 mails that could not be taken. Look at what came on 05 January 2026 at 09:00 UTC" in said[0]["words"]
    assert "2 mails could never be taken" in said[1]["words"]
    assert "save the line's settings again" in said[0]["advice"]


async def test_a_line_without_a_mailbox_is_not_asked_for_one(settings: Settings, dovecot: Dovecot) -> None:
    async with mailroom(settings, dovecot, imap_host="") as room, at_work(room.deps):
        assert await check(room) == {}
