"""The whole way of a mail over a mail server: it goes out, is answered, comes back, and is never sent twice."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from channels.base import Address, IdentityKind, Medium, Posted
from channels.mail.reading import MAIL_TYPE, SENT
from hub.consent.suppression import find_suppression
from hub.intake import ledger
from hub.intake.jobs import KINDS as INTAKE
from hub.lines.models import Line
from hub.people.getting import find_known_by
from hub.postbox.receiving import receive
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.threads import log
from hub.threads.models import EntryKind, Thread
from hub.threads.repository import list_after
from tests.fakes.smtp import FakeSmtp, Taken, fake_smtp
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import Scene

LINE, ASHA, RAVI = "sales@acme.test", "asha@example.com", "ravi@example.com"
PASS = "mx.acme.test; dmarc=pass header.from=example.com"


@dataclass
class Post:
    """A line at a mail server, and somebody who has written to it."""

    scene: Scene
    server: FakeSmtp
    line: Line

    async def comes(self, text: str = "Is it free?", *, sender: str = ASHA, to: str = LINE, **headers: str) -> None:
        """Somebody's mail server hands a mail in."""
        known = {"From": sender, "To": to, "Subject": "The flat", **headers}
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in known.items())
        await self.is_handed_in(f"{head}\r\n{text}\r\n".encode(), sender, to)

    async def is_handed_in(self, raw: bytes, sender: str, to: str = LINE) -> None:
        """As the listener does it."""
        await receive(self.scene.deps, {to: self.line}, sender, raw)
        await self.scene.deps.background.settle()
        await self.scene.work(INTAKE)
        await self.scene.deps.background.settle()

    async def lies_in_sent(self, raw: bytes) -> None:
        """The mailbox of the line has it in its folder of sent mail."""
        posted = Posted(raw, MAIL_TYPE, {"folder": SENT}, self.scene.clock.now())
        event = await ledger.keep(self.scene.deps, self.line, "imap:1", posted)
        assert event and (await ledger.process(self.scene.deps, event)).is_over

    async def says(self, text: str = "Yes, it is.", **more: Any) -> Any:
        """The owner answers, and it goes out."""
        saying = Saying(client_id=f"c-{text}", text=text, **more)
        said = await say(self.scene.deps, await self.thread(), saying, self.scene.member)
        await self.scene.work()
        return said

    @property
    def sent(self) -> Taken:
        """The last mail that the server has."""
        return self.server.taken[-1]

    async def thread(self) -> Thread:
        """The conversation with Asha."""
        address = Address(kind=IdentityKind.EMAIL, value=ASHA)
        person = await find_known_by(self.scene.deps, self.scene.account, address)
        assert person is not None
        found = await log.find_or_make(self.scene.deps, self.scene.account, person.id)
        return await log.catch_up(self.scene.deps, self.scene.account, found.id)

    async def spoken(self, *kinds: EntryKind) -> list[str]:
        """The words of it, in order."""
        thread = await self.thread()
        entries = await list_after(self.scene.deps.mongo, self.scene.account, thread.id, 0, limit=100)
        wanted = kinds or (EntryKind.MESSAGE,)
        return [(await log.opened(self.scene.deps, one)).text for one in entries if one.kind in wanted]

    async def is_suppressed(self, address: str, *, reason: str = "hard_bounce") -> bool:
        """Whether nothing goes there any more."""
        named = Address(kind=IdentityKind.EMAIL, value=address)
        found = await find_suppression(self.scene.deps, self.scene.account, [named], Medium.EMAIL)
        return found is not None and found.reason == reason


@pytest.fixture
async def post(scene: Scene) -> AsyncIterator[Post]:
    """Asha has written."""
    async with fake_smtp() as server:
        values = {"host": "127.0.0.1", "port": str(server.port), "security": "none"}
        values |= {"reply_address": "reply@acme.test", "trusted_hop": "mx.acme.test"}
        line = await connect(scene.deps, "smtp_email", account=scene.account, address=LINE, values=values)
        post = Post(scene, server, line)
        await post.comes(Message_ID="<q-1@example.com>")
        yield post


def bounce(sent: Taken, whom: str = ASHA, *, status: str = "5.1.1") -> bytes:
    """What a mail server makes of a mail that it cannot deliver to somebody (RFC 3464)."""
    failed = f"Final-Recipient: rfc822; {whom}\r\nAction: failed\r\nStatus: {status}\r\n"
    return about(sent, "delivery-status", f"Reporting-MTA: dns; mx.test\r\n\r\n{failed}")


def complaint(sent: Taken, whom: str = ASHA) -> bytes:
    """What a mail server makes of a mail that somebody has called spam (RFC 5965)."""
    return about(sent, "feedback-report", f"Feedback-Type: abuse\r\nVersion: 1\r\nOriginal-Rcpt-To: <{whom}>\r\n")


def about(sent: Taken, type: str, report: str) -> bytes:
    """A report with the mail that it is about."""
    kind = f'multipart/report; report-type={type}; boundary="b"'
    head = f"From: MAILER-DAEMON@mx.test\r\nTo: {LINE}\r\nMessage-ID: <b-1@mx.test>\r\nContent-Type: {kind}\r\n\r\n"
    parts = (b"text/plain\r\n\r\nSorry", f"message/{type}\r\n\r\n{report}".encode())
    body = b"".join(
        b"--b\r\nContent-Type: " + part + b"\r\n" for part in (*parts, b"message/rfc822\r\n\r\n" + sent.content)
    )
    return head.encode() + body + b"--b--\r\n"


async def test_what_is_said_arrives_as_an_answer(post: Post) -> None:
    said = await post.says()

    mail = post.sent.message
    assert (post.sent.recipients, mail["To"], await post.scene.state(said)) == ([ASHA], ASHA, "sent")
    assert mail["References"].split()[-1] == "<q-1@example.com>"
    assert mail["Reply-To"].startswith("reply+")


async def test_who_answers_by_our_address_goes_on_and_so_does_our_answer(post: Post) -> None:
    await post.says()

    await post.comes("And when?", to=str(post.sent.message["Reply-To"]), Message_ID="<q-2@example.com>")
    await post.says("On Friday.")

    assert await post.spoken() == ["Is it free?", "Yes, it is.", "And when?", "On Friday."]
    assert post.sent.message["References"].split()[-1] == "<q-2@example.com>"


async def test_somebody_vouched_for_who_was_in_copy_joins_by_what_they_answer(post: Post) -> None:
    await post.says()

    id = str(post.sent.message["Message-ID"])
    await post.comes(
        "I agree.", sender=RAVI, Message_ID="<r-1@example.com>", References=id, Authentication_Results=PASS
    )

    assert await post.spoken() == ["Is it free?", "Yes, it is.", "I agree."]


async def test_a_mail_that_comes_back_has_failed_and_nothing_more_goes_there(post: Post) -> None:
    said = await post.says()

    await post.is_handed_in(bounce(post.sent), "")

    assert await post.scene.state(said) == "failed"
    assert await post.is_suppressed(ASHA)
    assert await post.spoken() == ["Is it free?", "Yes, it is."]


@pytest.mark.parametrize("copies", [{"cc": (RAVI,)}, {"bcc": (RAVI,)}], ids=["cc", "bcc"])
async def test_a_copy_that_comes_back_is_noted_and_the_mail_has_not_failed(post: Post, copies: Any) -> None:
    said = await post.says(**copies)

    await post.is_handed_in(bounce(post.sent, RAVI), "")
    await post.is_handed_in(bounce(post.sent, RAVI) + b"\r\n", "")

    notes = await post.spoken(EntryKind.NOTE)
    assert await post.scene.state(said) == "sent"
    assert (await post.is_suppressed(RAVI), await post.is_suppressed(ASHA)) == (True, False)
    assert notes == [f"The copy to {RAVI} could not be delivered. There is no mailbox of this address."]


async def test_a_copy_that_the_mail_server_refuses_at_once_is_noted_and_the_mail_is_sent(post: Post) -> None:
    post.server.replies[RAVI] = "550 5.1.1 no such user"

    said = await post.says(cc=(RAVI,))

    assert await post.scene.state(said) == "sent"
    assert (await post.is_suppressed(RAVI), await post.is_suppressed(ASHA)) == (True, False)
    assert await post.spoken(EntryKind.NOTE) == [
        f"The copy to {RAVI} could not be delivered. There is no mailbox of this address."
    ]


async def test_what_says_that_it_came_back_from_whom_it_never_went_to_says_nothing(post: Post) -> None:
    said = await post.says()

    await post.is_handed_in(bounce(post.sent, RAVI), "")

    assert await post.scene.state(said) == "sent"
    assert not await post.is_suppressed(RAVI)
    assert await post.spoken(EntryKind.NOTE) == []


async def test_a_report_that_somebody_has_sent_themselves_is_none(post: Post) -> None:
    said = await post.says()

    await post.is_handed_in(bounce(post.sent), RAVI)

    assert await post.scene.state(said) == "sent"
    assert not await post.is_suppressed(ASHA)


async def test_a_mail_that_comes_back_as_a_server_was_down_says_nothing_of_the_line(post: Post) -> None:
    said = await post.says(cc=(RAVI,))

    await post.is_handed_in(bounce(post.sent, status="4.3.2"), "")
    await post.is_handed_in(bounce(post.sent, RAVI, status="4.3.2") + b"\r\n", "")

    assert await post.scene.state(said) == "failed"
    assert post.scene.deps.pulses.of(post.line).failed_at is None


async def test_who_has_called_a_mail_of_ours_spam_gets_no_more(post: Post) -> None:
    said = await post.says()

    await post.is_handed_in(complaint(post.sent), "feedback@mx.test")

    assert await post.is_suppressed(ASHA, reason="complaint")
    assert await post.scene.state(said) == "sent"


async def test_a_complaint_of_somebody_whom_the_mail_never_went_to_is_made_up(post: Post) -> None:
    await post.says()

    await post.is_handed_in(complaint(post.sent, RAVI), "feedback@mx.test")

    assert not await post.is_suppressed(RAVI, reason="complaint")


async def test_a_mail_that_was_taken_without_an_answer_is_never_sent_again(post: Post) -> None:
    post.server.mood = "hang_up"

    said = await post.says()
    await post.scene.pass_time(minutes=40)

    assert (len(post.server.taken), await post.scene.state(said)) == (1, "unknown")


async def test_a_mail_of_which_nobody_knew_went_out_if_it_lies_in_the_folder_of_sent_mail(post: Post) -> None:
    post.server.mood = "hang_up"
    said = await post.says()
    before = (await post.thread()).has_failed

    await post.lies_in_sent(post.sent.content)

    entry, thread = await post.scene.entry(said), await post.thread()
    assert (await post.scene.state(said), before, thread.has_failed) == ("sent", True, False)
    assert entry.provider_id == str(post.sent.message["Message-ID"]).strip("<>")


@pytest.mark.parametrize(("sender", "state"), [(ASHA, "delivered"), (RAVI, "unknown")])
async def test_a_mail_of_which_nobody_knew_has_arrived_if_the_person_answers_it(
    post: Post, sender: str, state: str
) -> None:
    post.server.mood = "hang_up"
    said = await post.says()

    id = str(post.sent.message["Message-ID"])
    await post.comes("Thank you.", sender=sender, Message_ID="<q-2@example.com>", References=id)

    assert await post.scene.state(said) == state


async def test_an_absence_notice_asks_for_nothing(post: Post) -> None:
    await post.says()

    before = await post.thread()
    await post.comes("I am away.", Message_ID="<a-1@example.com>", Auto_Submitted="auto-replied")

    after = await post.thread()
    assert (after.is_waiting, after.heard) == (before.is_waiting, before.heard)
    assert post.sent.message["Auto-Submitted"] is None
