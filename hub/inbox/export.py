"""A conversation as a file: for programs, or to be read."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Literal

import msgspec

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.people.showing import names_of
from hub.threads import queries
from hub.threads.access import access_thread
from hub.threads.models import AuthorKind, Entry, EntryKind, Thread
from hub.threads.shapes import EntryShown
from hub.threads.showing import shown

STEP = 200
Format = Literal["json", "txt"]
MEDIA_TYPES: Mapping[Format, str] = {"json": "application/json", "txt": "text/plain; charset=utf-8"}


async def access_export(deps: Deps, caller: Caller, id: str) -> Thread:
    """A conversation that the caller may take out: nobody takes out what they may not read."""
    await access_thread(deps, caller, id, Permission.THREADS_VIEW)
    return await access_thread(deps, caller, id, Permission.PEOPLE_EXPORT)


async def exported(deps: Deps, thread: Thread, format: Format) -> AsyncIterator[bytes]:
    """The whole log, in parts that are never large. What is written meanwhile is not in it."""
    names = await names_of(deps, thread.account, {thread.person})
    name = names.get(thread.person, "")
    yield HEADS[format](thread, name)
    is_first = True
    async for part in each_part(deps, thread):
        for entry in part:
            yield LINES[format](entry, name, is_first)
            is_first = False
    yield ENDS[format]


async def each_part(deps: Deps, thread: Thread) -> AsyncIterator[Sequence[EntryShown]]:
    """The log from its beginning to where it ends now."""
    seq = 0
    while seq < thread.seq:
        found = await queries.list_after(deps, thread, seq, limit=STEP)
        entries: list[Entry] = [entry for entry in found if entry.seq <= thread.seq]
        if not entries:
            return
        yield await shown(deps, entries)
        seq = entries[-1].seq


def json_head(thread: Thread, name: str) -> bytes:
    """Whose it is; the log follows."""
    about = {"thread_id": thread.id, "person": {"id": thread.person, "name": name}, "status": thread.status}
    return msgspec.json.encode(about)[:-1] + b',"entries":['


def json_line(entry: EntryShown, _: str, is_first: bool) -> bytes:
    """One of a list."""
    return (b"" if is_first else b",") + b"\n" + msgspec.json.encode(entry)


def text_head(thread: Thread, name: str) -> bytes:
    """Whose it is."""
    return f"{name or 'Somebody'} ({thread.id})\n\n".encode()


def text_line(entry: EntryShown, name: str, _: bool) -> bytes:
    """When, who, what. A line of what was said never looks like one of ours: it is set in."""
    said = "\n".join(f"    {line}" for line in said_in(entry).splitlines())
    return f"{entry.said_at:%Y-%m-%d %H:%M:%S} UTC  {who(entry, name)}\n{said}\n\n".encode()


def who(entry: EntryShown, name: str) -> str:
    """Who has written it, or made it happen."""
    is_theirs = entry.author.kind is AuthorKind.PERSON
    author = name or "the person" if is_theirs else f"{entry.author.kind} {entry.author.id}".strip()
    return f"{' '.join(author.split())} ({entry.kind}{f', {entry.medium}' if entry.medium else ''})"


def said_in(entry: EntryShown) -> str:
    """In words: the text, the names of the files, what has happened."""
    happened = msgspec.json.encode(entry.event).decode() if entry.kind is EntryKind.EVENT else ""
    content = entry.content
    if content is None:
        return happened
    files = [f"[{media.name or media.type}]" for media in content.media]
    unsupported = [f"[{content.unsupported}]"] if content.unsupported else []
    return "\n".join(part for part in (happened, content.subject, content.text, *files, *unsupported) if part)


HEADS: Mapping[Format, Callable[[Thread, str], bytes]] = {"json": json_head, "txt": text_head}
LINES: Mapping[Format, Callable[[EntryShown, str, bool], bytes]] = {"json": json_line, "txt": text_line}
ENDS: Mapping[Format, bytes] = {"json": b"\n]}\n", "txt": b""}
