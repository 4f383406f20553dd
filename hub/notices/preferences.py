"""How a member wants to be told: each kind, each way."""

from collections.abc import Iterable

from msgspec.structs import replace

from hub.access import Caller
from hub.accounts.founding import check_zone
from hub.act import Act
from hub.deps import Deps
from hub.errors import Unprocessable
from hub.mail.actions import is_set_up
from hub.notices import repository
from hub.notices.models import NoticeKind, NoticePreferences, NoticeWay, usual_ways
from hub.notices.numbers import number_shown
from hub.notices.shapes import KindWays, NoticePreferencesShown, NoticePreferencesWanted
from hub.notices.showing import preferences_of


async def show(deps: Deps, caller: Caller) -> NoticePreferencesShown:
    """One's own."""
    return await preferences_shown(deps, await preferences_of(deps, caller.account, caller.id))


async def set_all(act: Act, wanted: NoticePreferencesWanted) -> NoticePreferencesShown:
    """So from now on; what waits already is looked at anew. The number stays as it is."""
    deps, caller = act.deps, act.caller
    if wanted.zone:
        check_zone(wanted.zone)
    if len({one.kind for one in wanted.kinds}) < len(wanted.kinds):
        raise Unprocessable("Name each kind once.", field="kinds")
    act.note.target, act.note.before = {"member": caller.id}, noted(await show(deps, caller))
    await repository.change_preferences(
        deps.mongo,
        caller.account,
        caller.id,
        ways=chosen(wanted.kinds),
        quiet=wanted.quiet,
        zone=wanted.zone,
        digest=wanted.digest,
    )
    await repository.hasten(deps.mongo, caller.account, caller.id, deps.clock.now())
    after = await show(deps, caller)
    act.note.after = noted(after)
    return after


def chosen(kinds: Iterable[KindWays]) -> dict[NoticeKind, list[NoticeWay]]:
    """Those that are told otherwise than usual: whoever sends back what is usual has chosen nothing."""
    others = [one for one in kinds if frozenset(one.ways) != usual_ways(one.kind)]
    return {one.kind: [way for way in NoticeWay if way in one.ways] for one in others}


def noted(shown: NoticePreferencesShown) -> NoticePreferencesShown:
    """As the audit log tells of it: the number, which stays as it is, is no part of it."""
    return replace(shown, number=None)


async def preferences_shown(deps: Deps, preferences: NoticePreferences) -> NoticePreferencesShown:
    """With what is usual where nothing was said."""
    return NoticePreferencesShown(
        kinds=[kind_ways(preferences, kind) for kind in NoticeKind],
        quiet=preferences.quiet,
        zone=preferences.zone,
        digest=preferences.digest,
        number=await number_shown(deps, preferences),
        has_mail=is_set_up(deps),
    )


def kind_ways(preferences: NoticePreferences, kind: NoticeKind) -> KindWays:
    """How one kind is told."""
    told = preferences.ways_of(kind)
    return KindWays(kind=kind, ways=tuple(way for way in NoticeWay if way in told))
