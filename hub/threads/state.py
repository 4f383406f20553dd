"""What a thread is besides who speaks in it: open, put off or done; how urgent; tagged; followed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from hub.deps import Deps
from hub.errors import Unprocessable
from hub.threads.errors import HeardMeanwhile, ThreadMerged, TooManyTags
from hub.threads.happening import happen
from hub.threads.happenings import Closed, Followed, Happening, Priority, PrioritySet, Reopened, Snoozed, Tagged, Woken
from hub.threads.models import Author, Thread, ThreadStatus

MOST_TAGS = 30

CloseReason = Literal["done", "spam", "silence", "rule"]
ReopenReason = Literal["by_hand", "rule"]


async def close(
    deps: Deps,
    thread: Thread,
    author: Author,
    *,
    why: CloseReason = "done",
    unless_heard_after: int | None = None,
    id: str | None = None,
) -> Thread:
    """Done, until somebody writes again; HeardMeanwhile when the person has written behind that place of the log."""

    def decide(now: Thread) -> Happening | None:
        if now.status is ThreadStatus.CLOSED:
            return None
        check_unheard(now, unless_heard_after)
        return Closed(why=why)

    return await happen(deps, thread, decide, author, id=id)


async def reopen(
    deps: Deps, thread: Thread, author: Author, *, why: ReopenReason = "by_hand", id: str | None = None
) -> Thread:
    """It goes on."""

    def decide(now: Thread) -> Happening | None:
        return Reopened(why=why) if now.status is ThreadStatus.CLOSED else None

    return await happen(deps, thread, decide, author, id=id)


async def snooze(
    deps: Deps,
    thread: Thread,
    author: Author,
    until: datetime,
    *,
    unless_heard_after: int | None = None,
    id: str | None = None,
) -> Thread:
    """Not before then, unless the person writes; HeardMeanwhile when they have, behind that place of the log."""
    if until <= deps.clock.now():
        raise Unprocessable("This time is over already: choose a later one.", until=until)

    def decide(now: Thread) -> Happening | None:
        if now.snoozed_until == until:
            return None
        check_unheard(now, unless_heard_after)
        return Snoozed(until=until)

    return await happen(deps, thread, decide, author, id=id)


async def wake(
    deps: Deps, thread: Thread, author: Author, *, why: Literal["time", "by_hand"] = "by_hand", id: str | None = None
) -> Thread:
    """Now, though it was put off; by its time only once that has come."""
    moment = deps.clock.now()

    def decide(now: Thread) -> Happening | None:
        is_early = why == "time" and now.snoozed_until is not None and now.snoozed_until > moment
        return None if now.status is not ThreadStatus.SNOOZED or is_early else Woken(why=why)

    return await happen(deps, thread, decide, author, id=id)


async def set_priority(
    deps: Deps, thread: Thread, author: Author, priority: Priority, *, id: str | None = None
) -> Thread:
    """More urgent, or less."""

    def decide(now: Thread) -> Happening | None:
        return None if now.priority is priority else PrioritySet(priority=priority)

    return await happen(deps, thread, decide, author, id=id)


async def tag(
    deps: Deps,
    thread: Thread,
    author: Author,
    *,
    put: Sequence[str] = (),
    taken: Sequence[str] = (),
    id: str | None = None,
) -> Thread:
    """Put tags on and take tags off. What is in both goes."""
    wanted, unwanted = {plain(tag) for tag in put} - {""}, {plain(tag) for tag in taken}

    def decide(now: Thread) -> Happening | None:
        new, gone = wanted - unwanted - set(now.tags), unwanted & set(now.tags)
        if new and len(now.tags) + len(new) - len(gone) > MOST_TAGS:
            raise TooManyTags(f"A conversation has {MOST_TAGS} tags at most.", most=MOST_TAGS)
        return Tagged(put=tuple(sorted(new)), taken=tuple(sorted(gone))) if new or gone else None

    return await happen(deps, thread, decide, author, id=id)


def plain(tag: str) -> str:
    """The same tag, however many spaces were typed."""
    return " ".join(tag.split())


async def follow_thread(
    deps: Deps, thread: Thread, author: Author, member: str, *, is_following: bool = True, id: str | None = None
) -> Thread:
    """The member hears of it from now on, or no more."""

    def decide(now: Thread) -> Happening | None:
        is_so = (member in now.followers) == is_following
        return None if is_so else Followed(member=member, is_following=is_following)

    return await happen(deps, thread, decide, author, id=id)


def check_unheard(thread: Thread, seq: int | None) -> None:
    """Raise HeardMeanwhile when the person has written behind this place."""
    if seq is not None and thread.heard and thread.heard.seq > seq:
        raise HeardMeanwhile("The person has written meanwhile.", seq=thread.heard.seq)


def check_goes_on_here(thread: Thread) -> None:
    """Raise for a thread that goes on in another one: nothing is written there any more."""
    if thread.merged_into:
        raise ThreadMerged("This conversation goes on in another one.", thread=thread.merged_into)
