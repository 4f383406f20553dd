"""Telling screens what is to be said later."""

from typing import Any

from hub.audiences import ALL, of_thread
from hub.bus import Teller
from hub.deps import Deps
from hub.sending import repository
from hub.sending.announcing import LATER
from hub.sending.events import ScheduledChanged, ScheduledEnded
from hub.sending.scheduling import shown
from hub.threads.log import get_thread, where_it_goes_on


async def tell_scheduled(deps: Deps, account: str, id: str, threads: frozenset[Any]) -> None:
    """Whoever has the conversation open in which it would be said."""
    for thread_id in threads:
        thread = await where_it_goes_on(deps, await get_thread(deps, account, thread_id))
        found = await repository.find_scheduled(deps.mongo, account, _id=id)
        event: ScheduledChanged | ScheduledEnded
        if found is None:
            event = ScheduledEnded(account=account, thread=thread.id, scheduled_id=id)
        else:
            scheduled = await shown(deps, found)
            event = ScheduledChanged(account=account, thread=thread.id, rev=found.rev, scheduled=scheduled)
        await deps.bus.publish(event, of_thread(thread.account, thread.id, {ALL, *thread.reach}))


TELLERS = (Teller(LATER, tell_scheduled),)
