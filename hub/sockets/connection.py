"""One socket, once it is known who speaks over it."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from hub.access import Caller
from hub.audiences import Audience, Namespace
from hub.sockets.budget import Budget

# (socket, audience): takes it in, or out.
Move = Callable[[str, Audience], None]
# (code, reason): cuts it off.
End = Callable[[int, str], None]
# Nobody reads more at a time.
MOST_WATCHED = 20


@dataclass
class Connection:
    """What is known of a socket. `watched` are the conversations that it has open, `neighbourhood` is what a limit
    counts its address by."""

    id: str
    namespace: Namespace
    token: str
    caller: Caller
    address: str
    neighbourhood: str
    agent: str
    enter: Move
    leave: Move
    end: End
    is_gone: Callable[[], bool]
    budget: Budget = field(default_factory=Budget)
    # How often in a row somebody has asked on an empty budget.
    overdrawn: int = 0
    heard: set[Audience] = field(default_factory=set)
    watched: dict[str, set[Audience]] = field(default_factory=dict)
    # Who was in the caller's teams when somebody last looked; what a permission of teams reaches depends on it.
    mates: frozenset[str] = frozenset()
    # How often the caller has become otherwise.
    changes: int = 0
    # When it was certain for the last time that the caller may be there.
    checked_s: float = field(default_factory=time.monotonic)
    is_open: bool = True

    def become(self, caller: Caller, mates: frozenset[str]) -> None:
        """The caller may do otherwise from now on."""
        self.caller, self.mates = caller, mates
        self.changes += 1

    def hear(self, audiences: Collection[Audience]) -> None:
        """These from now on, and no others beside those of what it watches."""
        wanted = set(audiences)
        for audience in self.heard - wanted:
            self.leave(self.id, audience)
        for audience in wanted - self.heard:
            self.enter(self.id, audience)
        self.heard = wanted

    def watch(self, thread: str, audiences: Collection[Audience]) -> None:
        """Hear what happens in a conversation, as far as these audiences do; nothing, with none."""
        before, wanted = self.watched.pop(thread, set()), set(audiences)
        for audience in before - wanted:
            self.leave(self.id, audience)
        for audience in wanted - before:
            self.enter(self.id, audience)
        if wanted:
            self.watched[thread] = wanted
        while len(self.watched) > MOST_WATCHED:
            self.watch(next(iter(self.watched)), ())
