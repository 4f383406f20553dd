"""All that was said with a person and has happened, over all of their conversations: one query for each of these."""

import base64
import binascii
import heapq
from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.errors import Invalid
from hub.inbox.shapes import Timeline, TimelineEntry, TimelineQuery
from hub.people.getting import get_person, no_such_person
from hub.store.ids import is_id
from hub.threads import queries
from hub.threads.access import is_within, reach_of
from hub.threads.models import Entry, Thread
from hub.threads.shapes import NEWEST
from hub.threads.showing import shown

# There are several only where people were merged. Those that have moved last are shown; that there are more is said.
MOST_THREADS = 50

Below = dict[str, Annotated[int, msgspec.Meta(ge=0, le=NEWEST)]]


async def timeline(deps: Deps, caller: Caller, person_id: str, query: TimelineQuery) -> Timeline:
    """A page of it, the latest first."""
    threads, is_whole = await access_threads(deps, caller, person_id)
    below = below_of(query.cursor)
    logs = [await log_of(deps, thread, below, query.limit) for thread in threads]
    page = [*heapq.merge(*logs, key=lambda entry: entry.stored_at, reverse=True)][: query.limit]
    following = {**below, **{entry.thread: entry.seq for entry in page}}
    is_last = sum(map(len, logs)) < query.limit
    items = [
        TimelineEntry(thread_id=entry.thread, entry=one)
        for entry, one in zip(page, await shown(deps, page), strict=True)
    ]
    return Timeline(items=items, next=None if is_last else cursor_of(following), is_whole=is_whole)


async def access_threads(deps: Deps, caller: Caller, person_id: str) -> tuple[Sequence[Thread], bool]:
    """The person's conversations that the caller may see, and whether these are all. For whoever may see none of them
    there is no such person."""
    person = await get_person(deps, caller.account, person_id)
    reach = await reach_of(deps, caller, Permission.THREADS_VIEW)
    threads = await queries.list_latest_of(deps, caller.account, person.id, limit=MOST_THREADS + 1)
    seen = [thread for thread in threads[:MOST_THREADS] if is_within(thread, reach)]
    if not seen and reach is not None:
        raise no_such_person(person_id)
    return seen, len(threads) <= MOST_THREADS


async def log_of(deps: Deps, thread: Thread, below: Mapping[str, int], limit: int) -> list[Entry]:
    """What stands in front of the place that the last page has come to."""
    seq = below.get(thread.id, NEWEST)
    return await queries.list_before(deps, thread, seq, limit=limit)


def cursor_of(below: Mapping[str, int]) -> str:
    """How far the page has come in each log."""
    return base64.urlsafe_b64encode(msgspec.json.encode(below)).decode().rstrip("=")


def below_of(cursor: str) -> Below:
    """What a cursor says; an empty one is the beginning."""
    if not cursor:
        return {}
    try:
        content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        below = msgspec.json.decode(content, type=Below)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        below = {"": 0}
    if not all(map(is_id, below)):
        raise Invalid("This is not a cursor that a list has given.", field="cursor")
    return below
