"""Something happens to a thread, decided by what the thread is at that very place of its log."""

from collections.abc import Callable

from channels.base import Content
from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads.errors import ThreadBusy, ThreadMerged
from hub.threads.happenings import Happening, MergedInto, PersonMerged
from hub.threads.log import append
from hub.threads.models import Author, Draft, Entry, EntryKind, Thread

ATTEMPTS = 50

# What happens to a thread that is so: None when it is that way already; raises when it must not happen.
Decide = Callable[[Thread], Happening | None]


class DecidedAnew(Exception):
    """The thread is otherwise by now, and what was decided does not hold."""

    def __init__(self, thread: Thread) -> None:
        super().__init__(thread.id)
        self.thread = thread


async def happen(
    deps: Deps, thread: Thread, decide: Decide, author: Author, *, word: str = "", id: str | None = None
) -> Thread:
    """Let it happen, once and at a place of the log where it is right, and give back the thread as it is then."""
    after, _ = await happened(deps, thread, decide, author, word=word, id=id)
    return after


async def happened(
    deps: Deps, thread: Thread, decide: Decide, author: Author, *, word: str = "", id: str | None = None
) -> tuple[Thread, Entry | None]:
    """The same, with the entry that tells of it; None when nothing had to happen."""
    id = id or new_id(deps.clock.now())
    for _ in range(ATTEMPTS):
        event = decided(thread, decide)
        if event is None:
            return thread, None
        try:
            return await append(deps, thread, drafted(id, author, event, word), check=still(decide, event))
        except DecidedAnew as moved:
            thread = moved.thread
    raise ThreadBusy


def drafted(id: str, author: Author, event: Happening, word: str = "") -> Draft:
    """An event before it has its place."""
    content = Content(text=word) if word else None
    return Draft(id=id, kind=EntryKind.EVENT, author=author, event=event, content=content)


def decided(thread: Thread, decide: Decide) -> Happening | None:
    """What happens to a thread; to one that goes on in another, nothing but to go its own way again, or to another
    person."""
    event = decide(thread)
    if event and thread.merged_into and not isinstance(event, MergedInto | PersonMerged):
        raise ThreadMerged("This conversation goes on in another one.", thread=thread.merged_into)
    return event


def still(decide: Decide, event: Happening) -> Callable[[Thread], None]:
    """The same would be decided now."""

    def check(thread: Thread) -> None:
        if decided(thread, decide) != event:
            raise DecidedAnew(thread)

    return check
