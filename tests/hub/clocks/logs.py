"""Logs written by hand: who did what, so many minutes after the beginning."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Literal

from hub.clocks.advancing import advance
from hub.clocks.measuring import measured
from hub.clocks.models import Clocks, ClockState, Measure
from hub.threads.happenings import NOBODY, Happening, Owner, OwnerChanged, OwnerKind
from hub.threads.models import Author, AuthorKind, Entry, EntryKind

BEGIN = datetime(2054, 3, 2, 9, 0, tzinfo=UTC)
MEMBER, AGENT = Author(AuthorKind.MEMBER, "asha"), Author(AuthorKind.AGENT, "agent")
PERSON, RULE, HUB = Author(AuthorKind.PERSON, "maja"), Author(AuthorKind.RULE, "rule"), Author(AuthorKind.HUB)

# Minutes, and what was done then: a message of its author, or an event of a member's.
Line = tuple[float, Author | Happening]


def log(*lines: Line, by: Author = MEMBER) -> list[Entry]:
    """The entries of a log."""
    return [entry(seq, *line, by=by) for seq, line in enumerate(lines, start=1)]


def entry(seq: int, minutes: float, what: Author | Happening, *, by: Author = MEMBER) -> Entry:
    """One of them."""
    at = BEGIN + timedelta(minutes=minutes)
    author = what if isinstance(what, Author) else by
    direction: Literal["in", "out"] = "in" if author.kind is AuthorKind.PERSON else "out"
    return Entry(
        id=f"entry{seq}",
        account="acme",
        thread="thread",
        seq=seq,
        kind=EntryKind.MESSAGE if isinstance(what, Author) else EntryKind.EVENT,
        author=author,
        said_at=at,
        stored_at=at,
        changed_at=at,
        client_id=f"entry{seq}",
        provider_id=f"entry{seq}",
        line="line",
        direction=direction if isinstance(what, Author) else None,
        event=None if isinstance(what, Author) else what,
    )


def owned(kind: OwnerKind) -> OwnerChanged:
    """Somebody of this kind speaks from here on."""
    owner = NOBODY if kind is OwnerKind.NOBODY else Owner(kind, "asha" if kind is OwnerKind.MEMBER else "")
    return OwnerChanged(owner=owner, why="assigned")


def state_of(entries: Sequence[Entry], since: ClockState = ClockState()) -> ClockState:  # noqa: B008 - it is frozen
    """What the clocks know at the end."""
    return reduce(advance, entries, since)


def measures_of(entries: Sequence[Entry]) -> list[Measure]:
    """What was measured on the way."""
    state, found = ClockState(), list[Measure]()
    for one in entries:
        after = advance(state, one)
        found += measured(Clocks(id="thread", account="acme", state=state), one, after, [])
        state = after
    return found


def told(entries: Sequence[Entry]) -> list[tuple[str, float]]:
    """The same in words and minutes."""
    return [(measure.what, measure.took_ms / 60_000) for measure in measures_of(entries)]


def minutes_of(entries: Sequence[Entry]) -> dict[str, float]:
    """Whose time the last round was."""
    round = state_of(entries).round
    spent = {name: getattr(round.spent, name) / 60_000 for name in round.spent.__struct_fields__} if round else {}
    return {name: minutes for name, minutes in spent.items() if minutes}
