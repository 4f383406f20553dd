"""Mails that come in on a line, and one that was sent over it."""

from dataclasses import dataclass
from typing import Any

from bson.binary import Binary
from msgspec.structs import replace

from channels.base import Address, Content, Elsewhere, Envelope, IdentityKind, Inbound, Mail, Medium, Parsed, Party
from hub.correspondence.tokens import address_for
from hub.deps import Deps
from hub.intake.elements import take_in
from hub.intake.models import Outcome
from hub.lines.models import Line
from hub.store.ids import new_id
from hub.store.sealed import SUBTYPE
from hub.threads.delivering import get_entry
from hub.threads.log import append, get_thread
from hub.threads.models import Author, AuthorKind, Delivery, DeliveryState, Draft, Entry, EntryKind, PartSent, Thread
from tests.clock import MORNING

ASHA, RAVI = "asha@lead.test", "ravi@lead.test"
RAW = b"From: asha@lead.test\r\nTo: sales@acme.test\r\nSubject: Roof\r\n\r\nHello\r\n"


@dataclass(frozen=True)
class Post:
    """The mail of one line."""

    deps: Deps
    line: Line

    async def comes(self, said: Parsed) -> Outcome:
        """It is taken in, and whatever follows from that."""
        outcome = await take_in(self.deps, self.line, [said])
        await self.deps.background.settle()
        return outcome

    async def thread_of(self, id: str) -> Thread:
        """The conversation into which a mail has gone."""
        found = await self.deps.mongo["messages"].find_one({"provider_id": id})
        assert found, id
        return await get_thread(self.deps, self.line.account, found["thread"])

    async def entry_of(self, id: str) -> Entry:
        """A mail in the log."""
        found = await self.deps.mongo["messages"].find_one({"provider_id": id})
        assert found, id
        return await get_entry(self.deps, self.line.account, found["_id"])

    async def conversations(self) -> int:
        """How many there are."""
        return await self.deps.mongo["threads"].count({}, limit=100)

    async def sends(self, thread: Thread, id: str, text: str = "Good morning") -> Entry:
        """A member has sent a mail, which is called so."""
        now = self.deps.clock.now()
        sent = PartSent(client_id=id, state=DeliveryState.SENT, provider_id=id)
        draft = Draft(
            id=new_id(now),
            kind=EntryKind.MESSAGE,
            author=Author(AuthorKind.MEMBER, "member"),
            provider_id=id,
            line=self.line.id,
            medium=Medium.EMAIL,
            direction="out",
            content=Content(text=text),
            delivery=Delivery(state=DeliveryState.SENT, to=Binary(b"", SUBTYPE), parts=[sent]),
        )
        return (await append(self.deps, thread, draft))[1]

    async def reply_address(self, entry: Entry) -> str:
        """Where an answer to it comes back to."""
        return await address_for(self.deps, entry.account, entry.id, "reply@acme.test")


def mail(id: str, sender: str = ASHA, text: str = "Hello", **more: Any) -> Inbound:
    """From somebody to the line. What is not of the envelope is of the mail itself."""
    around = {name: more.pop(name) for name in ("recipients", "answers", "raw") if name in more}
    return Inbound(
        id=id,
        sender=(Address(kind=IdentityKind.EMAIL, value=sender),),
        said_at=MORNING,
        content=Content(text=text, subject="Roof", mail=Mail(sender=Party(address=sender), **more)),
        envelope=Envelope(**around),
    )


def elsewhere(id: str, to: str = ASHA, **around: Any) -> Elsewhere:
    """Written by the business in its own mail program."""
    return Elsewhere(
        id=id,
        to=(Address(kind=IdentityKind.EMAIL, value=to),),
        said_at=MORNING,
        content=Content(text="We come on Tuesday.", mail=Mail()),
        envelope=Envelope(**around),
    )


def forged(address: str) -> str:
    """The same with another proof."""
    local, _, domain = address.partition("@")
    return f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}"


def in_capitals(said: Inbound) -> Inbound:
    """Some mail programs write addresses so."""
    assert said.envelope
    return replace(said, envelope=replace(said.envelope, recipients=tuple(map(str.upper, said.envelope.recipients))))
