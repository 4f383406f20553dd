"""Where something goes that is said: over which line, and as the answer to what."""

import msgspec

from hub.deps import Deps
from hub.lines.actions import get_line, list_lines
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.sending.errors import NoLine
from hub.sending.models import Saying
from hub.threads.delivering import get_at, get_entry
from hub.threads.log import opened
from hub.threads.models import Thread

# The whole subject of an answer to a mail that has none, as mail programs write it too: with other words in it Gmail
# would show the answer as a conversation of its own.
AGAIN = "Re:"


async def line_for(deps: Deps, thread: Thread, wanted: str | None) -> Line:
    """The one that was asked for; else where the person wrote last; else where we wrote last; else the only one."""
    id = wanted or (thread.heard.line if thread.heard else None) or (thread.lines[-1] if thread.lines else None)
    if id:
        return await get_line(deps, thread.account, id)
    lines = await list_lines(deps, thread.account)
    if len(lines) != 1:
        raise NoLine("Nobody has written here yet: say on which line to write.", field="line_id")
    return lines[0]


async def line_wanted(deps: Deps, thread: Thread, saying: Saying) -> str | None:
    """The one that its author names; a reaction goes where the message stands that it is put to."""
    if saying.line or saying.reaction is None or not saying.reply_to:
        return saying.line
    return (await get_entry(deps, thread.account, saying.reply_to)).line


async def answering(deps: Deps, thread: Thread, line: Line, saying: Saying) -> Saying:
    """Where messages have subjects, an answer names the mail that it answers: so mailboxes keep them together."""
    heard = thread.heard
    if not channel_of(line).capabilities.has_subject or heard is None or heard.line != line.id:
        return saying
    theirs = await get_at(deps, thread, heard.seq)
    subject = (await opened(deps, theirs)).subject
    again = subject if subject.lower().startswith(AGAIN.lower()) else f"{AGAIN} {subject}".strip()
    return msgspec.structs.replace(saying, subject=saying.subject or again, reply_to=saying.reply_to or theirs.id)
