"""The ways out of the house: push, letters, texts. Each tells what is untold, and gives back when to look again."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from channels.base import Unreachable
from hub.access import Caller
from hub.accounts.members import EMAIL_PLACE
from hub.accounts.standing import get_member
from hub.deps import Deps
from hub.inbox.rows import preview
from hub.mail.actions import is_set_up, post
from hub.notices import repository, wording
from hub.notices.allowance import take_text
from hub.notices.models import EVERY, NoticeErrand, NoticePreferences, NoticeWay, Told
from hub.notices.numbers import note_failing, number_of
from hub.notices.sights import Sight
from hub.notices.texting import send_text
from hub.notices.whereabouts import is_looking_at, is_online
from hub.people.showing import names_of
from hub.push.actions import push
from hub.push.actions import take_back as take_push_back
from hub.push.models import PushContent
from hub.store.ids import follows_from, made_at
from hub.threads import queries
from hub.work.kinds import Later

# However many write: no conversation is pushed more often than this.
PUSH_PAUSE = timedelta(seconds=10)
# More than these at once, as after a night, are pushed as one; known by this tag.
MOST_PUSHES = 3
ALL_AT_ONCE = "notices"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# A text waits until somebody had the time to look, and does not come more often than this.
TEXT_AFTER, TEXT_PAUSE = timedelta(minutes=2), timedelta(minutes=10)


@dataclass(frozen=True)
class Outing:
    """What one member could be told one way, who that is by now, and how they want it."""

    deps: Deps
    errand: NoticeErrand
    caller: Caller
    preferences: NoticePreferences
    # All that is unread of what they want to be told this way, told already or not.
    sights: Sequence[Sight]

    @property
    def now(self) -> datetime:
        """The time."""
        return self.deps.clock.now()

    @property
    def untold(self) -> list[Sight]:
        """What is new."""
        return [sight for sight in self.sights if sight.notice.is_untold(self.errand.way)]

    async def names(self, sights: Sequence[Sight]) -> Mapping[str, str]:
        """What the people are called whom it is about."""
        return await names_of(self.deps, self.caller.account, {sight.thread.person for sight in sights})

    async def note_told(self, sights: Sequence[Sight]) -> None:
        """They know as much of these as there was."""
        for sight in sights:
            told = Told(rev=sight.notice.rev, at=self.now)
            await repository.note_told(self.deps.mongo, sight.notice, self.errand.way, told)
        await repository.note_errand_told(self.deps.mongo, self.errand, self.now)

    async def take_back_told(self, sights: Sequence[Sight]) -> None:
        """They were not told after all."""
        for sight in sights:
            before = sight.notice.told.get(self.errand.way)
            await repository.note_told(self.deps.mongo, sight.notice, self.errand.way, before)


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
        for sights in ready.values():
            await push_one(outing, sights)
    await outing.note_told([sight for sights in ready.values() for sight in sights])
    return min(waiting, default=None)


def pushed_at(sights: Sequence[Sight], thread: str) -> datetime:
    """When the conversation was pushed last; long ago, when never."""
    told = [sight.notice.told.get(NoticeWay.PUSH) for sight in sights if sight.thread.id == thread]
    return max((one.at for one in told if one), default=LONG_AGO)


async def push_one(outing: Outing, sights: Sequence[Sight]) -> None:
    """The latest of a conversation, to whoever does not have it before them."""
    deps, caller, last = outing.deps, outing.caller, max(sights, key=lambda sight: sight.notice.at)
    if await is_looking_at(deps, caller.account, caller.id, last.thread.id):
        return
    name = (await outing.names([last])).get(last.thread.person, "") or wording.SOMEBODY
    content = PushContent(
        title=name,
        body=await body_of(deps, last),
        thread=last.thread.id,
        tag=last.thread.id,
        url=wording.url_of(deps, last.thread.id),
    )
    await push(deps, caller.account, caller.id, content)


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


async def take_back(deps: Deps, account: str, member: str, thread: str) -> None:
    """What was read is pushed no more; nor that there are many, once there is nothing."""
    await take_push_back(deps, account, member, thread)
    if not await repository.list_unread(deps.mongo, account, member, limit=1):
        await take_push_back(deps, account, member, ALL_AT_ONCE)


async def by_mail(outing: Outing) -> datetime | None:
    """One letter about all that is unread, to somebody who is not there."""
    every = EVERY[outing.preferences.digest]
    ready_at = min(since(sight, NoticeWay.MAIL) for sight in outing.untold) + every
    if ready_at > outing.now:
        return ready_at
    deps, caller, untold = outing.deps, outing.caller, outing.untold
    if await is_online(deps, caller.account, caller.id):
        return outing.now + every
    if is_set_up(deps):
        member = await get_member(deps, caller.account, caller.id)
        to = await deps.sealer.text(member.account, EMAIL_PLACE, member.email)
        await post(deps, caller.account, to, wording.letter(deps, untold, await outing.names(untold)))
    await outing.note_told(untold)
    return None


def since(sight: Sight, way: NoticeWay) -> datetime:
    """From when on they wait to be told of it."""
    told = sight.notice.told.get(way)
    return told.at if told else made_at(sight.notice.first)


async def by_phone(outing: Outing) -> datetime | None:
    """One text about all that is unread, to somebody who is not there."""
    deps, caller, untold = outing.deps, outing.caller, outing.untold
    own = await number_of(deps, outing.preferences)
    if own is None or outing.preferences.verified_at is None:
        return None
    ready_at = min(since(sight, NoticeWay.PHONE) for sight in untold) + TEXT_AFTER
    if outing.errand.told_at:
        ready_at = max(ready_at, outing.errand.told_at + TEXT_PAUSE)
    if ready_at > outing.now:
        return ready_at
    if await is_online(deps, caller.account, caller.id):
        return outing.now + TEXT_AFTER
    if wait := await take_text(deps, caller.account, own.number):
        return outing.now + wait
    words = wording.text(deps, untold, await outing.names(untold))
    # Before the call: whoever dies over it leaves it at that, and never sends it a second time.
    await outing.note_told(untold)
    try:
        id = follows_from(outing.errand.id, f"text {outing.errand.news}")
        failing = await send_text(deps, caller.account, own, id=id, words=words)
    except (Unreachable, Later):
        await outing.take_back_told(untold)
        raise
    await note_failing(deps, outing.preferences, failing)
    return None


WAYS: Mapping[NoticeWay, Callable[[Outing], Awaitable[datetime | None]]] = {
    NoticeWay.PUSH: by_push,
    NoticeWay.MAIL: by_mail,
    NoticeWay.PHONE: by_phone,
}
