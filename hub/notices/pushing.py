"""Pushing notices to a member's browsers, and taking back what was read. Each gives back when to look again."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from hub.accounts.standing import find_caller_of
from hub.deps import Deps
from hub.inbox.rows import preview
from hub.notices import repository, wording
from hub.notices.models import NoticeWay
from hub.notices.outing import MOST, Outing
from hub.notices.sights import Sight, sights_of
from hub.notices.whereabouts import is_looking_at
from hub.push.actions import push, take_back
from hub.push.models import PushContent
from hub.threads import queries

# However many write: no conversation is pushed more often than this.
PUSH_PAUSE = timedelta(seconds=10)
# Whoever has a conversation before them is asked about again after this, unless they have read it by then.
LOOK_AGAIN = timedelta(minutes=1)
# More than these at once, as after a night, are pushed as one; known by this tag.
MOST_PUSHES = 3
ALL_AT_ONCE = "notices"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


async def by_push(outing: Outing) -> datetime | None:
    """Each conversation for itself, unless there are many at once."""
    ready: dict[str, list[Sight]] = {}
    waiting: list[datetime] = []
    for sight in outing.untold:
        ready_at = pushed_at(outing.sights, sight.thread.id) + PUSH_PAUSE
        if ready_at > outing.now:
            waiting.append(ready_at)
        else:
            ready.setdefault(sight.thread.id, []).append(sight)
    if len(ready) > MOST_PUSHES:
        await push_all(outing, len(ready))
    else:
        for thread, sights in [*ready.items()]:
            if not await push_one(outing, sights):
                waiting.append(outing.now + LOOK_AGAIN)
                del ready[thread]
    told = [sight for sights in ready.values() for sight in sights]
    await outing.note_told(told, is_summed=len(ready) > MOST_PUSHES)
    await take_back_read(outing.deps, outing.caller.account, [sight.notice.id for sight in told])
    return min(waiting, default=None)


def pushed_at(sights: Sequence[Sight], thread: str) -> datetime:
    """When the conversation was pushed last; long ago, when never."""
    told = [sight.notice.told.get(NoticeWay.PUSH) for sight in sights if sight.thread.id == thread]
    return max((one.at for one in told if one), default=LONG_AGO)


async def push_one(outing: Outing, sights: Sequence[Sight]) -> bool:
    """The latest of a conversation; False to whoever has it before them, and most likely reads it."""
    deps, caller, last = outing.deps, outing.caller, max(sights, key=lambda sight: sight.notice.at)
    if await is_looking_at(deps, caller.account, caller.id, last.thread.id):
        return False
    name = (await outing.names([last])).get(last.thread.person, "") or wording.SOMEBODY
    content = PushContent(
        title=name,
        body=await body_of(deps, last),
        thread=last.thread.id,
        tag=last.thread.id,
        url=wording.url_of(deps, last.thread.id),
    )
    await push(deps, caller.account, caller.id, content)
    return True


async def body_of(deps: Deps, sight: Sight) -> str:
    """What has happened, with the beginning of what was said."""
    said = wording.said_of(sight)
    if sight.notice.kind not in wording.QUOTED:
        return said
    entries = await queries.list_entries(deps, sight.notice.account, [sight.notice.last])
    quoted = [(await preview(deps, entry)).text for entry in entries]
    return "\n".join(filter(None, [said, *quoted]))


async def push_all(outing: Outing, n: int) -> None:
    """So many conversations at once."""
    url, caller = wording.url_of(outing.deps), outing.caller
    content = PushContent(title="Parley", body=wording.how_many(n), thread="", tag=ALL_AT_ONCE, url=url)
    await push(outing.deps, caller.account, caller.id, content)


async def take_back_read(deps: Deps, account: str, ids: Collection[str]) -> None:
    """Whatever of these was read and pushed is shown no more; nor that there are many, once none of those is left.
    Whoever has read them calls it, and so does whoever has pushed them: of two at one moment the later sees it."""
    found = await repository.list_notices(deps.mongo, account, ids)
    read = [one for one in found if one.read_at and NoticeWay.PUSH in one.told]
    for member, thread in sorted({(one.member, one.thread) for one in read}):
        await take_back(deps, account, member, thread)
    for member in sorted({one.member for one in read}):
        if not await has_summed(deps, account, member):
            await take_back(deps, account, member, ALL_AT_ONCE)


async def has_summed(deps: Deps, account: str, member: str) -> bool:
    """Whether there is still something to read of what was pushed as one, that the member may see."""
    summed = {f"told.{NoticeWay.PUSH}.is_summed": True}
    unread = await repository.list_unread(deps.mongo, account, member, limit=MOST, **summed)
    caller = await find_caller_of(deps, account, member) if unread else None
    return caller is not None and any(not sight.is_over for sight in await sights_of(deps, caller, unread))
