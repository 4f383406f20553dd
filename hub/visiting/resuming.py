"""What a visitor's page has missed, or, when that cannot be told, the end of the conversation."""

from datetime import datetime

from hub.access import Caller
from hub.deps import Deps
from hub.inbox.syncing import position, since_of
from hub.threads import queries
from hub.threads.models import Entry, Thread
from hub.visiting.reading import list_readable, list_threads
from hub.visiting.shapes import OpenVisit, VisitOpened
from hub.visiting.showing import message_shown

MOST_ENTRIES = 100


async def open_visit(deps: Deps, caller: Caller, asked: OpenVisit) -> VisitOpened:
    """Ask once the page hears what is said: what changes meanwhile is told twice rather than never."""
    now, threads = deps.clock.now(), await list_threads(deps, caller)
    missed = await list_missed(deps, threads, since_of(asked.after, now))
    entries = await list_last(deps, caller, threads) if missed is None else missed
    readable = in_order(await list_readable(deps, caller, entries))
    if missed is None:
        readable = readable[-MOST_ENTRIES:]
    messages = [await message_shown(deps, entry) for entry in readable]
    return VisitOpened(recovered=missed is not None, at=position(now), messages=messages)


def in_order(entries: list[Entry]) -> list[Entry]:
    """In which they were stored, whichever conversation they stand in."""
    return sorted(entries, key=lambda entry: (entry.stored_at, entry.id))


async def list_missed(deps: Deps, threads: list[Thread], since: datetime | None) -> list[Entry] | None:
    """What is new or otherwise since then; None when that cannot be told."""
    if since is None:
        return None
    found: list[Entry] = []
    for thread in threads:
        changed = await queries.list_changed(deps, thread, since, limit=MOST_ENTRIES + 1)
        if len(changed) > MOST_ENTRIES:
            return None
        found += changed
    return found


async def list_last(deps: Deps, caller: Caller, threads: list[Thread]) -> list[Entry]:
    """What was said last on the site, in each of the conversations."""
    return [
        entry
        for thread in threads
        for entry in await queries.list_on_line(deps, thread, caller.line, limit=MOST_ENTRIES)
    ]
