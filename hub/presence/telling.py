"""Telling screens who is there. Much may happen on a board in a moment: of each a few events a second are told."""

from typing import Any

from hub.attending.showing import somebody_types
from hub.audiences import ALL, of_inbox, of_thread, of_visitor
from hub.bus import Teller
from hub.deps import Deps
from hub.people.getting import get_person
from hub.presence.boards import look
from hub.presence.book import LEAD, MEMBERS, THREAD, members_of, thread_of
from hub.presence.events import LeadTypes, MemberPresence, SomebodyTypes, ThreadPresence
from hub.presence.noticing import shown
from hub.presence.policy import policy_of
from hub.threads import queries
from hub.threads.models import Thread

PAUSE_S = 0.3


async def tell_members(deps: Deps, account: str, _: str, members: frozenset[Any]) -> None:
    """Who has come or gone, to whoever may ask who is there."""
    seen = await look(deps, members_of(account))
    online = seen.members("online")
    for member in sorted(members | seen.differing):
        event = MemberPresence(account=account, rev=seen.at_us, member=member, is_online=member in online)
        await deps.bus.publish(event, [of_inbox(account)])


async def tell_thread(deps: Deps, account: str, id: str, parts: frozenset[Any]) -> None:
    """Who is at a conversation, if anything is otherwise there."""
    seen = await look(deps, thread_of(account, id))
    told = parts | seen.differing
    if not told or (thread := await queries.find_thread(deps, account, id)) is None:
        return
    now = shown(seen)
    event = ThreadPresence(
        account=account, thread=id, rev=now.rev, looking=now.looking, typing=now.typing, holder=now.holder
    )
    await deps.bus.publish(event, whoever_has_open(thread))
    if "reply" in told:
        replies = SomebodyTypes(account="", rev=now.rev, is_typing=now.holder is not None)
        await deps.bus.publish(replies, [of_visitor(id)])
        if now.holder is not None:
            somebody_types(deps, thread)


async def tell_lead(deps: Deps, account: str, id: str, _: frozenset[Any]) -> None:
    """What the person on the other side types; nothing of one whom the business has blocked."""
    text = deps.presence.previews.pop(id, None)
    if text is None:  # it was told by the run before, which had waited
        return
    thread = await queries.find_thread(deps, account, id)
    if thread is None or (await get_person(deps, account, thread.person)).blocked_at:
        return
    is_shown = (await policy_of(deps, account)).shows_previews
    event = LeadTypes(
        account=account,
        thread=id,
        rev=deps.presence.now_us,
        is_typing=bool(text),
        preview=text if text and is_shown else None,
    )
    await deps.bus.publish(event, whoever_has_open(thread))


def whoever_has_open(thread: Thread) -> set[Any]:
    """And may see it at this moment."""
    return of_thread(thread.account, thread.id, {ALL, *thread.reach})


TELLERS = (
    Teller(MEMBERS, tell_members, PAUSE_S),
    Teller(THREAD, tell_thread, PAUSE_S),
    Teller(LEAD, tell_lead, PAUSE_S),
)
