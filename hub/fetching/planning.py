"""Whatever comes with a message is to be fetched: that is written down by a reaction to the message."""

from hub.deps import Deps
from hub.fetching import repository
from hub.fetching.models import FETCH, MOST_FILES, Fetch, file_id_of, is_fetched
from hub.threads.log import opened
from hub.threads.models import Entry, EntryKind, Thread


async def plan(deps: Deps, thread: Thread, entry: Entry) -> None:
    """One piece of work for each file. A repeat finds what is there, or what was kept."""
    if entry.kind is not EntryKind.MESSAGE or not is_fetched(entry) or entry.content is None:
        return
    media = (await opened(deps, entry)).media
    for place in range(min(len(media), MOST_FILES)):
        now = deps.clock.now()
        fetch = Fetch(
            id=file_id_of(entry.id, place),
            account=entry.account,
            line=entry.line,
            thread=entry.thread,
            entry=entry.id,
            place=place,
            made_at=now,
            due_at=now,
        )
        if await repository.add(deps.mongo, fetch):
            await deps.bell.ring(FETCH, fetch.id)
