"""The clocks of each thread, kept beside it: brought up to its log by whoever writes there, and by whoever looks.

What is stored is what the log makes, so nobody ever sets it. Who has read the same clocks as another has and is slower
finds them further than that, and leaves it at that: entries that come twice, and two processes, count once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from hub.clocks import repository
from hub.clocks.advancing import WITHOUT_EFFECT, advance
from hub.clocks.measuring import measured
from hub.clocks.models import Clocks, Deadline, Lateness, Measure, Running
from hub.clocks.promising import deadlines_for, terms_of
from hub.deps import Deps
from hub.threads.errors import ThreadBusy
from hub.threads.log import catch_up
from hub.threads.models import Entry, EntryKind, Thread
from hub.threads.queries import list_after

ATTEMPTS = 50
STEP = 500


class Read(NamedTuple):
    """Clocks as they were stored, as the log makes them by now, and what was measured on the way."""

    seen: Clocks | None
    now: Clocks
    measures: list[Measure]


async def keep(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: the clocks move on."""
    if not concerns(entry):
        return
    if thread.seq < entry.seq:
        thread = await catch_up(deps, thread.account, thread.id)
    for _ in range(ATTEMPTS):
        read = await read_on(deps, thread, entry)
        if read.seen is not None and read.seen.state.seq >= entry.seq:
            return
        if await store(deps, read):
            return


def concerns(entry: Entry) -> bool:
    """Whether it moves a clock, or changes who may see it."""
    if entry.kind is EntryKind.NOTE:
        return bool(entry.mentions)
    return not isinstance(entry.event, WITHOUT_EFFECT)


async def bring_up(deps: Deps, thread: Thread) -> Clocks:
    """The clocks, with all of the log that the thread has counted, and by what is promised now."""
    for _ in range(ATTEMPTS):
        read = await read_on(deps, thread)
        if read.seen == read.now or await store(deps, read):
            return read.now
    raise ThreadBusy


async def read_on(deps: Deps, thread: Thread, entry: Entry | None = None) -> Read:
    """From what is stored to where the thread has come, or to this entry where it is the next. Not further: who may see
    what is known of the thread as it is, and of no later one."""
    seen = await repository.find_clocks(deps.mongo, thread.account, thread.id)
    clocks = seen or Clocks(id=thread.id, account=thread.account)
    measures: list[Measure] = []
    if entry and clocks.state.seq >= entry.seq:
        return Read(seen, clocks, measures)
    while entries := await list_next(deps, thread, clocks.state.seq, entry):
        for one in entries:
            clocks, found = await moved(deps, thread, clocks, one)
            measures += found
        if entry and clocks.state.seq >= entry.seq:
            break
    return Read(seen, await by_now(deps, thread, clocks), measures)


async def list_next(deps: Deps, thread: Thread, after: int, entry: Entry | None) -> Sequence[Entry]:
    """What the clocks have not seen; mostly that is the entry itself."""
    if entry and entry.seq == after + 1:
        return [entry]
    left = min(thread.seq - after, STEP)
    return await list_after(deps, thread, after, limit=left) if left > 0 else []


async def moved(deps: Deps, thread: Thread, clocks: Clocks, entry: Entry) -> tuple[Clocks, list[Measure]]:
    """One entry more, and what it has ended."""
    state = advance(clocks.state, entry)
    found = measured(clocks, entry, state, thread.reach)
    terms = await terms_of(deps, thread.account)
    return replace(clocks, state=state, deadlines=await deadlines_for(deps, terms, state)), found


async def by_now(deps: Deps, thread: Thread, clocks: Clocks) -> Clocks:
    """By what is promised now, and as far as the thread may be seen."""
    terms = await terms_of(deps, thread.account)
    deadlines = await deadlines_for(deps, terms, clocks.state)
    late, late_at = lateness(clocks.state.running, deadlines)
    # Whoever has moved them further has seen a newer thread.
    reach = thread.reach if thread.seq >= clocks.state.seq else clocks.reach
    return replace(clocks, deadlines=deadlines, reach=reach, late=late, late_at=late_at)


def lateness(running: Sequence[Running], deadlines: Sequence[Deadline]) -> tuple[Lateness | None, datetime | None]:
    """The worst of what runs, and by when it should have been stopped."""
    due = {one.clock: one.due_at for one in deadlines}
    breached, warned = [one for one in running if one.is_breached], [one for one in running if one.is_warned]
    # Of what is promised no more, the beginning is all that is left.
    late_at = min((due.get(one.clock, one.since) for one in breached or warned), default=None)
    if breached:
        return "breached", late_at
    return ("warned", late_at) if warned else (None, None)


async def store(deps: Deps, read: Read) -> bool:
    """What was measured, then the clocks; False when somebody else has moved them meanwhile."""
    for measure in read.measures:
        await repository.add_measure(deps.mongo, measure)
    return await repository.move(deps.mongo, read.seen, read.now, next_look(read.now))


def next_look(clocks: Clocks) -> datetime | None:
    """When there is next something to say of a clock that runs."""
    deadlines = {one.clock: one for one in clocks.deadlines}
    looks = [next_of(one, deadlines[one.clock]) for one in clocks.state.running if one.clock in deadlines]
    return min((look for look in looks if look), default=None)


def next_of(running: Running, deadline: Deadline) -> datetime | None:
    """First it is warned of, then it is said to be late; that is all."""
    if running.is_breached:
        return None
    return deadline.due_at if running.is_warned else deadline.warn_at
