"""Whatever stands in a log has its files for good, also when whoever wrote it has died before saying so."""

from hub.deps import Deps
from hub.files import repository
from hub.threads.models import Entry, Thread


async def follow(deps: Deps, thread: Thread, entry: Entry) -> None:
    """The files of an entry are the thread's. One that is so already, or is another thread's, stays what it is."""
    if entry.files:
        await repository.take(deps.mongo, entry.account, entry.files, thread=entry.thread, entry=entry.id)


REACTIONS = (follow,)
