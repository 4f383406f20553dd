"""Telling visitors what was said. What is told is what is stored by then, to whoever may read it by then."""

from typing import Any

from channels.base import Medium
from hub.audiences import of_visit
from hub.bus import Teller
from hub.deps import Deps
from hub.threads import queries
from hub.threads.announcing import THREAD, Written
from hub.visiting.events import VisitorEntryChanged
from hub.visiting.reading import reader_of
from hub.visiting.showing import message_shown


async def tell_visitors(deps: Deps, account: str, _: str, parts: frozenset[Any]) -> None:
    """The entries of a conversation that a visitor may read."""
    ids = [part.entry for part in parts if isinstance(part, Written) and part.medium in (None, Medium.CHAT)]
    if not ids:
        return
    for entry in sorted(await queries.list_entries(deps, account, ids), key=lambda entry: entry.seq):
        if visitor := await reader_of(deps, entry):
            message = await message_shown(deps, entry)
            event = VisitorEntryChanged(account="", rev=entry.rev, message=message)
            await deps.bus.publish(event, [of_visit(visitor)])


TELLERS = (Teller(THREAD, tell_visitors),)
