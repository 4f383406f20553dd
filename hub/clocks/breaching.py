"""Clocks whose time is nearly over, or is over: said in the thread's log, once each, at a place where it is so."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hub.clocks import repository
from hub.clocks.keeping import bring_up, next_look
from hub.clocks.models import BREACH, Clocks, Deadline, Running
from hub.deps import Deps
from hub.store.ids import new_id
from hub.store.mongo import Document
from hub.threads.happenings import ClockBreached
from hub.threads.log import append, catch_up
from hub.threads.models import THE_HUB, Draft, EntryKind, Thread
from hub.work.kinds import Kind, Later, Lease

ATTEMPTS = 20


class Moved(Exception):
    """Something was written meanwhile; it may have been the answer."""


async def look(deps: Deps, document: Document, _: Lease) -> None:
    """Say what there is to say now, and come back when there is more."""
    for _attempt in range(ATTEMPTS):
        thread = await catch_up(deps, document["account"], document["_id"])
        clocks = await bring_up(deps, thread)
        draft = next_word(clocks, deps.clock.now())
        if draft is None:
            break
        try:
            await append(deps, thread, draft, check=at_place(thread.seq))
        except Moved:
            continue
    if again := next_look(clocks):
        raise Later(again)


def at_place(seq: int) -> Callable[[Thread], None]:
    """Only right behind what we have seen."""

    def check(thread: Thread) -> None:
        if thread.seq != seq:
            raise Moved

    return check


def next_word(clocks: Clocks, now: datetime) -> Draft | None:
    """What has to be said of one clock at this moment."""
    deadlines = {one.clock: one for one in clocks.deadlines}
    for running in clocks.state.running:
        deadline = deadlines.get(running.clock)
        if deadline and (event := word_of(running, deadline, now)):
            return drafted(clocks, running, event, now)
    return None


def word_of(running: Running, deadline: Deadline, now: datetime) -> ClockBreached | None:
    """It is late; or soon will be. Whoever comes too late to warn does not."""
    if now >= deadline.due_at and not running.is_breached:
        return ClockBreached(clock=running.clock, due_at=deadline.due_at)
    if deadline.warn_at <= now < deadline.due_at and not running.is_warned and not running.is_breached:
        return ClockBreached(clock=running.clock, due_at=deadline.due_at, is_warning=True)
    return None


def drafted(clocks: Clocks, running: Running, event: ClockBreached, now: datetime) -> Draft:
    """Under an id that is made of the clock's own beginning."""
    what = "warned" if event.is_warning else "breached"
    return Draft(
        id=new_id(now),
        kind=EntryKind.EVENT,
        author=THE_HUB,
        event=event,
        client_id=f"{clocks.id}.{running.seq}.{running.clock}.{what}",
    )


KINDS = (
    Kind(
        name=BREACH,
        collection=repository.CLOCKS,
        handler=look,
        prefix="breach.",
        backoff=timedelta(seconds=5),
    ),
)
