"""Who is typing: members, and the people whom they talk with."""

from hub.access import Permission
from hub.act import Act
from hub.bus import changed
from hub.deps import Deps
from hub.errors import Forbidden
from hub.presence.being import look_soon
from hub.presence.book import LEAD, thread_of
from hub.presence.noticing import glance, shown
from hub.presence.shapes import TypingNow, TypingSeen
from hub.sockets.connection import Connection
from hub.threads.access import access_thread
from hub.threads.models import AuthorKind, Entry, EntryKind, Thread

# Of a text that is long nobody reads more while it is typed.
PREVIEW_CHARACTERS = 1000


async def type_at(act: Act, connection: Connection, wanted: TypingNow) -> TypingSeen:
    """A member types, or does no more; who else does."""
    thread = await access_thread(act.deps, act.caller, wanted.thread_id, Permission.THREADS_REPLY)
    if act.caller.kind != "member":
        raise Forbidden("Members type; a key says what it has to say.")
    book, board = act.deps.presence, thread_of(thread.account, thread.id)
    if wanted.is_typing:
        book.begin_typing(connection.id, board, "note" if wanted.is_note else "reply")
    else:
        book.stop_typing(connection.id, board)
    seen = await glance(act.deps, board)
    is_held = wanted.is_typing and not wanted.is_note and seen.holder != act.caller.id
    return TypingSeen(held_by=seen.holder if is_held else None, presence=shown(seen))


async def stop(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: what a member was typing is said, where it was said by the process of the socket."""
    is_said = entry.author.kind is AuthorKind.MEMBER and entry.kind is not EntryKind.EVENT and not entry.is_reaction
    board = thread_of(thread.account, thread.id)
    if is_said and deps.presence.stop_member(board, entry.author.id):
        look_soon(deps, board)


def visitor_types(deps: Deps, account: str, thread: str, text: str | None) -> None:
    """The person on the other side has typed this so far; nothing, or None, when they do no more. Never waits, never
    fails: whoever has the conversation open is told a few times a second."""
    deps.presence.previews[thread] = (text or "")[:PREVIEW_CHARACTERS]
    changed(deps, LEAD, account, thread)
