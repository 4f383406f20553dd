"""Two threads of one person become one, and two again.

Each of the two logs gets an entry. What stands in the log of the thread that ends is what counts; a reaction to it
tells the other log, so that a crash between the two loses nothing.
"""

from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads.errors import MergeUnfit, NotMerged
from hub.threads.happening import Decide, happened
from hub.threads.happenings import Merged, MergedInto
from hub.threads.log import MOST_HOPS, append, get_thread
from hub.threads.models import THE_HUB, Author, Draft, Entry, EntryKind, Thread
from hub.threads.state import check_goes_on_here


async def merge(deps: Deps, survivor: Thread, other: Thread, author: Author, *, id: str | None = None) -> Thread:
    """What comes for the other one goes on in the survivor from here on. Gives back the survivor."""
    check_goes_on_here(survivor)
    if survivor.id == other.id or survivor.person != other.person:
        raise MergeUnfit("Two conversations of one person can become one. Merge the people first.", thread=other.id)

    def decide(now: Thread) -> MergedInto | None:
        if now.merged_into not in (None, survivor.id):
            raise MergeUnfit("The other conversation goes on in a third one already.", thread=now.merged_into)
        return None if now.merged_into else MergedInto(thread=survivor.id)

    return await write_in_both(deps, survivor, other, decide, author, id)


async def undo(deps: Deps, survivor: Thread, other: Thread, author: Author, *, id: str | None = None) -> Thread:
    """The other one goes its own way again; what was said meanwhile stays where it was said."""

    def decide(now: Thread) -> MergedInto | None:
        if now.merged_into != survivor.id:
            raise NotMerged("These two conversations are not one.", thread=other.id)
        return MergedInto(thread=survivor.id, is_undone=True)

    return await write_in_both(deps, survivor, other, decide, author, id)


async def write_in_both(
    deps: Deps, survivor: Thread, other: Thread, decide: Decide, author: Author, id: str | None
) -> Thread:
    """Into the log of the one that ends, then into that of the one that goes on, which is given back."""
    ended, entry = await happened(deps, other, decide, author, id=id)
    if entry:
        await tell(deps, ended, entry)
    return await get_thread(deps, survivor.account, survivor.id)


async def tell(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: the thread that goes on hears of it, once."""
    if not isinstance(entry.event, MergedInto):
        return
    event, survivor = entry.event, await get_thread(deps, entry.account, entry.event.thread)
    if not event.is_undone and await leads_to(deps, survivor, entry.thread):
        # Two were merged into each other at the same moment: neither is.
        undone = MergedInto(thread=survivor.id, is_undone=True)
        await append(deps, thread, drafted(deps, entry, undone, THE_HUB))
        return
    told = Merged(thread=entry.thread, is_undone=event.is_undone)
    await append(deps, survivor, drafted(deps, entry, told, entry.author))


async def leads_to(deps: Deps, thread: Thread, id: str) -> bool:
    """Whether a thread goes on in another one, at last."""
    for _ in range(MOST_HOPS):
        if thread.merged_into in (None, id):
            return thread.merged_into == id
        thread = await get_thread(deps, thread.account, thread.merged_into or "")
    return True


def drafted(deps: Deps, cause: Entry, event: Merged | MergedInto, author: Author) -> Draft:
    """An event that follows from an entry, and is told by it: it happens once."""
    id, name = new_id(deps.clock.now()), event.__struct_config__.tag
    return Draft(id=id, kind=EntryKind.EVENT, author=author, event=event, client_id=f"{cause.id}.{name}")
