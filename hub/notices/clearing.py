"""Read anywhere is read everywhere: by a mark in the conversation, by answering, by the list of notices, or because
somebody else has settled it. Screens are told, and what stands on a locked phone is taken back."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from hub.access import Caller, Permission, check_permission
from hub.bus import changed
from hub.deps import Deps
from hub.notices import repository
from hub.notices.errors import NoSuchNotice
from hub.notices.models import NOTICES, Notice, NoticeKind
from hub.notices.over import is_over
from hub.notices.pushing import take_back_read
from hub.notices.shapes import NoticesReadWanted
from hub.threads.access import access_thread
from hub.threads.models import Thread

# What one act can clear; the rest is found to be over by whoever looks.
MOST = 1000
# What ends by what happens in the conversation, unread or not: is_settled (over.py) says when.
ENDING = (
    NoticeKind.WAITING,
    NoticeKind.HANDED_BACK,
    NoticeKind.OFFERED,
    NoticeKind.ASSIGNED,
    NoticeKind.CLOCK,
    NoticeKind.MESSAGE,
)


async def clear_marked(deps: Deps, before: Thread | None, after: Thread) -> None:
    """A tally: a member has read further in a conversation, or somebody has looked after what has failed there."""
    if before is None:
        return
    for mark in after.marks:
        if before.read_by(mark.member) < mark.seq:
            await clear_read_up_to(deps, after, mark.member, mark.seq)
    if before.has_failed and not after.has_failed:
        await clear(deps, await unread_in(deps, after, [NoticeKind.FAILED]))


async def clear_read_up_to(deps: Deps, thread: Thread, member: str, seq: int) -> None:
    """The member has read so far: what stands up to there is no news."""
    unread = await unread_in(deps, thread, [kind for kind in NoticeKind if kind is not NoticeKind.FAILED])
    await clear(deps, [one for one in unread if one.member == member and one.seq <= seq])


async def clear_over(deps: Deps, thread: Thread) -> None:
    """Something has happened: what it settles is no news to anybody."""
    await clear(deps, [one for one in await unread_in(deps, thread, ENDING) if is_over(one, thread)])


async def unread_in(deps: Deps, thread: Thread, kinds: Sequence[NoticeKind]) -> list[Notice]:
    """What anybody has not read of these kinds in the conversation."""
    return await repository.list_unread_in(deps.mongo, thread.account, thread.id, kinds, limit=MOST)


async def clear_wanted(deps: Deps, caller: Caller, wanted: NoticesReadWanted) -> None:
    """What the member says was read: all of it, or nothing where something of it is not theirs."""
    named = await own_of(deps, caller, wanted.ids) if wanted.ids else []
    if wanted.thread_id:
        check_permission(caller, Permission.THREADS_VIEW)
        thread = await access_thread(deps, caller, wanted.thread_id, Permission.THREADS_VIEW)
        named += await unread_of(deps, caller, thread=thread.id)
    elif not wanted.ids:
        named = await unread_of(deps, caller)
    await clear(deps, named)


async def own_of(deps: Deps, caller: Caller, ids: Collection[str]) -> list[Notice]:
    """The member's own of these ids, or NoSuchNotice."""
    found = await repository.list_notices(deps.mongo, caller.account, set(ids))
    own = [one for one in found if one.member == caller.id]
    if len(own) < len(set(ids)):
        raise NoSuchNotice("There is no such notice of yours, or no more.")
    return own


async def unread_of(deps: Deps, caller: Caller, **where: str) -> list[Notice]:
    """What the member has not read."""
    return await repository.list_unread(deps.mongo, caller.account, caller.id, limit=MOST, **where)


async def clear(deps: Deps, notices: Sequence[Notice]) -> None:
    """These are read. What tells of more by now stays unread."""
    cleared = [one for one in notices if await mark_read(deps, one)]
    for notice in cleared:
        changed(deps, NOTICES, notice.account, notice.member, notice.id)
    if cleared:
        await take_back_read(deps, cleared[0].account, [one.id for one in cleared])


async def mark_read(deps: Deps, notice: Notice) -> bool:
    """False when it was read already, or tells of more by now than was read."""
    if notice.read_at:
        return False
    now = deps.clock.now()
    after = replace(notice, slot=notice.id, read_at=now, updated_at=now, rev=notice.rev + 1)
    return await repository.change(deps.mongo, notice, after)
