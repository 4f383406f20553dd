"""From a real mailbox into conversations: what somebody writes, what the business answers in another program, and what
Parley has sent itself."""

from collections.abc import AsyncIterator

import pytest

from hub.postbox.models import Folder
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.settings import Settings
from hub.threads.models import Author, AuthorKind
from tests.dovecot import running_dovecot
from tests.hub.intake.webhooks import entries, ledger_of, only_thread, texts
from tests.hub.postbox.mailroom import Mailroom, a_mail, at_work, mailroom

QUESTION = "question@example.org"


@pytest.fixture
async def room(settings: Settings) -> AsyncIterator[Mailroom]:
    """A line with a real mailbox, and a worker."""
    async with running_dovecot() as dovecot, mailroom(settings, dovecot) as room, at_work(room.deps):
        await room.is_read(Folder.INBOX)
        await room.is_read(Folder.SENT)
        yield room


async def taken_in(room: Mailroom, count: int) -> None:
    """So many mails have come, and all that follows from them has happened."""
    await room.has(count)
    await room.deps.background.settle()


async def test_a_mail_begins_a_conversation(room: Mailroom) -> None:
    await room.dovecot.deliver(a_mail("What does a roof cost?"))
    await taken_in(room, 1)

    assert await texts(room.deps, room.line.account) == ["What does a roof cost?"]


async def test_what_the_business_answers_in_another_program_joins_the_conversation(room: Mailroom) -> None:
    answer = {"To": "ravi@example.org", "In-Reply-To": f"<{QUESTION}>", "References": f"<{QUESTION}>"}
    await room.dovecot.deliver(a_mail("What does a roof cost?", id=QUESTION))
    await taken_in(room, 1)

    await room.dovecot.deliver(a_mail("We come and look.", sender="sales@example.com", **answer), "Gone out")
    await taken_in(room, 2)

    assert await texts(room.deps, room.line.account) == ["What does a roof cost?", "We come and look."]
    assert [entry.direction for entry in await entries(room.deps, room.line.account) if entry.content] == ["in", "out"]
    assert (await only_thread(room.deps, room.line.account)).seq >= 2


async def test_what_the_business_writes_to_strangers_begins_nothing(room: Mailroom) -> None:
    private = a_mail("See you at dinner.", sender="sales@example.com", To="asha@example.org")
    await room.dovecot.deliver(private, "Gone out")
    await taken_in(room, 1)

    (event,) = await ledger_of(room.deps)
    assert await entries(room.deps, room.line.account) == []
    assert "of_no_conversation" in event.reason


async def test_the_same_mail_under_another_uid_is_one_message(room: Mailroom) -> None:
    mail = a_mail("What does a roof cost?", id=QUESTION)
    await room.dovecot.deliver(mail)
    await room.dovecot.deliver(mail)
    await taken_in(room, 2)

    assert await texts(room.deps, room.line.account) == ["What does a roof cost?"]


async def test_what_parley_sends_lies_there_before_its_server_has_answered_and_is_no_second_message(
    room: Mailroom,
) -> None:
    await room.dovecot.deliver(a_mail("What does a roof cost?", id=QUESTION))
    await taken_in(room, 1)
    thread = await only_thread(room.deps, room.line.account)
    answer = Saying(client_id="c1", text="It depends.", line=room.line.id)
    said = await say(room.deps, thread, answer, Author(AuthorKind.MEMBER, room.owner.member))
    assert said.entry.delivery

    id = f"{said.entry.delivery.parts[0].client_id}@example.com"
    await room.dovecot.deliver(a_mail("It depends.", sender="sales@example.com", id=id), "Gone out")
    await taken_in(room, 2)

    assert await texts(room.deps, room.line.account) == ["What does a roof cost?", "It depends."]
