"""Writing into a thread's log: the one place where an entry gets its seq.

Whoever writes reads the thread, decides by what it is, and stores the entry at the place behind the last one. A unique
index gives that place to one writer only. The loser looks again, and decides again: so nothing stands in the log that
was decided without knowing all that stands before it.
"""

from collections.abc import Callable
from datetime import datetime

import msgspec
from bson.binary import Binary
from msgspec.structs import replace

from channels.base import Content
from hub.deps import Deps
from hub.store.ids import new_id
from hub.store.mongo import Duplicate
from hub.threads import repository
from hub.threads.announcing import announce, announce_thread
from hub.threads.errors import NoSuchThread, StaleEpoch, ThreadBusy
from hub.threads.failed import with_failed
from hub.threads.fold import fold
from hub.threads.follow import follow
from hub.threads.models import PLACE, Draft, Entry, Thread

ATTEMPTS = 50
# No more entries than this can stand in a log without the thread having counted them, but for a database that was away.
BEHIND = 1000
# No thread goes on in another one that goes on in another one… more often; two that were merged into each other at the
# same moment, until they are parted again, must not hold anybody up.
MOST_HOPS = 20

Check = Callable[[Thread], None]


def anyhow(_: Thread) -> None:
    """Nothing can have happened that matters."""


def under(epoch: int) -> Check:
    """Only while the same one speaks for the account as when this was written."""

    def check(thread: Thread) -> None:
        if thread.epoch != epoch:
            raise stale(thread)

    return check


def stale(thread: Thread) -> StaleEpoch:
    """What whoever speaks under an epoch that is over is told."""
    return StaleEpoch(
        "Somebody else has taken this over meanwhile.", epoch=thread.epoch, owner=thread.owner, seq=thread.seq
    )


async def append(deps: Deps, thread: Thread, draft: Draft, *, check: Check = anyhow) -> tuple[Thread, Entry]:
    """Store the entry behind the last one, and give back the thread as it is then. A repeat, told by its `client_id` or
    by the provider's id, changes nothing and gives back the first. `check` is asked about the thread as it is at that
    very place of the log, and raises when the entry must not stand there."""
    content = await sealed(deps, thread.account, draft.content)
    for _ in range(ATTEMPTS):
        check(thread)
        entry = placed(thread, draft, content, deps.clock.now())
        try:
            await repository.add_entry(deps.mongo, entry)
        except Duplicate:
            if first := await find_repeated(deps, entry):
                return await catch_up(deps, thread.account, first.thread), first
            thread = await catch_up(deps, thread.account, thread.id)
        else:
            return await count(deps, thread, entry), entry
    raise ThreadBusy


async def find_repeated(deps: Deps, entry: Entry) -> Entry | None:
    """What was stored of the same thing before."""
    return await repository.find_entry(
        deps.mongo, entry.account, client_id=entry.client_id
    ) or await repository.find_entry(deps.mongo, entry.account, line=entry.line, provider_id=entry.provider_id)


async def catch_up(deps: Deps, account: str, id: str) -> Thread:
    """The thread, with all of its log counted: whoever has stored an entry may have died before counting it."""
    thread = await get_thread(deps, account, id)
    for entry in await repository.list_after(deps.mongo, account, id, thread.seq, limit=BEHIND):
        thread = await count(deps, thread, entry)
    return thread


async def count(deps: Deps, thread: Thread, entry: Entry) -> Thread:
    """Make the entry a part of the thread's sum, whoever else is about to. Then other rooms react to it."""
    while thread.seq < entry.seq:
        if thread.seq == entry.seq - 1:
            after = with_failure_settled(thread, fold(thread, entry))
            if await repository.move(deps.mongo, thread, after, deps.clock.now()):
                after = replace(after, rev=thread.rev + 1)
                announce(deps, thread, after, entry)
                await tally(deps, thread, after)
                deps.background.start(follow(deps, after, entry), f"follow {thread.id}")
                return after
        thread = await get_thread(deps, thread.account, thread.id)
        if thread.seq < entry.seq - 1:
            thread = await catch_up(deps, thread.account, thread.id)
    return thread


def with_failure_settled(before: Thread, after: Thread) -> Thread:
    """Somebody has said something else since one of ours has failed, or closed it: nobody has to look any more. The
    sum alone cannot know, since the log does not tell of failures."""
    return with_failed(after, []) if after.answered_seq > before.answered_seq else after


def placed(thread: Thread, draft: Draft, content: Binary | None, now: datetime) -> Entry:
    """The draft as the next entry of the thread."""
    return Entry(
        id=draft.id,
        account=thread.account,
        thread=thread.id,
        seq=thread.seq + 1,
        kind=draft.kind,
        author=draft.author,
        said_at=draft.said_at or now,
        stored_at=now,
        client_id=draft.client_id or draft.id,
        provider_id=draft.provider_id or draft.id,
        line=draft.line or thread.id,
        medium=draft.medium,
        direction=draft.direction,
        content=content,
        event=draft.event,
        mentions=[*draft.mentions],
        files=[*draft.files],
        delivery=draft.delivery,
        window_until=draft.window_until,
        seen_seq=draft.seen_seq,
        needs_no_answer=draft.needs_no_answer,
        is_reaction=draft.is_reaction,
        is_automatic=draft.is_automatic,
        has_choices=draft.has_choices,
        reply_to=draft.reply_to,
        changed_at=now,
    )


async def sealed(deps: Deps, account: str, content: Content | None) -> Binary | None:
    """As it is kept."""
    if content is None:
        return None
    return (await deps.sealer.keyring(account)).seal(PLACE, msgspec.json.encode(content))


async def opened(deps: Deps, entry: Entry) -> Content:
    """What an entry says; nothing where it says nothing."""
    if entry.content is None:
        return Content()
    return msgspec.json.decode(await deps.sealer.unseal(entry.account, PLACE, entry.content), type=Content)


async def get_thread(deps: Deps, account: str, id: str) -> Thread:
    """One of the account's, or NoSuchThread."""
    thread = await repository.find_thread(deps.mongo, account, id)
    if thread is None:
        raise NoSuchThread("There is no such conversation.", id=id)
    return thread


async def find_or_make(deps: Deps, account: str, person: str) -> Thread:
    """The conversation with a person. However many ask at once, there is one; of one that goes on in another, that."""
    found = await find_first(deps, account, person) or await make(deps, account, person)
    return await where_it_goes_on(deps, found)


async def find_thread_of(deps: Deps, account: str, person: str) -> Thread | None:
    """The conversation with a person, where there is one already."""
    found = await find_first(deps, account, person)
    return await where_it_goes_on(deps, found) if found else None


async def find_first(deps: Deps, account: str, person: str) -> Thread | None:
    """The person's own; or else what somebody who turned out to be the same person has brought along."""
    if found := await repository.find_thread_of(deps.mongo, account, person):
        return found
    brought = await repository.list_threads_of(deps.mongo, account, person, limit=1)
    return brought[0] if brought else None


async def where_it_goes_on(deps: Deps, thread: Thread) -> Thread:
    """The thread, or the one that it was merged into."""
    for _ in range(MOST_HOPS):
        if not thread.merged_into:
            break
        thread = await get_thread(deps, thread.account, thread.merged_into)
    return thread


async def make(deps: Deps, account: str, person: str) -> Thread:
    """A conversation in which nothing was said yet."""
    now = deps.clock.now()
    thread = Thread(
        id=new_id(now), account=account, person=person, key=person, made_at=now, moved_at=now, updated_at=now
    )
    try:
        await repository.add_thread(deps.mongo, thread)
    except Duplicate:
        return await repository.find_thread_of(deps.mongo, account, person) or thread
    announce_thread(deps, account, thread.id)
    await tally(deps, None, thread)
    return thread


async def show_anew(deps: Deps, account: str, id: str) -> None:
    """Something that screens show of the thread has become otherwise beside its log: they look again."""
    await repository.raise_rev(deps.mongo, account, id, deps.clock.now())
    announce_thread(deps, account, id)


async def tally(deps: Deps, before: Thread | None, after: Thread) -> None:
    """Whoever has made the change lets it be counted, once; what is lost by a crash, a sweep corrects."""
    for count_it in deps.declared.tallies:
        await count_it(deps, before, after)
