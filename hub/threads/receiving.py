"""What a person has said, into the log."""

from msgspec.structs import replace

from channels.base import Capabilities, Content, Elsewhere, Inbound, Medium
from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads.log import MOST_HOPS, append, where_it_goes_on
from hub.threads.models import SOMEBODY_ELSEWHERE, Author, AuthorKind, Draft, Entry, EntryKind, Thread

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
    by: str = "",
    needs_no_answer: bool = False,
) -> tuple[Thread, Entry]:
    """Log it once, however often it is told. `by` is whose word it is, where that is not the person whose conversation
    it is. An emoji that was put to a message asks for nothing, nor does what a program has written; and what the
    provider has answered itself asks nobody else."""
    content, is_reaction = capped(inbound.content), is_only_reaction(inbound.content)
    is_automatic = content.mail is not None and content.mail.is_automatic
    draft = Draft(
        id=new_id(deps.clock.now()),
        kind=EntryKind.MESSAGE,
        author=Author(AuthorKind.PERSON, by or thread.person),
        said_at=inbound.said_at,
        provider_id=inbound.id,
        line=line,
        medium=medium,
        direction="in",
        content=replace(content, at_line=inbound.at_line),
        files=files_of(content),
        # By the provider's clock: theirs is the one that counts.
        window_until=inbound.window_until or (inbound.said_at + can.window if can.window else None),
        needs_no_answer=needs_no_answer or inbound.is_answered or is_reaction or is_automatic,
        is_reaction=is_reaction,
        is_automatic=is_automatic,
    )
    return await append_where_it_goes_on(deps, thread, draft)


async def receive_elsewhere(deps: Deps, thread: Thread, said: Elsewhere, *, line: str, medium: Medium) -> None:
    """Log once what somebody of the business has said by another program."""
    content = capped(said.content)
    draft = Draft(
        id=new_id(deps.clock.now()),
        kind=EntryKind.MESSAGE,
        author=SOMEBODY_ELSEWHERE,
        said_at=said.said_at,
        provider_id=said.id,
        line=line,
        medium=medium,
        direction="out",
        content=replace(content, at_line=said.at_line),
        files=files_of(content),
        is_automatic=content.mail is not None and content.mail.is_automatic,
    )
    await append_where_it_goes_on(deps, thread, draft)


def files_of(content: Content) -> tuple[str, ...]:
    """What is kept with it beside what is fetched."""
    return (content.mail.original,) if content.mail and content.mail.original else ()


def is_only_reaction(content: Content) -> bool:
    """Whether it says nothing in words."""
    return content.reaction is not None and not content.text


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
