"""What a screen has missed. It says up to when it knows everything, and which conversations it has, each as of a `rev`;
it is told what is otherwise by now. Nothing is kept for that beside the documents themselves: they say when they have
changed.

A position is a time of the process that gave it. What another process has stored at that very moment may be seen a
little later, so everything is looked at again from some time before: what a screen knows already costs it nothing.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.inbox import repository
from hub.inbox.counting import numbers_for
from hub.inbox.live_shapes import Sync, Synced, ViewCount, Watched
from hub.inbox.repository import Glimpse
from hub.inbox.rows import rows_of
from hub.people.missing import list_missed_people
from hub.presence.shapes import PresenceShown
from hub.replying.drafts import draft_of
from hub.replying.shapes import DraftShown
from hub.sending.scheduling import list_scheduled
from hub.sending.shapes import ScheduledShown
from hub.store.mongo import Document
from hub.threads import queries
from hub.threads.access import Reach, is_within, reach_of
from hub.threads.models import Entry, Thread
from hub.threads.reading import part_of
from hub.threads.shapes import EntryShown, LogQuery
from hub.threads.showing import shown

# Longer than any write takes, and than any two clocks are apart.
SLACK = timedelta(seconds=30)
# Positions are rounded down to this: of many who come back at once most then ask the same, and are answered together.
STEP_S = 5
# Longer than it takes to come here from the reading of a conversation.
READING = timedelta(seconds=5)
# Whoever was away for longer, or has missed more, loads anew: that is cheaper.
LONGEST = timedelta(hours=1)
MOST_THREADS, MOST_ENTRIES = 200, 200
# Of these only some fields are read: in a busy account much changes that a screen knows of.
MOST_LOOKED_AT = 3_000


async def sync(deps: Deps, caller: Caller, asked: Sync) -> Synced:
    """Lists, and how many there are."""
    now = deps.clock.now()
    found = await list_missed(deps, caller, asked.known, since_of(asked.after, now))
    changed, gone = found or ([], [])
    numbers = await numbers_for(deps, caller)
    people, people_gone = await list_missed_people(deps, caller, asked.people)
    return Synced(
        recovered=found is not None,
        at=position(now),
        changed=await rows_of(deps, caller, changed),
        gone=gone,
        numbers=[ViewCount(of=one.of, view=one.name, n=max(0, one.n), rev=one.moves) for one in numbers],
        people=people,
        people_gone=people_gone,
    )


async def list_missed(
    deps: Deps, caller: Caller, known: Mapping[str, int], since: datetime | None
) -> tuple[list[Thread], list[str]] | None:
    """The conversations that are otherwise than known, and those that are gone; None when that cannot be told."""
    if since is None:
        return None
    reach = await reach_of(deps, caller, Permission.THREADS_VIEW)
    new = await list_new(deps, caller.account, since, reach)
    held = await list_held(deps, caller.account, known.keys()) if known else []
    seen = {one.id: one for one in [*held, *new] if reach is None or not reach.isdisjoint(one.reach)}
    # What nobody has changed yet has the `rev` 0, and so has what nobody knows.
    wanted = [one.id for one in seen.values() if not one.rev or known.get(one.id) != one.rev]
    if len(wanted) > MOST_THREADS or len(new) == MOST_LOOKED_AT:
        return None
    changed = await list_whole(deps, caller.account, wanted) if wanted else []
    # What has moved out of sight since it was looked at, the next question tells.
    return [one for one in changed if is_within(one, reach)], sorted(known.keys() - seen.keys())


async def list_new(deps: Deps, account: str, since: datetime, reach: Reach | None) -> list[Glimpse]:
    """Those within reach that have changed since then."""
    within: Document = {} if reach is None else {"reach": {"$in": sorted(reach)}}

    async def read() -> list[Glimpse]:
        return await repository.list_changed(deps.mongo, account, since, within, limit=MOST_LOOKED_AT)

    return await deps.together.ask(("new", account, since, reach), read)


async def list_held(deps: Deps, account: str, ids: Collection[str]) -> list[Glimpse]:
    """Those that a screen has."""
    return await deps.together.ask(
        ("held", account, frozenset(ids)), lambda: repository.list_held(deps.mongo, account, ids)
    )


async def list_whole(deps: Deps, account: str, ids: Collection[str]) -> list[Thread]:
    """Those that a screen is to be told of."""
    return await deps.together.ask(
        ("whole", account, frozenset(ids)), lambda: repository.list_threads_by_id(deps.mongo, account, ids)
    )


async def watch(deps: Deps, caller: Caller, thread: Thread, after: str, presence: PresenceShown) -> Watched:
    """One conversation, as it was once the socket heard it: what changes meanwhile is told twice rather than never."""
    # What was read before this moment is told again by the next question rather than not at all.
    now = deps.clock.now() - READING
    since = since_of(after, now)
    missed = await list_missed_entries(deps, thread, since)
    entries, has_more = await list_latest(deps, thread) if missed is None else (missed, False)
    is_known = missed is not None and since is not None and thread.updated_at < since
    return Watched(
        recovered=missed is not None,
        at=position(now),
        thread=None if is_known else (await rows_of(deps, caller, [thread]))[0],
        entries=entries,
        has_more=has_more,
        scheduled=await list_waiting(deps, thread),
        presence=presence,
        draft=await own_draft(deps, caller, thread),
    )


async def own_draft(deps: Deps, caller: Caller, thread: Thread) -> DraftShown | None:
    """What a member who may answer has typed there."""
    can_draft = caller.kind == "member" and is_within(thread, await reach_to_reply(deps, caller))
    return await draft_of(deps, caller.account, thread.id, caller.id) if can_draft else None


async def reach_to_reply(deps: Deps, caller: Caller) -> Reach | None:
    """By which marks they may write in a conversation."""
    may = caller.may(Permission.THREADS_REPLY)
    return await reach_of(deps, caller, Permission.THREADS_REPLY) if may else frozenset()


async def list_latest(deps: Deps, thread: Thread) -> tuple[list[EntryShown], bool]:
    """The end of its log, and whether there is more in front of it."""
    entries, has_more = await part_of(deps, thread, LogQuery())
    return await shown(deps, entries), has_more


async def list_missed_entries(deps: Deps, thread: Thread, since: datetime | None) -> list[EntryShown] | None:
    """What of the log is new or shown otherwise; None when that cannot be told."""
    if since is None:
        return None

    async def read() -> list[EntryShown] | None:
        found = await queries.list_changed(deps, thread, since, limit=MOST_ENTRIES + 1)
        return await shown(deps, sorted(found, key=by_seq)) if len(found) <= MOST_ENTRIES else None

    return await deps.together.ask(("missed", thread.id, since), read)


def by_seq(entry: Entry) -> int:
    """In the order of the log."""
    return entry.seq


async def list_waiting(deps: Deps, thread: Thread) -> list[ScheduledShown]:
    """What is to be said there later."""
    waiting = await deps.together.ask(("scheduled", thread.id), lambda: list_scheduled(deps, thread))
    return waiting.items


def position(now: datetime) -> str:
    """Up to now."""
    return str(round(now.timestamp() * 1000))


def since_of(after: str, now: datetime) -> datetime | None:
    """From when on to look; None for what is no position of ours, or too old."""
    if not after.isascii() or not after.isdigit() or len(after) > 14:
        return None
    moment = datetime.fromtimestamp(int(after) / 1000, UTC)
    if not now - LONGEST <= moment <= now + SLACK:
        return None
    return datetime.fromtimestamp(int(after) // 1000 // STEP_S * STEP_S, UTC) - SLACK
