"""Telling screens what has become of conversations, and of their numbers. What is told is what is stored by then; to
whom, is decided by who may see it by then."""

import asyncio
from typing import Any

from hub.audiences import ALL, Audience, of_lists, of_marks, of_numbers, of_thread
from hub.bus import Teller
from hub.deps import Deps
from hub.inbox import repository
from hub.inbox.counting import ACCOUNT, COUNTS, TEAMS
from hub.inbox.events import CountChanged, MarkChanged, ThreadChanged, ThreadGone
from hub.inbox.models import Tally
from hub.inbox.rows import sights_among, state
from hub.threads import queries
from hub.threads.announcing import THREAD, Left, Marked, Written, mark_of
from hub.threads.events import EntryChanged
from hub.threads.models import Entry, Thread
from hub.threads.showing import shown

# What moves a number moves others soon: they are told together.
COUNTS_PAUSE_S = 0.25


async def tell_thread(deps: Deps, account: str, id: str, parts: frozenset[Any]) -> None:
    """A conversation, and what exactly of it: entries, marks, and by which marks of its reach it is seen no more."""
    thread = await queries.find_thread(deps, account, id)
    if thread is None:
        return
    marks = {ALL, *thread.reach}
    left = {part.mark for part in parts if isinstance(part, Left)} - marks
    # What was just written is what lists show of the conversation, nearly always: both are read at once.
    written = {part.entry for part in parts if isinstance(part, Written)}
    entries = await queries.list_entries(deps, account, written | ({thread.last.entry} if thread.last else set()))
    await tell_entries(deps, thread, [entry for entry in entries if entry.id in written])
    sight = (await sights_among(deps, account, [thread], entries))[id]
    changed = ThreadChanged(account=account, thread=id, rev=thread.rev, state=state(thread, sight))
    await deps.bus.publish(changed, of_lists(account, marks))
    # Last: whoever still sees it by another mark knows this `rev` by then, and keeps it.
    if left:
        await deps.bus.publish(ThreadGone(account=account, thread=id, rev=thread.rev), of_lists(account, left))
    for part in parts:
        if isinstance(part, Marked):
            await tell_mark(deps, thread, part.member)


async def tell_entries(deps: Deps, thread: Thread, entries: list[Entry]) -> None:
    """What stands in the log, to whoever has it open."""
    audiences = of_thread(thread.account, thread.id, {ALL, *thread.reach})
    for entry in await shown(deps, sorted(entries, key=lambda entry: entry.seq)):
        event = EntryChanged(account=thread.account, thread=thread.id, rev=entry.rev, entry=entry)
        await deps.bus.publish(event, audiences)


async def tell_mark(deps: Deps, thread: Thread, member: str) -> None:
    """What one member has of it, to that one alone, who must still see it."""
    read_seq, is_unread, is_mentioned = mark_of(thread, member)
    event = MarkChanged(
        account=thread.account,
        thread=thread.id,
        rev=thread.rev,
        read_seq=read_seq,
        is_unread=is_unread,
        is_mentioned=is_mentioned,
    )
    await deps.bus.publish(event, of_marks(thread.account, member, {ALL, *thread.reach}))


async def tell_counts(deps: Deps, account: str, _: str, parts: frozenset[Any]) -> None:
    """The numbers that have moved, each to whoever sees it."""
    found = await repository.find_counters(deps.mongo, account, parts)
    told = [(count_changed(one), audiences_of(one)) for one in found]
    await asyncio.gather(*(deps.bus.publish(event, audiences) for event, audiences in told))


def count_changed(one: Tally) -> CountChanged:
    """A number, as screens have it."""
    return CountChanged(account=one.account, rev=one.moves, of=one.of, view=one.name, n=max(0, one.n))


def audiences_of(one: Tally) -> set[Audience]:
    """The account's numbers are for those who see all of it, a team's also for the team, a member's for that one."""
    if one.of == ACCOUNT:
        return of_lists(one.account, [ALL])
    if one.of == TEAMS:
        return of_lists(one.account, [ALL, f"team:{one.name}"])
    return {of_numbers(one.account, one.of)}


TELLERS = (Teller(THREAD, tell_thread), Teller(COUNTS, tell_counts, COUNTS_PAUSE_S))
