"""Notices as their member sees them: with the words of the log as they stand by now, and nothing of conversations that
they may see no more."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from hub.access import Caller
from hub.deps import Deps
from hub.inbox.rows import preview
from hub.inbox.shapes import PersonNamed, Preview
from hub.inbox.syncing import position, since_of
from hub.notices import repository
from hub.notices.models import UNREAD, NoticeKind, NoticePreferences, NoticeWay
from hub.notices.shapes import NoticeCounts, NoticePage, NoticeShown, NoticesQuery, NoticesSynced, SyncNotices
from hub.notices.sights import Sight, sights_of
from hub.people.showing import names_of
from hub.store.paging import cursor_of, position_of
from hub.threads import queries
from hub.threads.models import Entry

# A number that says "99+" needs no more.
MOST_COUNTED = 100
MOST_SYNCED = 200


async def list_page(deps: Deps, caller: Caller, query: NoticesQuery) -> NoticePage:
    """A page of one's own, the latest first."""
    where = {"slot": UNREAD} if query.unread else {}
    found = await repository.list_page(
        deps.mongo, caller.account, caller.id, where, after=position_of(query.cursor), limit=query.limit
    )
    sights = await in_app(deps, caller, await sights_of(deps, caller, found))
    if query.unread:
        sights = [sight for sight in sights if not sight.is_over]
    is_full = len(found) == query.limit
    return NoticePage(
        items=await shown(deps, caller, sights), next=cursor_of(found[-1].at, found[-1].id) if is_full else None
    )


async def count(deps: Deps, caller: Caller) -> NoticeCounts:
    """How many there are to read."""
    found = await repository.list_unread(deps.mongo, caller.account, caller.id, limit=MOST_COUNTED)
    sights = await in_app(deps, caller, await sights_of(deps, caller, found))
    kinds = Counter(sight.notice.kind for sight in sights if not sight.is_over)
    return NoticeCounts(unread=kinds.total(), most=MOST_COUNTED, kinds=dict(kinds))


async def sync(deps: Deps, caller: Caller, asked: SyncNotices) -> NoticesSynced:
    """What has changed since a position."""
    now = deps.clock.now()
    since = since_of(asked.after, now)
    missed = await find_missed(deps, caller, since) if since else None
    return NoticesSynced(
        recovered=missed is not None,
        at=position(now),
        changed=await shown(deps, caller, missed or []),
        counts=await count(deps, caller),
    )


async def find_missed(deps: Deps, caller: Caller, since: datetime) -> list[Sight] | None:
    """What has changed since then, and what is unread of conversations that have: their people may be called otherwise.
    None when it is too much."""
    found = await repository.list_changed(deps.mongo, caller.account, caller.id, since, limit=MOST_SYNCED + 1)
    if len(found) > MOST_SYNCED:
        return None
    ids = {one.id for one in found}
    unread = await repository.list_unread(deps.mongo, caller.account, caller.id, limit=MOST_COUNTED)
    sights = await sights_of(deps, caller, [*found, *(one for one in unread if one.id not in ids)])
    missed = [one for one in sights if one.notice.id in ids or one.thread.updated_at >= since]
    return await in_app(deps, caller, missed)


async def in_app(deps: Deps, caller: Caller, sights: Sequence[Sight]) -> list[Sight]:
    """Those of kinds that the member wants on screens."""
    preferences = await preferences_of(deps, caller.account, caller.id)
    return [sight for sight in sights if NoticeWay.IN_APP in preferences.ways_of(sight.notice.kind)]


async def preferences_of(deps: Deps, account: str, member: str) -> NoticePreferences:
    """How the member wants to be told, or what is usual."""
    found = await repository.list_preferences(deps.mongo, account, [member])
    return found.get(member) or NoticePreferences(id=member, account=account)


async def shown(deps: Deps, caller: Caller, sights: Sequence[Sight]) -> list[NoticeShown]:
    """All of them, by two queries."""
    if not sights:
        return []
    names = await names_of(deps, caller.account, {sight.thread.person for sight in sights})
    found = await queries.list_entries(deps, caller.account, {sight.notice.last for sight in sights})
    entries = {entry.id: entry for entry in found}
    return [
        NoticeShown(
            id=notice.id,
            kind=NoticeKind(notice.kind),
            thread_id=thread.id,
            person=PersonNamed(id=thread.person, name=names.get(thread.person, "")),
            count=notice.count,
            first_entry_id=notice.first,
            last=await quoted(deps, entries[notice.last]) if notice.last in entries else None,
            at=notice.at,
            is_read=sight.is_over,
            rev=notice.rev,
        )
        for sight in sights
        for notice, thread in [sight]
    ]


async def quoted(deps: Deps, entry: Entry) -> Preview:
    """What it says. How far it has come is told with the conversation, and is no news of the notice."""
    return replace(await preview(deps, entry), delivery=None)
