"""The message that one of ours answers, or is put to: in our log by its id, on the wire as the provider calls it."""

from msgspec.structs import replace

from channels.base import Capabilities, Content, Medium
from hub.deps import Deps
from hub.lines.models import Line
from hub.sending.fitting import fitted, split_as_before
from hub.sending.models import Saying
from hub.threads.delivering import find_entry
from hub.threads.errors import NoSuchMessage
from hub.threads.log import get_thread, opened, where_it_goes_on
from hub.threads.models import DeliveryState, Entry, EntryKind, Thread

NOT_THERE = (DeliveryState.FAILED, DeliveryState.CANCELLED)


async def check_reply_to(deps: Deps, thread: Thread, saying: Saying) -> None:
    """Raise unless it answers a message of this conversation, or nothing. Only notes answer notes: the person must see
    nothing of those."""
    if saying.reply_to:
        kinds = (EntryKind.MESSAGE, EntryKind.NOTE) if saying.is_note else (EntryKind.MESSAGE,)
        entry = await find_entry(deps, thread.account, saying.reply_to)
        if entry is None or entry.kind not in kinds or not await is_of(deps, thread, entry):
            raise NoSuchMessage("There is no such message in this conversation.", id=saying.reply_to)


async def is_of(deps: Deps, thread: Thread, entry: Entry) -> bool:
    """Whether it stands in this conversation, or in one that goes on in it."""
    if entry.thread == thread.id:
        return True
    return (await where_it_goes_on(deps, await get_thread(deps, entry.account, entry.thread))).id == thread.id


async def takes_reaction(deps: Deps, line: Line, id: str, *, is_queued: bool) -> bool:
    """Whether an emoji can be put to this entry over the line: its provider knows it, or will by then. None is put to
    an emoji."""
    entry = await find_entry(deps, line.account, id) if id else None
    if entry is None or entry.kind is not EntryKind.MESSAGE or entry.line != line.id or entry.is_reaction:
        return False
    if is_queued or entry.delivery is None:
        return bool(name_of(entry, line))
    return entry.delivery.state not in NOT_THERE


def name_of(entry: Entry, line: Line) -> str:
    """How the line's provider calls it; empty where it does not know it. A mail is called the same everywhere."""
    is_known = entry.line == line.id or (line.medium is Medium.EMAIL and entry.medium is Medium.EMAIL)
    return entry.provider_id if is_known and entry.provider_id != entry.id else ""


async def going_out(deps: Deps, entry: Entry, line: Line, can: Capabilities) -> list[Content]:
    """What a message goes out as over this line. What it answers is left out where that cannot be shown there."""
    content = await opened(deps, entry)
    parts = split_as_before(content, entry.delivery.parts if entry.delivery else [])
    first, *rest = [fitted(part, can) for part in parts]
    shows = can.takes_replies or can.has_subject or content.reaction is not None
    target = await find_entry(deps, entry.account, entry.reply_to) if entry.reply_to and shows else None
    return [replace(first, reply_to=name_of(target, line) if target else ""), *rest]
