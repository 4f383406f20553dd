"""Two mails that bear one name. A Message-ID is chosen by whoever writes: some programs give the same to all, and
whoever knows one that is still on its way can use it first. So it does not say alone which mail is which.

The same mail comes by several ways, and a list changes its words; who wrote it and when stays the same. Only what
differs in that is another mail, and gets a name of its own.
"""

import hashlib
from datetime import timedelta

import msgspec
from msgspec.structs import replace

from channels.base import Content, Elsewhere, Inbound
from channels.mail.ids import NAMELESS
from hub.correspondence.joining import proof_of
from hub.deps import Deps
from hub.lines.models import Line
from hub.threads.delivering import get_entry
from hub.threads.log import opened
from hub.threads.models import Entry
from hub.threads.queries import list_named
from hub.threads.receiving import capped

IN_OTHER_WORDS = "stands_there_in_other_words"
# The database keeps thousandths.
SAME_MOMENT = timedelta(seconds=1)

Message = Inbound | Elsewhere


async def told_apart(deps: Deps, line: Line, said: Message) -> tuple[Message, str]:
    """The mail under a name that no other one bears on this line; and why it is not taken, where it stands there
    already and says something else by now."""
    if said.envelope is None:
        return said, ""
    told = said
    for told in (said, replace(said, id=own_name_of(said))):
        first = await find_called(deps, line, told.id)
        known = await opened(deps, first) if first else None
        if first is None or known is None:
            return told, ""
        if is_same(first, known, said):
            return told, "" if words_of(known) == words_of(said.content) else IN_OTHER_WORDS
    return told, IN_OTHER_WORDS


async def find_called(deps: Deps, line: Line, name: str) -> Entry | None:
    """What is called so on this line, whoever has said it."""
    found = await list_named(deps, line.account, [line.id], [name])
    return await get_entry(deps, line.account, found[0].entry) if found else None


def own_name_of(said: Message) -> str:
    """As only this mail is called, and as nobody else calls it."""
    told = (said.id, author_of(said.content), proof_of(said.content) == "fail", said.said_at)
    return f"{NAMELESS}{hashlib.sha256(msgspec.json.encode(told)).hexdigest()}"


def is_same(first: Entry, known: Content, said: Message) -> bool:
    """Whether it is that mail: the same one has written it, at the same time or in the same words. A forgery never
    stands for the mail whose name it bears."""
    if author_of(known) != author_of(said.content) or (proof_of(known) == "fail" != proof_of(said.content)):
        return False
    return abs(first.said_at - said.said_at) < SAME_MOMENT or words_of(known) == words_of(said.content)


def author_of(content: Content) -> str:
    """As who it says that it is from."""
    return content.mail.sender.address if content.mail and content.mail.sender else ""


def words_of(content: Content) -> tuple[str, list[str], list[tuple[str, int | None]]]:
    """All that it says, however its lines are broken."""
    kept = capped(content)
    return kept.subject, kept.text.split(), [(file.name, file.size) for file in kept.media]
