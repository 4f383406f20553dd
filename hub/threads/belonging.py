"""Whose a thread is: two people turn out to be one, or not to be."""

from hub.deps import Deps
from hub.threads import merging, repository
from hub.threads.errors import NotMerged
from hub.threads.happening import happen
from hub.threads.happenings import PersonMerged
from hub.threads.log import MOST_HOPS, get_thread
from hub.threads.models import Author, Thread

# Nobody has so many conversations with one account.
MOST = 1000


async def list_threads_of(deps: Deps, account: str, person: str) -> list[Thread]:
    """All threads of a person, whatever moved last first."""
    return await repository.list_threads_of(deps.mongo, account, person, limit=MOST)


async def list_merged_into(deps: Deps, thread: Thread) -> list[Thread]:
    """The threads that go on in this one: whatever was merged into it, and into those."""
    theirs = {one.id: one for one in await list_threads_of(deps, thread.account, thread.person)}

    def goes_on_here(one: Thread | None) -> bool:
        for _ in range(MOST_HOPS):
            if one is None or one.merged_into is None:
                return False
            if one.merged_into == thread.id:
                return True
            one = theirs.get(one.merged_into)
        return False

    return [one for one in theirs.values() if one.id != thread.id and goes_on_here(one)]


async def bring(deps: Deps, thread: Thread, survivor: str, author: Author) -> Thread:
    """Whoever it is with has turned out to be this person. A repeat changes nothing."""
    other = thread.person

    def decide(now: Thread) -> PersonMerged | None:
        return PersonMerged(person=survivor, other=other) if now.person == other != survivor else None

    return await happen(deps, thread, decide, author)


async def give_back(deps: Deps, thread: Thread, other: str, survivor: str, author: Author) -> Thread:
    """Whoever it is with has turned out not to be the survivor, but the other after all."""

    def decide(now: Thread) -> PersonMerged | None:
        return PersonMerged(person=other, other=survivor, is_undone=True) if now.person == survivor else None

    return await happen(deps, thread, decide, author)


async def part(deps: Deps, account: str, person: str, author: Author) -> None:
    """Threads of a person that go on in somebody else's go their own way again."""
    for thread in await list_threads_of(deps, account, person):
        if not thread.merged_into:
            continue
        survivor = await get_thread(deps, account, thread.merged_into)
        if survivor.person != person:
            try:
                await merging.undo(deps, survivor, thread, author)
            except NotMerged:
                # Somebody has done so at this very moment.
                continue
