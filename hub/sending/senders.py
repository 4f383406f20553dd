"""From which of a line's numbers somebody is written to: always the one that they know."""

import hashlib
from collections.abc import Sequence

from channels.base import Access, Address
from hub.deps import Deps
from hub.lines.models import Line
from hub.threads.delivering import get_at
from hub.threads.log import get_thread, opened, where_it_goes_on
from hub.threads.models import Entry, Thread


async def sender_for(deps: Deps, entry: Entry, line: Line, access: Access, to: Address) -> str:
    """What they have written to last; else always the same one for the same person. Empty where there is no choice."""
    pool = pool_of(access)
    if len(pool) < 2:
        return ""
    thread = await where_it_goes_on(deps, await get_thread(deps, entry.account, entry.thread))
    known = await name_known(deps, thread, line)
    return known if known in pool else sender_to(access, to)


def sender_to(access: Access, to: Address) -> str:
    """Always the same one for the same address, of which no conversation says more. Empty where there is no choice."""
    pool = pool_of(access)
    return pool[number_of(to) % len(pool)] if len(pool) > 1 else ""


def pool_of(access: Access) -> Sequence[str]:
    """The numbers of the line."""
    return [name for name in access.names if name.startswith("+")]


async def name_known(deps: Deps, thread: Thread, line: Line) -> str:
    """Which of the line's names they have written to last, if they have."""
    if thread.heard is None or thread.heard.line != line.id:
        return ""
    return (await opened(deps, await get_at(deps, thread, thread.heard.seq))).at_line


def number_of(to: Address) -> int:
    """The same for the same address, in every process."""
    return int.from_bytes(hashlib.sha256(to.value.encode()).digest()[:4])
