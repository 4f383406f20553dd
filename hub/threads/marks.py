"""How far each member has read. Marks stand beside the log: that somebody has read something is no news to others.

A mark is set by what the thread was when it was set; the log's own writes do the same. So nothing that was written at
the same moment is ever taken for read.
"""

from msgspec.structs import replace

from hub.deps import Deps
from hub.threads import repository
from hub.threads.announcing import announce
from hub.threads.errors import ThreadBusy
from hub.threads.failed import with_failed
from hub.threads.happenings import Owner, OwnerKind
from hub.threads.log import get_thread, tally
from hub.threads.models import Entry, Mark, Thread
from hub.threads.silence import is_from_person

ATTEMPTS = 50
# Whoever has more than this unread has something to read.
LOOKED_AT = 500


async def mark_read(deps: Deps, thread: Thread, member: str, seq: int | None = None) -> Thread:
    """The member has seen everything up to this place, or to the end. A mark never goes back this way."""
    for _ in range(ATTEMPTS):
        up_to = max(thread.read_by(member), min(thread.seq if seq is None else seq, thread.seq))
        has_more = await is_more_to_read(deps, thread, member, up_to)
        if after := await store(deps, thread, with_mark(thread, member, up_to, is_unread=has_more)):
            return after
        thread = await get_thread(deps, thread.account, thread.id)
    raise ThreadBusy


async def mark_unread(deps: Deps, thread: Thread, member: str) -> Thread:
    """The member wants to read it again, from the person's last message on."""
    for _ in range(ATTEMPTS):
        last = thread.heard.seq if thread.heard else thread.seq
        before = max(0, min(thread.read_by(member), last - 1))
        if after := await store(deps, thread, with_mark(thread, member, before, is_unread=True)):
            return after
        thread = await get_thread(deps, thread.account, thread.id)
    raise ThreadBusy


async def is_more_to_read(deps: Deps, thread: Thread, member: str, up_to: int) -> bool:
    """Whether something that concerns the member stands behind this place: only where it was unread before."""
    if up_to >= thread.seq or member not in thread.unread_for:
        return False
    behind = await repository.list_after(deps.mongo, thread.account, thread.id, up_to, limit=LOOKED_AT)
    return len(behind) == LOOKED_AT or any(concerns(entry, member) for entry in behind)


def concerns(entry: Entry, member: str) -> bool:
    """Whether it makes a thread unread for the member."""
    return is_from_person(entry) or member in entry.mentions


def with_mark(thread: Thread, member: str, seq: int, *, is_unread: bool) -> Thread:
    """The thread, read by the member this far."""
    marks = {mark.member: mark for mark in thread.marks} | {member: Mark(member=member, seq=seq)}
    unread = {*thread.unread_for, member} if is_unread else set(thread.unread_for) - {member}
    mentions = thread.mentions if is_unread else sorted(set(thread.mentions) - {member})
    is_seen = thread.owner == Owner(OwnerKind.MEMBER, member) and not is_unread
    after = replace(
        thread,
        marks=[marks[one] for one in sorted(marks)],
        unread_for=sorted(unread),
        mentions=mentions,
    )
    return with_failed(after, []) if is_seen else after


async def store(deps: Deps, before: Thread, after: Thread) -> Thread | None:
    """The thread as it is then; None when somebody has changed it meanwhile."""
    if after == before:
        return before
    if not await repository.set_marks(deps.mongo, before, after, deps.clock.now()):
        return None
    after = replace(after, rev=before.rev + 1)
    announce(deps, before, after)
    await tally(deps, before, after)
    return after
