"""Telling members outside of Parley, as due work: one errand for each member and way. What it tells, and whether it
may, is read when it is due; so nobody is told what they may not see any more, or have read meanwhile."""

from collections.abc import Collection
from datetime import datetime, timedelta

from hub.accounts.hours import next_opening
from hub.accounts.standing import find_caller_of
from hub.deps import Deps
from hub.mail.actions import is_set_up
from hub.notices import repository
from hub.notices.models import EVERY, OUTWARD, TELL, Notice, NoticeErrand, NoticePreferences, NoticeWay
from hub.notices.outing import MOST, Outing
from hub.notices.pushing import PUSH_PAUSE
from hub.notices.showing import preferences_of
from hub.notices.sights import sights_of
from hub.notices.ways import TEXT_AFTER, WAYS
from hub.sending.facts import zone_of_account
from hub.sending.quiet import hours_outside, zone_for
from hub.store.mongo import Document
from hub.work.kinds import Kind, Later, Lease

ATTEMPTS = 20


async def plan(deps: Deps, preferences: NoticePreferences, ways: Collection[NoticeWay], notice: Notice) -> None:
    """The member is told in these ways, each in its time; and again, if they are being told at this moment."""
    now, quiet = deps.clock.now(), await quiet_until(deps, preferences)
    for way in OUTWARD:
        if way in ways and is_open(deps, preferences, way):
            due_at = max(due_from(preferences, notice, way, now), quiet or now)
            if await is_newly_due(deps, notice, way, due_at) and due_at <= now:
                await deps.bell.ring(TELL, repository.errand_id(notice.member, way))


def is_open(deps: Deps, preferences: NoticePreferences, way: NoticeWay) -> bool:
    """Whether anything can go this way at all."""
    if way is NoticeWay.MAIL:
        return is_set_up(deps)
    return way is not NoticeWay.PHONE or preferences.verified_at is not None


def due_from(preferences: NoticePreferences, notice: Notice, way: NoticeWay, now: datetime) -> datetime:
    """After a while for more to come, and for somebody who looks by themselves."""
    if way is NoticeWay.MAIL:
        return now + EVERY[preferences.digest]
    if way is NoticeWay.PHONE:
        return now + TEXT_AFTER
    pushed = notice.told.get(NoticeWay.PUSH)
    return max(now, pushed.at + PUSH_PAUSE) if pushed else now


async def is_newly_due(deps: Deps, notice: Notice, way: NoticeWay, due_at: datetime) -> bool:
    """Make it due by then; False when it is already, or somebody is about it, who looks again."""
    id = repository.errand_id(notice.member, way)
    for _ in range(ATTEMPTS):
        seen = await repository.find_errand(deps.mongo, notice.account, id)
        if seen is None:
            new = NoticeErrand(id=id, account=notice.account, member=notice.member, way=way, due_at=due_at)
            if await repository.add_errand(deps.mongo, new):
                return True
        elif seen.due_at is None or (seen.claim is None and seen.due_at > due_at):
            if await repository.make_due(deps.mongo, seen, due_at):
                return True
        elif await repository.add_news(deps.mongo, seen):
            return False
    return False


async def tell(deps: Deps, document: Document, lease: Lease) -> None:
    """Tell one member, one way. What has come meanwhile is told at once, or in its time."""
    seen = await repository.find_errand(deps.mongo, document["account"], document["_id"])
    if seen is None:
        return
    if again := await tell_now(deps, seen):
        raise Later(again)
    async with lease.writing:
        is_all = await repository.settle(deps.mongo, seen, lease.where)
    if not is_all:
        raise Later(deps.clock.now())


async def tell_now(deps: Deps, errand: NoticeErrand) -> datetime | None:
    """What there is to tell; and when there is more."""
    outing = await look(deps, errand)
    if outing is None or not outing.untold:
        return None
    return await quiet_until(deps, outing.preferences) or await WAYS[errand.way](outing)


async def look(deps: Deps, errand: NoticeErrand) -> Outing | None:
    """What the member could be told this way by now; None for whoever is shut out."""
    caller = await find_caller_of(deps, errand.account, errand.member)
    if caller is None:
        return None
    preferences = await preferences_of(deps, errand.account, errand.member)
    unread = await repository.list_unread(deps.mongo, errand.account, errand.member, limit=MOST)
    wanted = [one for one in unread if errand.way in preferences.ways_of(one.kind)]
    sights = [sight for sight in await sights_of(deps, caller, wanted) if not sight.is_over]
    return Outing(deps, errand, caller, preferences, sights)


async def quiet_until(deps: Deps, preferences: NoticePreferences) -> datetime | None:
    """When the member's quiet hours end; None when it is not quiet."""
    if preferences.quiet is None:
        return None
    zone = zone_for(preferences.zone, await zone_of_account(deps, preferences.account))
    hours, now = hours_outside(preferences.quiet, zone), deps.clock.now()
    opening = next_opening(hours, now) if hours else None
    return opening if opening and opening > now else None


KINDS = (Kind(name=TELL, collection=repository.ERRANDS, handler=tell, backoff=timedelta(seconds=10)),)
