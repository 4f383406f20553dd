"""How lists show conversations."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from channels.base import Content
from hub.access import Caller
from hub.deps import Deps
from hub.inbox.shapes import PersonNamed, Preview, Says, ThreadRow, ThreadState
from hub.people.showing import names_of
from hub.threads import queries
from hub.threads.log import opened
from hub.threads.models import Entry, Thread
from hub.threads.shapes import WindowShown

PREVIEW = 140
ELLIPSIS = "…"


class Sight(NamedTuple):
    """What a list shows of a conversation that does not stand in the conversation itself."""

    person: PersonNamed
    last: Preview | None


async def rows_of(deps: Deps, caller: Caller, threads: Sequence[Thread]) -> list[ThreadRow]:
    """All of them, by two queries."""
    sights = await sights_of(deps, caller.account, threads)
    return [row(thread, sights[thread.id], caller.id) for thread in threads]


async def sights_of(deps: Deps, account: str, threads: Sequence[Thread]) -> Mapping[str, Sight]:
    """Of all of them, by two queries; once for all who look at the same ones now."""
    if not threads:
        return {}
    last = [thread.last.entry for thread in threads if thread.last]

    async def read() -> Mapping[str, Sight]:
        return await sights_among(deps, account, threads, await queries.list_entries(deps, account, last))

    return await deps.together.ask(("sights", account, frozenset((one.id, one.rev) for one in threads)), read)


async def sights_among(
    deps: Deps, account: str, threads: Sequence[Thread], found: Sequence[Entry]
) -> Mapping[str, Sight]:
    """Of all of them, whose last messages are among what was found; by one query."""
    names = await names_of(deps, account, {thread.person for thread in threads})
    entries = {entry.id: entry for entry in found}
    return {
        thread.id: Sight(
            PersonNamed(id=thread.person, name=names.get(thread.person, "")),
            await preview(deps, entries[thread.last.entry]) if thread.last and thread.last.entry in entries else None,
        )
        for thread in threads
    }


def row(thread: Thread, sight: Sight, me: str) -> ThreadRow:
    """One conversation, for whoever looks."""
    return ThreadRow(
        **what_is_seen(thread, sight),
        read_seq=thread.read_by(me),
        is_unread=me in thread.unread_for,
        is_mentioned=me in thread.mentions,
    )


def state(thread: Thread, sight: Sight) -> ThreadState:
    """One conversation, for everybody who sees it."""
    return ThreadState(**what_is_seen(thread, sight))


def what_is_seen(thread: Thread, sight: Sight) -> dict[str, Any]:
    """Whatever is the same for everybody."""
    return {
        "id": thread.id,
        "person": sight.person,
        "status": thread.status,
        "owner": thread.owner,
        "epoch": thread.epoch,
        "team_id": thread.team,
        "priority": thread.priority,
        "tags": thread.tags,
        "followers": thread.followers,
        "media": thread.media,
        "line_ids": thread.lines,
        "waiting_since": thread.waiting_since,
        "heard_at": thread.heard.at if thread.heard else None,
        "answered_seq": thread.answered_seq,
        "snoozed_until": thread.snoozed_until,
        "closed_at": thread.closed_at,
        "offered_to": thread.offered_to,
        "has_failed": thread.has_failed,
        "last": sight.last,
        "windows": [WindowShown(line_id=window.line, until=window.until) for window in thread.windows],
        "made_at": thread.made_at,
        "moved_at": thread.moved_at,
        "seq": thread.seq,
        "rev": thread.rev,
        "merged_into": thread.merged_into,
    }


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
        ("card", content.cards),
        ("template", content.template),
        ("unsupported", content.unsupported),
    ]
    return next((kind for kind, is_so in told if is_so), "nothing")
