"""What other rooms do when something new stands in a log: routing, clocks, rules, search, agents' turns.

The thread remembers how far they have come, and is due until they have come to its end: whatever a process has left
undone, another one does. So a reaction may see the same entry twice, and must do no harm then: it asks what the thread
is by now, or writes under an id that is made of the entry's.

What one room cannot do keeps no other from reacting, and no later entry for long: after some tries it is left undone,
noted where people see what was given up. Whoever revives it has it tried again.
"""

from datetime import timedelta

import structlog

from hub.deps import Deps
from hub.store.mongo import DatabaseAway, Document
from hub.threads import repository
from hub.threads.models import Entry, Thread
from hub.work.attempt import reason_of
from hub.work.kinds import Kind, Lease

log = structlog.get_logger()

FOLLOW = "threads.follow"
STEP = 100
# From the first to the last of them it is more than a minute.
TRIES = 5


async def follow(deps: Deps, thread: Thread, entry: Entry) -> None:
    """React to an entry that was just written, and to whatever was written meanwhile."""
    if thread.followed != entry.seq - 1 and await how_far(deps, thread) != entry.seq - 1:
        # Whoever has written the entry before is about to react to both, or has died: then it is due.
        return
    await react(deps, thread, entry)
    if not await repository.settle(deps.mongo, thread.account, thread.id, followed=entry.seq):
        await repository.note_followed(deps.mongo, thread.account, thread.id, followed=entry.seq)
        await go_on(deps, thread.account, thread.id)


async def how_far(deps: Deps, thread: Thread) -> int:
    """How far the reactions have come by now: whoever writes two entries has seen the thread before those to the first
    were done."""
    now = await repository.find_thread(deps.mongo, thread.account, thread.id)
    return now.followed if now else 0


async def react(deps: Deps, thread: Thread, entry: Entry) -> None:
    """All rooms that want to know, in the order of the house. What the first of those raises that fail comes last."""
    failed: list[Exception] = []
    for reaction in deps.declared.reactions:
        try:
            await reaction(deps, thread, entry)
        except DatabaseAway:
            raise
        except Exception as error:  # the outermost loop of a reaction: no room may keep another from hearing
            log.warning("reaction_failed", room=reaction.__module__, thread=thread.id, seq=entry.seq, exc_info=error)
            failed.append(error)
    if failed:
        raise failed[0]


async def react_at_last(deps: Deps, thread: Thread, entry: Entry) -> bool:
    """The same for the last time: what fails now is noted, and left undone; then it is False."""
    try:
        await react(deps, thread, entry)
        return True
    except DatabaseAway:
        raise
    except Exception as error:  # the outermost loop of an entry: what comes behind it must be reacted to
        log.error("reaction_given_up", thread=thread.id, seq=entry.seq, exc_info=error)
        reason = f"Entry {entry.seq}: {reason_of(error)}"
        await repository.note_missed(deps.mongo, thread, entry.seq, reason=reason, tries=TRIES, now=deps.clock.now())
        return False


async def go_on(deps: Deps, account: str, id: str, *, is_last_try: bool = False) -> None:
    """React to what nobody has reacted to, until there is no more of it."""
    reacting = react_at_last if is_last_try else react
    while thread := await repository.find_thread(deps.mongo, account, id):
        if thread.followed >= thread.seq and await repository.settle(deps.mongo, account, id, followed=thread.seq):
            return
        for entry in await repository.list_after(deps.mongo, account, id, thread.followed, limit=STEP):
            if entry.seq > thread.seq:
                # Whoever has stored it is about to count it: rooms must not see a thread that is older than the entry.
                break
            await reacting(deps, thread, entry)
            await repository.note_followed(deps.mongo, account, id, followed=entry.seq)


async def take_over(deps: Deps, document: Document, lease: Lease) -> None:
    """Whoever has written the last entries has died over the reactions to them, or some have failed."""
    account, id, is_last_try = document["account"], document["_id"], lease.attempt >= TRIES
    part = document["follow"]
    if "buried" not in part:
        await make_up(deps, account, id, part.get("missed", []), is_last_try=is_last_try)
    await go_on(deps, account, id, is_last_try=is_last_try)


async def make_up(deps: Deps, account: str, id: str, missed: list[int], *, is_last_try: bool) -> None:
    """React to what was left undone: somebody has revived it."""
    for seq in missed:
        thread = await repository.find_thread(deps.mongo, account, id)
        entry = await repository.find_entry(deps.mongo, account, thread=id, seq=seq)
        if thread is None or entry is None:
            continue
        if not is_last_try:
            await react(deps, thread, entry)
        elif not await react_at_last(deps, thread, entry):
            continue
        await repository.forget_missed(deps.mongo, account, id, seq)


KINDS = (
    Kind(
        name=FOLLOW,
        collection=repository.THREADS,
        handler=take_over,
        prefix="follow.",
        backoff=timedelta(seconds=5),
    ),
)
