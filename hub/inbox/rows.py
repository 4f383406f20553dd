"""How lists show conversations."""

from collections.abc import Sequence

from channels.base import Content
from hub.access import Caller
from hub.deps import Deps
from hub.inbox.shapes import PersonNamed, Preview, Says, ThreadRow
from hub.people.showing import names_of
from hub.threads import queries
from hub.threads.log import opened
from hub.threads.models import Entry, Thread
from hub.threads.shapes import WindowShown

PREVIEW = 140
ELLIPSIS = "…"


async def rows_of(deps: Deps, caller: Caller, threads: Sequence[Thread]) -> list[ThreadRow]:
    """All of them, by two queries."""
    if not threads:
        return []
    names = await names_of(deps, caller.account, {thread.person for thread in threads})
    last = [thread.last.entry for thread in threads if thread.last]
    entries = {entry.id: entry for entry in await queries.list_entries(deps, caller.account, last)}
    return [
        row(
            thread,
            PersonNamed(id=thread.person, name=names.get(thread.person, "")),
            await preview(deps, entries[thread.last.entry]) if thread.last and thread.last.entry in entries else None,
            caller.id,
        )
        for thread in threads
    ]


def row(thread: Thread, person: PersonNamed, last: Preview | None, me: str) -> ThreadRow:
    """One conversation, for whoever looks."""
    return ThreadRow(
        id=thread.id,
        person=person,
        status=thread.status,
        owner=thread.owner,
        team_id=thread.team,
        priority=thread.priority,
        tags=thread.tags,
        media=thread.media,
        line_ids=thread.lines,
        is_unread=me in thread.unread_for,
        is_mentioned=me in thread.mentions,
        waiting_since=thread.waiting_since,
        snoozed_until=thread.snoozed_until,
        last=last,
        windows=[WindowShown(line_id=window.line, until=window.until) for window in thread.windows],
        moved_at=thread.moved_at,
        seq=thread.seq,
        rev=thread.rev,
        merged_into=thread.merged_into,
    )


async def preview(deps: Deps, entry: Entry) -> Preview:
    """The beginning of what it says."""
    content = await opened(deps, entry)
    return Preview(
        entry_id=entry.id,
        text=shortened(content.text or content.subject),
        says=kind_of(content),
        author=entry.author,
        direction=entry.direction,
        at=entry.stored_at,
        delivery=entry.delivery.state if entry.delivery else None,
    )


def shortened(text: str) -> str:
    """In one line, and no longer than a list has room for."""
    line = " ".join(text[: PREVIEW * 4].split())
    return line if len(line) <= PREVIEW else line[: PREVIEW - len(ELLIPSIS)].rstrip() + ELLIPSIS


def kind_of(content: Content) -> Says:
    """What a message is, where a text does not tell it."""
    told: list[tuple[Says, object]] = [
        ("reaction", content.reaction is not None),
        ("text", content.text or content.subject),
        ("media", content.media or content.place),
        ("choice", content.chosen),
        ("template", content.template),
        ("unsupported", content.unsupported),
    ]
    return next((kind for kind, is_so in told if is_so), "nothing")
