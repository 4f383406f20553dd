"""Telling a member's screens of their notices: of what is unread, and of what is read by then. Nobody else hears it."""

from typing import Any

from hub.accounts.standing import find_caller_of
from hub.audiences import of_member
from hub.bus import Teller, changed
from hub.deps import Deps
from hub.notices import repository
from hub.notices.clearing import unread_in
from hub.notices.events import NoticeChanged, NoticesRead
from hub.notices.models import NOTICES, NoticeKind
from hub.notices.showing import in_app, shown
from hub.notices.sights import sights_of
from hub.people.announcing import PERSON
from hub.threads.belonging import list_threads_of

# A burst of messages is one notice that rises: screens need not see each step.
PAUSE_S = 0.25


async def tell_notices(deps: Deps, account: str, member: str, parts: frozenset[Any]) -> None:
    """These notices of a member, to that one alone: none of a conversation that they may see no more."""
    caller = await find_caller_of(deps, account, member)
    if caller is None:
        return
    found = [one for one in await repository.list_notices(deps.mongo, account, parts) if one.member == member]
    seen = await sights_of(deps, caller, found)
    audience = [of_member(account, member)]
    fresh = [sight for sight in await in_app(deps, caller, seen) if not sight.is_over]
    unread = {sight.notice.id for sight in fresh}
    if read := {one.id: one.rev for one, _ in seen if one.id not in unread}:
        await deps.bus.publish(NoticesRead(account=account, read=read), audience)
    for one in await shown(deps, caller, fresh):
        event = NoticeChanged(account=account, thread=one.thread_id, rev=one.rev, notice=one)
        await deps.bus.publish(event, audience)


async def tell_named(deps: Deps, account: str, person: str, _: frozenset[Any]) -> None:
    """Whoever it is about may be called otherwise by now: what is unread of them is told anew."""
    for thread in await list_threads_of(deps, account, person):
        for one in await unread_in(deps, thread, [*NoticeKind]):
            changed(deps, NOTICES, account, one.member, one.id)


TELLERS = (Teller(NOTICES, tell_notices, PAUSE_S), Teller(PERSON, tell_named, PAUSE_S))
