"""A message of ours that did not get there: the thread leads somebody to it. It stands in the log as an answer, and so
nobody waits for one: without this nobody would look."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from hub.deps import Deps
from hub.threads.errors import ThreadBusy
from hub.threads.failed import with_failed
from hub.threads.happenings import OwnerKind
from hub.threads.log import get_thread, where_it_goes_on
from hub.threads.marks import ATTEMPTS, store
from hub.threads.models import Entry, Thread, Window


async def note_failed(deps: Deps, entry: Entry) -> None:
    """Until somebody says something else there, sends it again, or closes it; or, where a member speaks, until that one
    has read it. Call it before the failure is written down: whoever dies in between does it again."""
    await change(deps, entry, lambda thread: with_one_more(thread, entry))
    for hear_of_it in deps.declared.setbacks:
        await hear_of_it(deps, entry)


async def note_tried_again(deps: Deps, entry: Entry) -> None:
    """Nobody has to look after it any more: it is on its way. Others of the thread may still need it."""
    await change(deps, entry, lambda thread: with_failed(thread, {*thread.failed} - {entry.id}))


async def note_window_over(deps: Deps, entry: Entry) -> None:
    """The provider takes no free text of ours any more on the line of this message; unless they have written since, and
    have opened it anew. The log says nothing of this: a later message of theirs opens it again."""
    now = deps.clock.now()

    def ended(thread: Thread) -> Thread:
        if thread.id == entry.thread and thread.heard and thread.heard.seq > entry.seq:
            return thread
        return replace(thread, windows=[ended_by(window, entry.line, now) for window in thread.windows])

    await change(deps, entry, ended)


def ended_by(window: Window, line: str, now: datetime) -> Window:
    """The window, over now if it is that of this line."""
    return replace(window, until=now) if window.line == line and window.until > now else window


def with_one_more(thread: Thread, entry: Entry) -> Thread:
    """Unread for whoever speaks; where no member does, it is found by this mark."""
    concerned = {thread.owner.id} if thread.owner.kind is OwnerKind.MEMBER else set()
    after = with_failed(thread, {*thread.failed, entry.id})
    return replace(after, unread_for=sorted({*thread.unread_for, *concerned}))


async def change(deps: Deps, entry: Entry, how: Callable[[Thread], Thread]) -> None:
    """Where the conversation goes on by now."""
    for _ in range(ATTEMPTS):
        thread = await where_it_goes_on(deps, await get_thread(deps, entry.account, entry.thread))
        if await store(deps, thread, how(thread)):
            return
    raise ThreadBusy
