"""What other rooms do when something new stands in a log: routing, clocks, rules, search, agents' turns.

The thread remembers how far they have come, and is due until they have come to its end: whatever a process has left
undone, another one does. So a reaction may see the same entry twice, and must do no harm then: it asks what the thread
is by now, or writes under an id that is made of the entry's.
"""

from datetime import timedelta

from hub.deps import Deps
from hub.store.mongo import Document
from hub.threads import repository
from hub.threads.models import Entry, Thread
from hub.work.kinds import Kind, Lease

FOLLOW = "threads.follow"
STEP = 100


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
    """All rooms that want to know, in the order of the house."""
    for reaction in deps.reactions:
        await reaction(deps, thread, entry)


async def go_on(deps: Deps, account: str, id: str) -> None:
    """React to what nobody has reacted to, until there is no more of it."""
    while thread := await repository.find_thread(deps.mongo, account, id):
        if thread.followed >= thread.seq and await repository.settle(deps.mongo, account, id, followed=thread.seq):
            return
        for entry in await repository.list_after(deps.mongo, account, id, thread.followed, limit=STEP):
            await react(deps, thread, entry)
            await repository.note_followed(deps.mongo, account, id, followed=entry.seq)


async def take_over(deps: Deps, document: Document, _: Lease) -> None:
    """Whoever has written the last entries has died over the reactions to them."""
    await go_on(deps, document["account"], document["_id"])


KINDS = (
    Kind(
        name=FOLLOW,
        collection=repository.THREADS,
        handler=take_over,
        prefix="follow.",
        backoff=timedelta(seconds=5),
    ),
)
