"""What a visitor may read: what they have said themselves, and what was said to them, on this very site.

Not the conversation: in it stand notes, what has happened, what is said by mail. And not what somebody else has said
whom the business takes for the same person: two browsers are two visitors, whoever sits in front of them.
"""

from channels.base import Address, IdentityKind
from channels.widget.channel import WIDGET
from channels.widget.parse import message_id
from hub.access import Caller
from hub.deps import Deps
from hub.lines import actions as lines
from hub.people.getting import find_known_by
from hub.sending.errand import to_of
from hub.sending.progress import TAKEN
from hub.threads import queries
from hub.threads.models import Entry, EntryKind, Thread

# A person has one conversation; who was found to be somebody else has brought theirs along.
MOST_THREADS = 5


async def reader_of(deps: Deps, entry: Entry) -> str | None:
    """The visitor who may read the entry; None when no visitor may."""
    if entry.kind is not EntryKind.MESSAGE:
        return None
    line = await lines.find_any_line(deps, entry.line)
    if line is None or line.account != entry.account or line.provider != WIDGET.provider:
        return None
    if entry.delivery is None:
        return visitor_in(entry.provider_id)
    if entry.delivery.state not in TAKEN:
        return None
    to = await to_of(deps, entry)
    return to.value if to.kind is IdentityKind.VISITOR else None


def visitor_in(provider_id: str) -> str:
    """Who has said what is called so on its line."""
    return provider_id.partition(message_id("", ""))[0]


async def list_readable(deps: Deps, caller: Caller, entries: list[Entry]) -> list[Entry]:
    """Those that the visitor may read."""
    on_site = [entry for entry in entries if entry.line == caller.line]
    return [entry for entry in on_site if await reader_of(deps, entry) == caller.id]


async def list_threads(deps: Deps, caller: Caller) -> list[Thread]:
    """Where the visitor's messages stand, the conversation that goes on first; none before they have said anything."""
    address = Address(kind=IdentityKind.VISITOR, value=caller.id)
    person = await find_known_by(deps, caller.account, address)
    if person is None:
        return []
    found = await queries.list_latest_of(deps, caller.account, person.id, limit=MOST_THREADS)
    return sorted(found, key=lambda thread: thread.merged_into is not None)
