"""What messages are found by: keyed hashes of their words and of how these begin, stored when a message is logged."""

from channels.base import Content
from hub.deps import Deps
from hub.fetching.showing import words_heard
from hub.inbox import repository
from hub.inbox.models import Findable
from hub.store.tokens import tokens_of
from hub.threads.log import opened
from hub.threads.models import Entry, EntryKind, Thread

# Shorter beginnings would be found everywhere, and longer ones tell little more.
SHORTEST, LONGEST = 3, 8


async def find_heard(deps: Deps, entry: Entry) -> None:
    """A message whose voice notes were written down is found by their words, too."""
    await make_findable(deps, None, entry)


async def make_findable(deps: Deps, _: Thread | None, entry: Entry) -> None:
    """A message or a note can be searched from now on. A repeat stores the same again."""
    if entry.kind is EntryKind.EVENT or entry.content is None:
        return
    content, stored = await opened(deps, entry), None
    # What is written down of its voice notes while this is stored belongs to it, too.
    while stored != (text := await text_in(deps, entry, content)):
        await keep_words(deps, entry, text)
        stored = text


async def keep_words(deps: Deps, entry: Entry, text: str) -> None:
    """It is found by these from now on."""
    keyring = await deps.sealer.keyring(entry.account)
    if tokens := tokens_of(keyring, text, prefixes=True, shortest=SHORTEST, longest=LONGEST):
        findable = Findable(id=entry.id, account=entry.account, thread=entry.thread, at=entry.stored_at, tokens=tokens)
        await repository.make_findable(deps.mongo, findable)


async def text_in(deps: Deps, entry: Entry, content: Content) -> str:
    """All that somebody could search for in an entry."""
    heard = await words_heard(deps, [(entry, content.media)])
    return with_heard(content, heard.get(entry.id, ""))


def with_heard(content: Content, heard: str) -> str:
    """What it says, and below it what its voice notes say."""
    return "\n".join(part for part in (text_of(content), heard) if part)


def text_of(content: Content) -> str:
    """All that somebody could search for in it."""
    named = (*(one.name for one in content.media), *(one.name for one in content.cards))
    came = (content.referral.headline,) if content.referral else ()
    return "\n".join(part for part in (content.subject, content.text, *named, *came) if part)
