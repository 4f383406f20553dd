"""What is particular about mails that come in, and about what the business writes elsewhere: much of it nobody has said
to us, and mails are kept whole."""

from typing import TypeVar

from msgspec.structs import replace

from channels.base import Elsewhere, Inbound, Preference, State, Status
from hub.correspondence import joining
from hub.deps import Deps
from hub.files.access import mark_of
from hub.files.actions import keep
from hub.files.errors import FileRefused
from hub.intake.namesakes import author_of
from hub.lines.models import Line
from hub.sending.errand import delivery_of
from hub.sending.progress import UNDER_WAY
from hub.sending.recipients import went_to
from hub.sending.statuses import find, find_ours, record_status
from hub.store.ids import follows_from
from hub.threads.models import SOMEBODY_ELSEWHERE, Thread

OUR_OWN, A_PROGRAMS, OF_NO_CONVERSATION = "our_own", "automatic_mail", "of_no_conversation"
WHOLE = "mail"
# The files of a mail come out of it: it is kept whole also where no single file may be as large.
MOST_BYTES = 32 * 1000 * 1000
# Of those that a mail answers the nearest are looked at.
MOST_ANSWERED = 10

Message = TypeVar("Message", Inbound, Elsewhere)


async def set_aside(deps: Deps, line: Line, said: Inbound | Elsewhere) -> str:
    """Why it is nobody's message; empty for what is one. What we have sent ourselves comes back by lists and by the
    folder of sent mail; and what a program writes begins no conversation, nor does what the business writes elsewhere
    to somebody whom we do not know."""
    if said.envelope is None and isinstance(said, Inbound):
        return ""
    if await is_our_own(deps, line, said.id):
        # Its server has put it there, or has passed it on: it was taken, also where the answer to that was lost.
        await record_status(deps, line, status_of(said, said.id, State.SENT))
        return OUR_OWN
    if isinstance(said, Elsewhere):
        return "" if await conversation_of(deps, line, said) else OF_NO_CONVERSATION
    return A_PROGRAMS if is_automatic(said) and not await belongs(deps, line, said) else ""


async def is_our_own(deps: Deps, line: Line, id: str) -> bool:
    """Whether we have sent it: the folder of sent mail may have it before the server that took it has told us so."""
    if await find(deps, line, id):
        return True
    return await find_ours(deps, line, ours_in(id)) is not None


def ours_in(id: str) -> str:
    """As we have called it, if it is ours: what stands before the @ of a Message-ID."""
    return id.rpartition("@")[0]


def status_of(said: Inbound | Elsewhere, id: str, state: State) -> Status:
    """What a mail proves of one of ours."""
    return Status(id=id, state=state, at=said.said_at, ours=ours_in(id))


async def note_arrived(deps: Deps, line: Line, said: Inbound) -> None:
    """Whoever answers a mail of ours has had it, also where nobody could tell whether it went out."""
    if said.envelope is None or joining.proof_of(said.content) == "fail":
        return
    for id in said.envelope.answers[:MOST_ANSWERED]:
        found = await find_ours(deps, line, ours_in(id))
        if found and delivery_of(found[0]).parts[found[1]].state in UNDER_WAY:
            arrived = replace(status_of(said, id, State.DELIVERED), recipient=said.sender[0])
            await record_status(deps, line, arrived)


async def is_believed(deps: Deps, line: Line, told: Preference) -> bool:
    """Whether it can be true: what anybody may tell has to name a message of ours that went to them."""
    if not told.about:
        return True
    found = await find(deps, line, told.about) or await find_ours(deps, line, ours_in(told.about))
    return found is not None and await went_to(deps, found[0], told.address.value)


def is_automatic(said: Inbound) -> bool:
    """Whether a program has written it by itself."""
    return said.content.mail is not None and said.content.mail.is_automatic


async def belongs(deps: Deps, line: Line, said: Inbound) -> bool:
    """Whether there is a conversation that it goes on in."""
    if await joining.find_joined(deps, line, said):
        return True
    return await joining.find_own(deps, line.account, joining.addresses_of(said)) is not None


async def conversation_of(deps: Deps, line: Line, said: Elsewhere) -> Thread | None:
    """The one that it answers, or the one with the person whom it went to. The mailbox is the business's own: what
    stands there as sent needs no other proof."""
    answered = await joining.by_references(deps, line.account, said.envelope) if said.envelope else None
    return answered or await joining.find_own(deps, line.account, said.to)


async def with_original(deps: Deps, line: Line, said: Message) -> Message:
    """With the whole of it kept, once, however often it comes."""
    if said.envelope is None or not said.envelope.raw or said.content.mail is None:
        return said
    # Until it stands in a log, another mail may come that is called so.
    id = follows_from(line.id, f"{WHOLE}.{said.id}.{author_of(said.content)}")
    try:
        raw, by = said.envelope.raw, mark_of(SOMEBODY_ELSEWHERE)
        file = await keep(deps, line.account, "mail.eml", raw, id=id, by=by, most_bytes=MOST_BYTES)
    except FileRefused:
        return said
    return replace(said, content=replace(said.content, mail=replace(said.content.mail, original=file.id)))
