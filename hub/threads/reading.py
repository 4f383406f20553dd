"""Reading a log: a part of it, in the order of its places, and in the order in which it was said."""

from collections.abc import Sequence
from datetime import timedelta

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.threads import repository
from hub.threads.access import access_thread
from hub.threads.models import Entry, Thread
from hub.threads.shapes import NEWEST, LogPage, LogQuery, ThreadShown
from hub.threads.showing import shown, thread_shown

# What a provider tells us later than this is shown where we heard of it: nobody looks for news further up.
SHUFFLED = timedelta(minutes=10)


async def show_thread(deps: Deps, caller: Caller, id: str) -> ThreadShown:
    """One that the caller may see."""
    return thread_shown(await access_thread(deps, caller, id, Permission.THREADS_VIEW), caller.id)


async def show_log(deps: Deps, caller: Caller, id: str, query: LogQuery) -> LogPage:
    """A part of a log that the caller may read."""
    thread = await access_thread(deps, caller, id, Permission.THREADS_VIEW)
    entries, has_more = await part_of(deps, thread, query)
    return LogPage(
        items=await shown(deps, entries),
        reading_order=[entry.seq for entry in in_order(entries)],
        seq=thread.seq,
        rev=thread.rev,
        has_more=has_more,
    )


async def part_of(deps: Deps, thread: Thread, query: LogQuery) -> tuple[list[Entry], bool]:
    """The entries asked for, by place, and whether there are more in that direction."""
    where = (deps.mongo, thread.account, thread.id)
    if query.after is not None:
        found = await repository.list_after(*where, query.after, limit=query.limit + 1)
        within = [entry for entry in found if query.before is None or entry.seq < query.before]
        return within[: query.limit], len(within) > query.limit
    back = await repository.list_before(*where, NEWEST if query.before is None else query.before, limit=query.limit + 1)
    return back[: query.limit][::-1], len(back) > query.limit


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """As the two sides have said it. Only a message of the person moves, and only up: in front of whatever was said
    after it, when its provider has told it a little late."""
    read: list[Entry] = []
    for entry in entries:
        place = len(read)
        if entry.direction == "in" and entry.stored_at - entry.said_at <= SHUFFLED:
            while place and read[place - 1].said_at > entry.said_at:
                place -= 1
        read.insert(place, entry)
    return read
