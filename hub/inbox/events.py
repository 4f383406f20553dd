"""What screens are told of conversations as lists have them, and of how many there are."""

from hub.bus import Event
from hub.inbox.shapes import ThreadState


class ThreadChanged(Event, frozen=True):
    """A conversation is otherwise. Whoever sees it in a list hears it, and so whoever has it open does."""

    state: ThreadState


class ThreadGone(Event, frozen=True):
    """Whoever saw a conversation may see it no more, if a higher or the same `rev` of it is not known by then. Whoever
    has lost a way to see it hears it."""


class MarkChanged(Event, frozen=True):
    """What the member who hears it has read of a conversation, and whether there is more."""

    read_seq: int
    is_unread: bool
    is_mentioned: bool


class CountChanged(Event, frozen=True):
    """How many conversations a view has now. `of` is `account`, whose `view` is `open` (all that are), `snoozed`,
    `closed` or `unassigned`, and whoever sees all of it hears that; or `teams`, whose `view` is a team's id, and the
    team hears it too; or the member's own id, whose `view` is `mine`, `unread` or `mentions`, and that one alone hears
    it. Where no number is known it is 0. Of two about the same the one with the higher `rev` counts."""

    of: str
    view: str
    n: int
