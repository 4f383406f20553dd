"""What messages are found by: keyed hashes of their words and of how these begin, stored when a message is logged."""

from channels.base import Content
from hub.deps import Deps
from hub.inbox import repository
from hub.inbox.models import Findable
from hub.store.tokens import tokens_of
from hub.threads.log import opened
from hub.threads.models import Entry, EntryKind, Thread

# Shorter beginnings would be found everywhere, and longer ones tell little more.
SHORTEST, LONGEST = 3, 8


async def make_findable(deps: Deps, _: Thread, entry: Entry) -> None:
    """A message or a note can be searched from now on. A repeat stores the same again."""
    if entry.kind is EntryKind.EVENT or entry.content is None:
        return
    text = text_of(await opened(deps, entry))
    keyring = await deps.sealer.keyring(entry.account)
    if tokens := tokens_of(keyring, text, prefixes=True, shortest=SHORTEST, longest=LONGEST):
        findable = Findable(id=entry.id, account=entry.account, thread=entry.thread, at=entry.stored_at, tokens=tokens)
        await repository.make_findable(deps.mongo, findable)


def text_of(content: Content) -> str:
    """All that somebody could search for in it."""
    return "\n".join(part for part in (content.subject, content.text, *(one.name for one in content.media)) if part)
