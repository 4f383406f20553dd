"""What has changed of a conversation, for whoever tells screens: said after it is stored, by whoever has stored it."""

from typing import NamedTuple

from channels.base import Medium
from hub import bus
from hub.deps import Deps
from hub.threads.models import Entry, Thread

THREAD = "thread"


class Written(NamedTuple):
    """This entry is new, or is shown otherwise. Over which medium it went, where whoever says so knows."""

    entry: str
    medium: Medium | None = None


class Left(NamedTuple):
    """Whoever sees it by this mark only does so no more."""

    mark: str


class Marked(NamedTuple):
    """This member has another mark there."""

    member: str


def announce(deps: Deps, before: Thread, after: Thread, entry: Entry | None = None) -> None:
    """The thread has become otherwise, perhaps by an entry of its log."""
    left = [Left(mark) for mark in before.reach if mark not in after.reach]
    marked = [Marked(member) for member in sorted(members_of(before) | members_of(after))]
    moved = [one for one in marked if mark_of(before, one.member) != mark_of(after, one.member)]
    written = [Written(entry.id, entry.medium)] if entry else []
    bus.changed(deps, THREAD, after.account, after.id, *left, *moved, *written)


def announce_thread(deps: Deps, account: str, id: str, *written: Written) -> None:
    """Something is shown otherwise: of the thread, or of an entry too."""
    bus.changed(deps, THREAD, account, id, *written)


def members_of(thread: Thread) -> set[str]:
    """Whoever has something to read there, or has read."""
    return {*thread.unread_for, *thread.mentions, *(mark.member for mark in thread.marks)}


def mark_of(thread: Thread, member: str) -> tuple[int, bool, bool]:
    """What is shown to one member alone."""
    return thread.read_by(member), member in thread.unread_for, member in thread.mentions
