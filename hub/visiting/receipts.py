"""How far what was said to a visitor has come: onto a page, and before their eyes."""

from channels.base import State, Status
from hub.access import Caller
from hub.deps import Deps
from hub.lines.actions import get_line
from hub.sending.statuses import record_status
from hub.threads import queries
from hub.threads.delivering import get_entry
from hub.threads.errors import NoSuchMessage
from hub.threads.models import DeliveryState, Entry
from hub.visiting.reading import list_readable

MOST_ENTRIES = 100
# What of the visitor's messages is moved by each word.
BEHIND = {
    State.DELIVERED: {DeliveryState.SENT},
    State.READ: {DeliveryState.SENT, DeliveryState.DELIVERED},
}


async def note(deps: Deps, caller: Caller, up_to: str, state: State) -> None:
    """Everything that was said to the visitor up to this message has come so far."""
    last = await access_message(deps, caller, up_to)
    thread = await queries.find_thread(deps, caller.account, last.thread)
    if thread is None:
        return
    line, now = await get_line(deps, caller.account, caller.line), deps.clock.now()
    latest = await queries.list_on_line(deps, thread, line.id, limit=MOST_ENTRIES)
    behind = [one for one in latest if one.seq <= last.seq and one.delivery and one.delivery.state in BEHIND[state]]
    for entry in await list_readable(deps, caller, behind):
        await record_status(deps, line, Status(id=entry.provider_id, state=state, at=now))


async def access_message(deps: Deps, caller: Caller, id: str) -> Entry:
    """One that the visitor may read; any other is not there."""
    entry = await get_entry(deps, caller.account, id)
    if not await list_readable(deps, caller, [entry]):
        raise NoSuchMessage("There is no such message.", id=id)
    return entry
