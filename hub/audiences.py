"""Who hears an event. An audience is named after what its members may see, so nobody has to be taken out of one for an
event to pass them by: whatever happens in a conversation goes to the audiences of whoever may see it at that moment.

A mark is what `Thread.reach` is made of: `member:…`, `team:…`, `follow:…`. Whoever sees all conversations of the
account is in the audience of `ALL`.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Namespace = Literal["/inbox", "/widget"]
ALL = "all"


class Audience(NamedTuple):
    """Sockets that hear the same."""

    namespace: Namespace
    name: str


def of_account(account: str) -> Audience:
    """All members of the account, and the keys that may see what it has set."""
    return Audience("/inbox", f"account:{account}")


def of_inbox(account: str) -> Audience:
    """Whoever sees conversations of the account, be it only some."""
    return Audience("/inbox", f"inbox:{account}")


def of_member(account: str, member: str) -> Audience:
    """One member, at all their screens."""
    return Audience("/inbox", f"member:{account}:{member}")


def of_numbers(account: str, member: str) -> Audience:
    """One member, at all their screens, as long as they see conversations that could be counted for them."""
    return Audience("/inbox", f"numbers:{account}:{member}")


def of_marks(account: str, member: str, marks: Iterable[str]) -> set[Audience]:
    """One member, at all their screens, as long as they see a conversation by one of these marks."""
    return {Audience("/inbox", f"marks:{account}:{member}:{mark}") for mark in marks}


def of_lists(account: str, marks: Iterable[str]) -> set[Audience]:
    """Whoever sees a conversation with these marks in a list."""
    return {Audience("/inbox", f"lists:{account}:{mark}") for mark in marks}


def of_thread(account: str, thread: str, marks: Iterable[str]) -> set[Audience]:
    """Whoever has a conversation open, and sees it by one of these marks."""
    return {Audience("/inbox", f"thread:{account}:{thread}:{mark}") for mark in marks}


def of_people(account: str, marks: Iterable[str]) -> set[Audience]:
    """Whoever sees a person: all people, or those whose lead is one of these members."""
    return {Audience("/inbox", f"people:{account}:{mark}") for mark in marks}


def of_visitor(thread: str) -> Audience:
    """The person on the other side of a conversation, where they write in a widget."""
    return Audience("/widget", f"visitor:{thread}")


def of_visit(visitor: str) -> Audience:
    """One visitor of a site, on all pages that are open: what was said by that one, and to that one."""
    return Audience("/widget", f"visit:{visitor}")
