"""A mail goes to several: to the person, and as a copy to others. What is told of a copy says nothing of the mail."""

from channels.base import Content, State, Status
from channels.mail.mailboxes import ascii_of
from hub.deps import Deps
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.sending.errand import to_of
from hub.sending.failures import failure_of, note_health, suppress_for
from hub.store.ids import follows_from
from hub.threads.log import append, get_thread, opened, where_it_goes_on
from hub.threads.models import THE_HUB, Draft, Entry, EntryKind

NOTE = "The copy to {} could not be delivered. {}"


async def is_of_person(deps: Deps, entry: Entry, status: Status) -> bool:
    """Whether it is about the one whom the message itself goes to. So is what names nobody."""
    return status.recipient is None or plain(status.recipient.value) == plain((await to_of(deps, entry)).value)


async def note_of_copy(deps: Deps, line: Line, entry: Entry, status: Status) -> None:
    """Where a copy could not be delivered, nothing more is sent to its address if there is none, and the conversation
    says so, once. Whom no copy went to, somebody has made up."""
    if status.state is not State.FAILED or status.recipient is None:
        return
    copy = await find_copy(deps, entry, status.recipient.value)
    if copy is None:
        return
    failure = failure_of(channel_of(line), status.code)
    note_health(deps, line, failure)
    await suppress_for(deps, line, status.recipient, failure)
    thread = await where_it_goes_on(deps, await get_thread(deps, entry.account, entry.thread))
    await append(deps, thread, note_about(entry, copy, failure.words))


async def went_to(deps: Deps, entry: Entry, address: str) -> bool:
    """Whether the message, or a copy of it, went there."""
    if plain(address) == plain((await to_of(deps, entry)).value):
        return True
    return await find_copy(deps, entry, address) is not None


async def find_copy(deps: Deps, entry: Entry, address: str) -> str | None:
    """The address as it was written, if a copy went there."""
    mail = (await opened(deps, entry)).mail
    copies = [party.address for party in (*mail.cc, *mail.bcc)] if mail else []
    return next((one for one in copies if plain(one) == plain(address)), None)


def note_about(entry: Entry, copy: str, why: str) -> Draft:
    """What colleagues read beside the message."""
    return Draft(
        id=follows_from(entry.id, f"copy {plain(copy)}"),
        kind=EntryKind.NOTE,
        author=THE_HUB,
        content=Content(text=NOTE.format(copy, why)),
        reply_to=entry.id,
    )


def plain(address: str) -> str:
    """In the one way to write it, in which mail servers know it."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local}@{ascii_of(domain)}"
