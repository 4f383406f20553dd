"""What belongs to two people follows when they become one, and goes back when they are two again: their threads, by an
entry in each log, the notes on them, and their ledger of consent. It may be done twice: each step asks how it is."""

from datetime import timedelta

from hub.consent import belonging as consents
from hub.deps import Deps
from hub.merging import repository
from hub.merging.models import Merge
from hub.people import notes
from hub.people.getting import get_person
from hub.store.mongo import Document
from hub.threads import belonging as threads
from hub.threads.models import THE_HUB, Author, AuthorKind
from hub.work.kinds import Kind, Later, Lease

# How long after it a sweep takes over, when the process that has merged them has died.
GRACE = timedelta(seconds=10)
# By then whoever was about to write for the other when the two became one has written.
SURELY_WRITTEN = timedelta(minutes=1)
AUTHORS = frozenset({AuthorKind.MEMBER, AuthorKind.KEY})


async def settle(deps: Deps, merge: Merge) -> None:
    """Let it follow, to where it belongs by now."""
    if merge.undone_at:
        await go_back(deps, merge)
    else:
        await come_along(deps, merge)


async def come_along(deps: Deps, merge: Merge) -> None:
    """From the other to the survivor."""
    account, author = merge.account, author_of(merge.by)
    found = await threads.list_threads_of(deps, account, merge.other)
    noted = await notes.list_note_ids(deps, account, merge.other)
    said = await consents.list_ids(deps, account, merge.other)
    if found or noted or said:
        ids = [thread.id for thread in found]
        await repository.note_brought(deps.mongo, merge, threads=ids, notes=noted, consents=said)
    for thread in found:
        await threads.bring(deps, thread, merge.survivor, author)
    await notes.move_notes(deps, account, noted, to=merge.survivor)
    await consents.hand_over(deps, account, said, merge.survivor)


async def go_back(deps: Deps, merge: Merge) -> None:
    """From the survivor to the other, whatever had come along; to whoever the other has turned out to be meanwhile."""
    account, author = merge.account, author_of(merge.undone_by)
    other, survivor = [(await get_person(deps, account, one)).id for one in (merge.other, merge.survivor)]
    if other == survivor:
        # They were merged once more, and what belongs to them follows that.
        return
    for thread in await threads.list_threads_of(deps, account, merge.survivor):
        if thread.id in merge.threads:
            await threads.give_back(deps, thread, other, merge.survivor, author)
    for person in (merge.survivor, merge.other):
        await threads.part(deps, account, person, author)
    await notes.move_notes(deps, account, merge.notes, to=other)
    await consents.hand_over(deps, account, merge.consents, other)


def author_of(by: str) -> Author:
    """Who it was, as an entry of a log names it."""
    kind, _, id = by.partition(":")
    return Author(AuthorKind(kind), id) if kind in AUTHORS else THE_HUB


async def finish(deps: Deps, document: Document, _: Lease) -> None:
    """Once more, when nobody can be about to write any more for whom there was before."""
    merge = await repository.find_merge(deps.mongo, document["account"], document["_id"])
    if merge is None:
        return
    await settle(deps, merge)
    over_at = (merge.undone_at or merge.at) + SURELY_WRITTEN
    if deps.clock.now() < over_at:
        raise Later(over_at)


KINDS = (Kind(name="merging.settle", collection=repository.MERGES, handler=finish),)
