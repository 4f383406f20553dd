"""Noticing: what stands in a log, or did not get there, becomes a notice for those who should know of it.

An entry may come twice, and to two processes at once: there is one unread notice of a kind in a conversation, and it
knows of which entries it tells.
"""

from collections.abc import Collection
from datetime import timedelta

from msgspec.structs import replace

from hub.bus import changed
from hub.deps import Deps
from hub.notices import repository
from hub.notices.clearing import clear_over, clear_read_up_to
from hub.notices.errands import plan
from hub.notices.models import NOTICES, UNREAD, Notice, NoticeKind, NoticePreferences
from hub.notices.whom import list_seeing, whom
from hub.store.ids import follows_from
from hub.threads.log import get_thread, where_it_goes_on
from hub.threads.models import AuthorKind, Entry, EntryKind, Thread

ATTEMPTS = 20
# So many entries are remembered to be told from repeats.
REMEMBERED = 100
# More than these are not all told of what each of them could take, which these kinds tell of.
MOST_TOLD = 12
TO_TAKERS = frozenset({NoticeKind.WAITING, NoticeKind.HANDED_BACK, NoticeKind.CLOCK})
# However many strangers write at once: beyond so many unread ones a member gets one more in this time.
MOST_WAITING, CROWD_PAUSE = 5, timedelta(minutes=1)


async def notice_entry(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: those who should know of it get a notice, and what it settles is over."""
    members: dict[NoticeKind, list[str]] = {}
    for member, kind in (await whom(deps, thread, entry)).items():
        members.setdefault(kind, []).append(member)
    for kind, concerned in members.items():
        await note(deps, thread, entry, kind, concerned)
    if entry.author.kind is AuthorKind.MEMBER and entry.kind is not EntryKind.EVENT:
        # Whoever answers has read what they answer to.
        seen = entry.seq if entry.seen_seq is None else entry.seen_seq
        await clear_read_up_to(deps, thread, entry.author.id, seen)
    if entry.kind is EntryKind.EVENT:
        await clear_over(deps, thread)


async def notice_failed(deps: Deps, entry: Entry) -> None:
    """A setback: whoever has said what did not get there should know."""
    if entry.author.kind is AuthorKind.MEMBER:
        thread = await where_it_goes_on(deps, await get_thread(deps, entry.account, entry.thread))
        await note(deps, thread, entry, NoticeKind.FAILED, [entry.author.id])


async def note(deps: Deps, thread: Thread, entry: Entry, kind: NoticeKind, members: Collection[str]) -> None:
    """A notice for each of them who wants any of this kind, and may see the conversation."""
    preferences = await repository.list_preferences(deps.mongo, thread.account, members) if members else {}
    # Where so many could take what is nobody's, the view shows it to all of them: told is who has asked to be.
    if kind in TO_TAKERS and len(members) > MOST_TOLD:
        members = [one for one, has in preferences.items() if kind in has.ways]
    for member in await list_seeing(deps, thread, members) if members else []:
        wanted = preferences.get(member) or NoticePreferences(id=member, account=thread.account)
        if not (ways := wanted.ways_of(kind)):
            continue
        if found := await keep(deps, thread, entry, kind, member):
            changed(deps, NOTICES, thread.account, member, found.id)
            await plan(deps, wanted, ways, found)


async def keep(deps: Deps, thread: Thread, entry: Entry, kind: NoticeKind, member: str) -> Notice | None:
    """The unread notice that tells of it, made or raised; a repeat raises none, and finds none that was read."""
    for _ in range(ATTEMPTS):
        last = await repository.find_latest(deps.mongo, thread.account, member, thread.id, kind)
        if last and entry.id in last.entries:
            return None if last.read_at else last
        if last is None or last.read_at:
            if crowd := await find_crowd(deps, thread, entry, kind, member):
                if entry.id in crowd.entries:
                    return crowd
                if await repository.change(deps.mongo, crowd, after := joined(deps, crowd, entry)):
                    return after
                continue
            made = begun(deps, thread, entry, kind, member)
            if await repository.add(deps.mongo, made):
                return made
        elif await repository.change(deps.mongo, last, after := raised(deps, last, entry)):
            return after
    return None


async def find_crowd(deps: Deps, thread: Thread, entry: Entry, kind: NoticeKind, member: str) -> Notice | None:
    """Where so many wait that one more is nothing to be told of: the latest of them that tells of it, or may."""
    if kind is not NoticeKind.WAITING:
        return None
    unread = await repository.list_unread(deps.mongo, thread.account, member, limit=MOST_WAITING, kind=kind)
    if told := next((one for one in unread if entry.id in one.entries), None):
        return told
    is_crowded = len(unread) == MOST_WAITING and unread[0].at > deps.clock.now() - CROWD_PAUSE
    return unread[0] if is_crowded else None


def begun(deps: Deps, thread: Thread, entry: Entry, kind: NoticeKind, member: str) -> Notice:
    """The first of its kind since the member has read."""
    now = deps.clock.now()
    return Notice(
        id=follows_from(entry.id, f"{kind} to {member}"),
        account=thread.account,
        member=member,
        kind=kind,
        thread=thread.id,
        slot=UNREAD,
        first=entry.id,
        last=entry.id,
        seq=entry.seq,
        entries=[entry.id],
        at=now,
        updated_at=now,
    )


def raised(deps: Deps, notice: Notice, entry: Entry) -> Notice:
    """One more of the same."""
    after = joined(deps, notice, entry)
    return replace(after, last=entry.id, seq=max(notice.seq, entry.seq), at=after.updated_at)


def joined(deps: Deps, notice: Notice, entry: Entry) -> Notice:
    """One more, of another conversation: it is counted, and nothing of it is told."""
    entries = [*notice.entries, entry.id][-REMEMBERED:]
    return replace(notice, count=notice.count + 1, entries=entries, updated_at=deps.clock.now(), rev=notice.rev + 1)
