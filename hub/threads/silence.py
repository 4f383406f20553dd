"""Whoever speaks in a thread and leaves a person waiting for too long loses it: somebody else may take it then.

Off unless the account's policy says how long. The time counts from the first message without an answer, or from when
the member got the thread, whichever is later: the log has both.
"""

from datetime import datetime, timedelta

from hub.deps import Deps
from hub.store.mongo import Document
from hub.threads import repository
from hub.threads.happening import happen
from hub.threads.happenings import NOBODY, OwnerChanged, OwnerKind
from hub.threads.log import catch_up
from hub.threads.models import THE_HUB, Entry, EntryKind, Thread
from hub.threads.policy import policy_of
from hub.work.kinds import Kind, Later, Lease

# So many entries are looked at for when the waiting began.
LOOKED_AT = 1000


async def watch(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: from now on somebody has to answer in time."""
    if not is_waiting_for_member(thread) or not begins_waiting(entry):
        return
    minutes = (await policy_of(deps, thread.account)).release_after_minutes
    if minutes is not None:
        # Also when it is due already: whoever is at it at this moment may have looked before this was said, and would
        # end it. Counted from the first question, no further one puts it off; it is looked at exactly when it is due.
        since = thread.waiting_since if entry.direction == "in" and thread.waiting_since else entry.stored_at
        change: Document = {"$set": {"silence": {"due_at": since + timedelta(minutes=minutes)}}}
        await repository.change_thread(deps.mongo, thread.account, thread.id, {}, change)


def is_waiting_for_member(thread: Thread) -> bool:
    """Whether the person waits for somebody of us."""
    return thread.owner.kind is OwnerKind.MEMBER and thread.is_waiting


def begins_waiting(entry: Entry) -> bool:
    """Whether from here on somebody may be waited for who was not before."""
    return is_from_person(entry) or isinstance(entry.event, OwnerChanged)


async def release_if_silent(deps: Deps, document: Document, _: Lease) -> None:
    """The time is over: look whether it is still that wait."""
    thread = await catch_up(deps, document["account"], document["_id"])
    minutes = (await policy_of(deps, thread.account)).release_after_minutes
    if minutes is None or not is_waiting_for_member(thread):
        return
    until = await waiting_since(deps, thread) + timedelta(minutes=minutes)
    if until > deps.clock.now():
        raise Later(until)
    seen = thread

    def decide(now: Thread) -> OwnerChanged | None:
        is_so_still = now.epoch == seen.epoch and now.is_waiting
        return OwnerChanged(owner=NOBODY, why="silence", team=now.team) if is_so_still else None

    await happen(deps, thread, decide, THE_HUB)


async def waiting_since(deps: Deps, thread: Thread) -> datetime:
    """Since when the member owes the person an answer."""
    behind = await repository.list_after(deps.mongo, thread.account, thread.id, thread.answered_seq, limit=LOOKED_AT)
    asked = next((entry.stored_at for entry in behind if is_from_person(entry)), thread.moved_at)
    got = max((entry.stored_at for entry in behind if isinstance(entry.event, OwnerChanged)), default=asked)
    return max(asked, got)


def is_from_person(entry: Entry) -> bool:
    """Whether the person has said it, and wants an answer."""
    return entry.kind is EntryKind.MESSAGE and entry.direction == "in" and not entry.needs_no_answer


KINDS = (
    Kind(
        name="threads.silence",
        collection=repository.THREADS,
        handler=release_if_silent,
        prefix="silence.",
        backoff=timedelta(seconds=5),
    ),
)
