"""What screens are told of an agent's answer while it is written."""

from typing import Literal

from hub.bus import Event


class AgentDrafted(Event, frozen=True):
    """An agent writes: `text` belongs at `at`, counted as browsers count (UTF-16), in what its turn has drafted so far.
    `rev` numbers what is told of a turn. Every second all of it is told, `at` 0: whoever has come later, or misses one
    of the numbers between, goes on from there. A draft of which nothing was heard for five seconds is dropped, and so
    is one whose `epoch` is not the conversation's any more. Whoever has the conversation open hears it."""

    turn: str
    epoch: int
    at: int
    text: str


class AgentDraftEnded(Event, frozen=True):
    """The draft of a turn is over. What was said of it stands in the log as `entry`, which takes its place on the
    screen; otherwise it is withdrawn. Nothing that is told of the turn later counts. Whoever has the conversation open
    hears it."""

    turn: str
    outcome: Literal["said", "withdrawn"]
    entry: str = ""
