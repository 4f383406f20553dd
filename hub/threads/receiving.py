"""What a person has said, into the log."""

from channels.base import Capabilities, Inbound, Medium
from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads.log import append
from hub.threads.models import Author, AuthorKind, Draft, Entry, EntryKind, Thread


async def receive(
    deps: Deps, thread: Thread, inbound: Inbound, *, line: str, medium: Medium, can: Capabilities
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
        content=inbound.content,
        # By the provider's clock: theirs is the one that counts.
        window_until=inbound.window_until or (inbound.said_at + can.window if can.window else None),
    )
    return await append(deps, thread, draft)
