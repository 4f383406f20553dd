"""Letting somebody see that what they wrote last was read, or that somebody writes to them, where their channel shows
that. Nothing here is a promise: what is not shown now is not worth being shown later."""

from datetime import timedelta

import structlog

from channels.base import Attentive, Refused, Unreachable, Unsure
from hub.deps import Deps
from hub.limits import Bucket, Rate
from hub.lines.actions import access_of, find_any_line
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.people.getting import get_person
from hub.sending.ways import ways_of
from hub.threads.models import Entry, Heard, Thread
from hub.threads.queries import list_on_line

log = structlog.get_logger()

# WhatsApp shows it for 25 seconds (Cloud API, "Typing indicators").
TYPING = Rate(1, 20)
# Of what is older, providers know nothing any more.
OLDEST = timedelta(days=30)
# So many messages are looked at for the last one of theirs.
LOOKED_AT = 50


async def notice_read(deps: Deps, before: Thread | None, after: Thread) -> None:
    """A tally: a member has read what the person wrote last, as the first one."""
    heard = after.heard
    if before is not None and heard and not is_read(before, heard) and is_read(after, heard):
        deps.background.start(show_read(deps, after, heard), f"show {after.id} as read")


def is_read(thread: Thread, heard: Heard) -> bool:
    """Whether any member has read it."""
    return any(mark.seq >= heard.seq for mark in thread.marks)


def somebody_types(deps: Deps, thread: Thread) -> None:
    """A member writes a reply, or an agent's turn begins: they see it, and that theirs was read. Said as often as
    anybody likes."""
    if thread.heard:
        deps.background.start(show_typing(deps, thread, thread.heard), f"show typing at {thread.id}")


async def show_read(deps: Deps, thread: Thread, heard: Heard) -> None:
    """On the line that they have used."""
    if line := await find_line(deps, thread, heard):
        await show(deps, line, thread, heard, is_typing=False)


async def show_typing(deps: Deps, thread: Thread, heard: Heard) -> None:
    """The same, but not more often than it goes out by itself."""
    if line := await find_line(deps, thread, heard):
        verdict = await deps.limiter.take(Bucket(f"typing:{thread.id}", TYPING))
        if not verdict.wait_us:
            await show(deps, line, thread, heard, is_typing=True)


async def find_line(deps: Deps, thread: Thread, heard: Heard) -> Line | None:
    """The line, if it is to show such things, and to them."""
    line = await find_any_line(deps, heard.line)
    if line is None or line.account != thread.account or line.removed_at or line.is_paused or not line.shows_read:
        return None
    if not isinstance(channel_of(line), Attentive) or deps.clock.now() - heard.at > OLDEST:
        return None
    person = await get_person(deps, thread.account, thread.person)
    return None if person.blocked_at else line


async def find_said(deps: Deps, thread: Thread, line: Line, heard: Heard) -> Entry | None:
    """The last that they have said in words: emojis are not read."""
    latest = await list_on_line(deps, thread, line.id, limit=LOOKED_AT)
    theirs = (entry for entry in latest if entry.direction == "in" and entry.seq <= heard.seq)
    return next((entry for entry in theirs if not entry.is_aside), None)


async def show(deps: Deps, line: Line, thread: Thread, heard: Heard, *, is_typing: bool) -> None:
    """At the message itself, as the provider calls it."""
    channel, entry = channel_of(line), await find_said(deps, thread, line, heard)
    if entry is None or not isinstance(channel, Attentive):
        return
    try:
        await channel.show_read(ways_of(deps), await access_of(deps, line), entry.provider_id, is_typing=is_typing)
    except (Refused, Unreachable, Unsure) as error:
        log.info("read_not_shown", line=line.id, error=type(error).__name__)
