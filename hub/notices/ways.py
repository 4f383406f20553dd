"""The ways out of the house: push, letters, texts. Each tells what is untold, and gives back when to look again."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from channels.base import Unreachable
from hub.accounts.members import EMAIL_PLACE
from hub.accounts.standing import get_member
from hub.lines.models import Line
from hub.mail.actions import is_set_up, post
from hub.notices import wording
from hub.notices.allowance import take_text
from hub.notices.models import EVERY, NoticeWay, OwnNumber
from hub.notices.numbers import note_failing, number_of
from hub.notices.outing import Outing
from hub.notices.pushing import by_push
from hub.notices.sights import Sight
from hub.notices.texting import free_line, send_over
from hub.notices.whereabouts import is_online
from hub.sending.failures import UNREACHABLE
from hub.store.ids import follows_from, made_at
from hub.threads.models import Failing

# A text waits until somebody had the time to look, and does not come more often than this.
TEXT_AFTER, TEXT_PAUSE = timedelta(minutes=2), timedelta(minutes=10)


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
    deps, caller = outing.deps, outing.caller
    own = await number_of(deps, outing.preferences)
    if own is None or outing.preferences.verified_at is None:
        return None
    if (ready_at := texted_at(outing)) > outing.now:
        return ready_at
    if await is_online(deps, caller.account, caller.id):
        return outing.now + TEXT_AFTER
    line = await free_line(deps, caller.account, own)
    if isinstance(line, Failing):
        await outing.note_told(outing.untold)
        await note_failing(deps, outing.preferences, line)
        return None
    # Counted last, and once however often it is tried: what does not leave takes nothing from what does.
    if not outing.errand.is_counted and (wait := await take_text(deps, caller.account, own.number)):
        return outing.now + wait
    await text_over(outing, line, own)
    return None


def texted_at(outing: Outing) -> datetime:
    """When a text may come: not at once, and not soon after another."""
    ready_at = min(since(sight, NoticeWay.PHONE) for sight in outing.untold) + TEXT_AFTER
    return max(ready_at, outing.errand.told_at + TEXT_PAUSE) if outing.errand.told_at else ready_at


async def text_over(outing: Outing, line: Line, own: OwnNumber) -> None:
    """Send it. What surely has not left is tried again soon, and the member sees why it has not."""
    deps, untold = outing.deps, outing.untold
    words = wording.text(deps, untold, await outing.names(untold))
    # Before the call: whoever dies over it leaves it at that, and never sends it a second time.
    await outing.note_told(untold)
    try:
        id = follows_from(outing.errand.id, f"text {outing.errand.news}")
        failing = await send_over(deps, line, own, id=id, words=words)
    except Unreachable:
        await outing.take_back_told(untold)
        await note_failing(deps, outing.preferences, UNREACHABLE)
        raise
    await note_failing(deps, outing.preferences, failing)


WAYS: Mapping[NoticeWay, Callable[[Outing], Awaitable[datetime | None]]] = {
    NoticeWay.PUSH: by_push,
    NoticeWay.MAIL: by_mail,
    NoticeWay.PHONE: by_phone,
}
