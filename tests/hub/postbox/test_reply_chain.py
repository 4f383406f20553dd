"""A talk of five rounds by real mail: in by the listener and by a real mailbox, out by a mail server, with people's own
programs at the other end, a colleague in copy, and the business's own program once. It is one conversation."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from channels.base import Address, IdentityKind
from hub.people.getting import find_known_by
from hub.postbox.models import Folder
from hub.sending.delivery import KINDS as DELIVERY
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.settings import Settings
from hub.threads.models import Author, AuthorKind, Entry
from tests.dovecot import running_dovecot
from tests.fakes.smtp import FakeSmtp, fake_smtp
from tests.hub.intake.webhooks import entries, ledger_of, only_thread, texts
from tests.hub.postbox.handing_in import PostBox, a_mail, open_box, written_to
from tests.hub.postbox.mailroom import Mailroom, at_work, mailroom
from tests.hub.postbox.programs import APPLE_MAIL, GMAIL, OUTLOOK, OUTLOOK_IN_GERMAN, threads_in
from tests.hub.sending.scene import work_off

DESK, ASHA, RAVI = "sales@example.com", "asha@lead.test", "ravi@lead.test"
REPLY = "reply@example.com"


@dataclass
class Talk:
    """Between Asha and the business; all mails of it as Asha's mailbox has them."""

    room: Mailroom
    box: PostBox
    server: FakeSmtp
    mails: list[bytes] = field(default_factory=list)

    @property
    def last(self) -> bytes:
        """What everybody answers."""
        return self.mails[-1]

    async def is_handed_in(self, mail: EmailMessage, to: str = "") -> None:
        """By a mail server, to the listener."""
        await self.box.gets(mail, to or mail["To"], sender=mail["From"])
        await self.is_taken_in(mail)

    async def lies_there(self, mail: EmailMessage, folder: str = "INBOX") -> None:
        """In the mailbox of the business."""
        await self.room.dovecot.deliver(mail.as_bytes(policy=SMTP), folder)
        await self.is_taken_in(mail)

    async def is_taken_in(self, mail: EmailMessage) -> None:
        """And whatever follows from it."""
        self.mails.append(mail.as_bytes(policy=SMTP))
        await self.room.has(len(self.mails))
        await self.room.deps.background.settle()

    async def says(self, text: str, *cc: str) -> None:
        """A member answers; their mail server puts what it has sent into the folder for that, too."""
        thread = await only_thread(self.room.deps, self.room.line.account)
        saying = Saying(client_id=text, text=text, line=self.room.line.id, cc=cc)
        await say(self.room.deps, thread, saying, Author(AuthorKind.MEMBER, self.room.owner.member))
        await work_off(self.room.deps, DELIVERY)
        self.mails.append(self.server.taken[-1].content)
        await self.room.dovecot.deliver(self.last, "Gone out")
        await self.room.has(len(self.mails))
        await self.room.deps.background.settle()

    async def said(self) -> list[Entry]:
        """Every message of every conversation."""
        return [entry for entry in await entries(self.room.deps, self.room.line.account) if entry.content]

    async def known_as(self, address: str) -> str:
        """Who has this address."""
        known = Address(kind=IdentityKind.EMAIL, value=address)
        person = await find_known_by(self.room.deps, self.room.line.account, known)
        assert person is not None
        return person.id


@pytest.fixture
async def talk(settings: Settings) -> AsyncIterator[Talk]:
    """All of it."""
    async with (
        running_dovecot() as dovecot,
        fake_smtp() as server,
        mailroom(settings, dovecot, port=str(server.port), reply_address=REPLY) as room,
        at_work(room.deps),
        open_box(room.deps) as box,
    ):
        await room.is_read(Folder.INBOX)
        await room.is_read(Folder.SENT)
        talk = Talk(room, box, server)
        await have(talk)
        yield talk


async def have(talk: Talk) -> None:
    """Five rounds."""
    first = a_mail("What does a roof cost?", To=DESK)
    await talk.is_handed_in(first, written_to(talk.room.line))
    await talk.says("How large is it?\n\nAnd how old?")
    await talk.is_handed_in(GMAIL.answer(talk.last, "About 90 square metres.", sender=ASHA))
    await talk.says("Then about 9,000.")
    await talk.lies_there(OUTLOOK.answer(talk.last, "That is a lot.", sender=ASHA))
    await talk.lies_there(APPLE_MAIL.answer(talk.last, "We come and look.", sender=DESK, to=ASHA), "Gone out")
    await talk.lies_there(APPLE_MAIL.answer(talk.last, "Ask Ravi when.", sender=ASHA, cc=RAVI))
    await talk.says("When does it suit you, Ravi?", RAVI)
    await talk.is_handed_in(OUTLOOK.answer(talk.last, "On Friday at nine.", sender=RAVI, cc=ASHA))
    await talk.says("Until Friday, then.")
    await talk.is_handed_in(OUTLOOK_IN_GERMAN.answer(talk.last, "Bis Freitag!", sender=ASHA))


async def test_it_is_one_conversation_in_order_and_nobody_says_again_what_they_quote(talk: Talk) -> None:
    said = await talk.said()

    assert [entry.direction for entry in said] == [*["in", "out"] * 5, "in"]
    assert await texts(talk.room.deps, talk.room.line.account) == [
        "What does a roof cost?",
        "How large is it?\n\nAnd how old?",
        "About 90 square metres.",
        "Then about 9,000.",
        "That is a lot.",
        "We come and look.",
        "Ask Ravi when.",
        "When does it suit you, Ravi?",
        "On Friday at nine.",
        "Until Friday, then.",
        "Bis Freitag!",
    ]


async def test_a_colleague_who_answers_joins_and_does_not_take_over(talk: Talk) -> None:
    asha, ravi = await talk.known_as(ASHA), await talk.known_as(RAVI)

    thread = await only_thread(talk.room.deps, talk.room.line.account)
    heard = [entry.author.id for entry in await talk.said() if entry.direction == "in"]

    assert (thread.person, heard) == (asha, [asha, asha, asha, asha, ravi, asha])
    assert [sent.recipients for sent in talk.server.taken] == [[ASHA], [ASHA], [ASHA, RAVI], [ASHA]]


async def test_mail_programs_show_one_conversation_too_and_what_comes_back_to_us_is_no_message(talk: Talk) -> None:
    reasons = [event.reason for event in await ledger_of(talk.room.deps)]

    assert threads_in(talk.mails) == 1
    assert reasons.count("Not taken as a message: our_own.") == len(talk.server.taken) == 4
    assert set(reasons) == {"", "Not taken as a message: our_own."}
