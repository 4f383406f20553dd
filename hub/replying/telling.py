"""Telling a member's other screens what they have typed at one."""

from typing import Any

from hub.audiences import of_member
from hub.bus import Teller
from hub.deps import Deps
from hub.replying.drafts import DRAFT, draft_of
from hub.replying.events import DraftTyped


async def tell_draft(deps: Deps, account: str, thread: str, members: frozenset[Any]) -> None:
    """Each of them what is their own."""
    for member in members:
        # First the time: of two who tell of it, whoever has read later counts.
        rev = round(deps.clock.now().timestamp() * 1000)
        draft = await draft_of(deps, account, thread, member)
        event = DraftTyped(account=account, thread=thread, rev=rev, draft=draft)
        await deps.bus.publish(event, [of_member(account, member)])


TELLERS = (Teller(DRAFT, tell_draft),)
