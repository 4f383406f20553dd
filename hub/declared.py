"""What the rooms together declare for those below them, which know no room above."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hub.store.indexes import Index

# What a room does when something new stands in a thread's log: (deps, thread, entry). And what it counts when a thread
# has become otherwise: (deps, before or None, after), once for every change.
Reaction = Callable[[Any, Any, Any], Awaitable[None]]
Tally = Callable[[Any, Any, Any], Awaitable[None]]
# What a room does when a message of ours did not get there: (deps, entry). It may hear of the same one twice.
Setback = Callable[[Any, Any], Awaitable[None]]
# What a room does when a file that somebody has sent has come: (deps, file). It may see one twice.
Arrival = Callable[[Any, Any], Awaitable[None]]
# What a room does when somebody's voice note was written down, or was not: (deps, entry). It may hear of one twice.
Hearing = Callable[[Any, Any], Awaitable[None]]
# What a room removes of a closed account beside its documents: (deps, account). It may be done twice.
Farewell = Callable[[Any, str], Awaitable[None]]
# What a room does about what members have left behind: (deps, account, their ids), some of it at a time; True when
# there may be more.
Parting = Callable[[Any, str, Any], Awaitable[bool]]


@dataclass(frozen=True, kw_only=True)
class Declared:
    """Of all rooms, in their order. `sealed` names the collections that hold sealed values."""

    indexes: Sequence[Index]
    sealed: Sequence[str]
    reactions: Sequence[Reaction]
    tallies: Sequence[Tally]
    setbacks: Sequence[Setback]
    arrivals: Sequence[Arrival]
    hearings: Sequence[Hearing]
    farewells: Sequence[Farewell]
    partings: Sequence[Parting]
