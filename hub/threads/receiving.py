"""What a person has said, into the log."""

from msgspec.structs import replace

from channels.base import Capabilities, Content, Inbound, Medium
from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads.log import MOST_HOPS, append, where_it_goes_on
from hub.threads.models import Author, AuthorKind, Draft, Entry, EntryKind, Thread

# Whoever reads a conversation reads no more of one message, and searching and showing it must not take long.
LONGEST_TEXT, LONGEST_SUBJECT = 100_000, 1000


async def receive(
    deps: Deps,
    thread: Thread,
    inbound: Inbound,
    *,
    line: str,
    medium: Medium,
    can: Capabilities,
    needs_no_answer: bool = False,
) -> tuple[Thread, Entry]:
    """Log it once, however often it is told."""
    draft = Draft(
        id=new_id(deps.clock.now()),
        kind=EntryKind.MESSAGE,
        author=Author(AuthorKind.PERSON, thread.person),
        said_at=inbound.said_at,
        provider_id=inbound.id,
        line=line,
        medium=medium,
        direction="in",
        content=capped(inbound.content),
        # By the provider's clock: theirs is the one that counts.
        window_until=inbound.window_until or (inbound.said_at + can.window if can.window else None),
        needs_no_answer=needs_no_answer,
    )
    return await append_where_it_goes_on(deps, thread, draft)


class Moved(Exception):
    """The thread goes on in another one by now."""

    def __init__(self, thread: Thread) -> None:
        super().__init__(thread.id)
        self.thread = thread


async def append_where_it_goes_on(deps: Deps, thread: Thread, draft: Draft) -> tuple[Thread, Entry]:
    """Store what comes from the person in the thread that goes on, also when the two have become one at this moment."""
    for _ in range(MOST_HOPS):
        try:
            return await append(deps, thread, draft, check=check_stays)
        except Moved as moved:
            thread = await where_it_goes_on(deps, moved.thread)
    # Two that were merged into each other are being parted: nothing that somebody says waits for it.
    return await append(deps, thread, draft)


def check_stays(thread: Thread) -> None:
    """Raise Moved for a thread in which nothing more is said."""
    if thread.merged_into:
        raise Moved(thread)


def capped(content: Content) -> Content:
    """As much of it as is kept; what was cut says so."""
    text, subject = content.text[:LONGEST_TEXT], content.subject[:LONGEST_SUBJECT]
    is_cut = content.is_cut or (text, subject) != (content.text, content.subject)
    return replace(content, text=text, subject=subject, is_cut=is_cut)
