"""What the ledger holds."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec
from bson.binary import Binary

from hub.store.documents import Stored

PLACE, BESIDE = "intake.raw", "intake.beside"


class IntakeState(StrEnum):
    """What has become of an event. It says what is worst of its elements."""

    WAITING = "waiting"
    DONE = "done"
    # Something in it is of no kind that the adapter knows; everything else was taken in.
    UNSUPPORTED = "unsupported"
    # Something in it could not be taken in, or nothing of it could be read.
    FAILED = "failed"
    # Its sender is blocked: it stands here, and nowhere else.
    BLOCKED = "blocked"


class Trouble(msgspec.Struct, frozen=True):
    """An element that could not be taken in: its place in the event, from 0, and why."""

    element: int
    reason: str


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What has become of an event and its elements. `is_over`: trying again as it is would change nothing."""

    state: IntakeState
    reason: str = ""
    elements: int = 0
    failed: list[Trouble] = msgspec.field(default_factory=list)
    unsupported: list[str] = msgspec.field(default_factory=list)
    is_over: bool = True


class IntakeEvent(Stored, frozen=True):
    """One request of a provider, as it came; stored once, however often it is repeated. `beside` is sealed JSON of what
    else its adapter needs to read it: its content type and its query. A large body is not in `raw` but in a file."""

    line: str
    event_id: str
    raw: Binary
    beside: Binary
    at: datetime
    state: IntakeState = IntakeState.WAITING
    reason: str = ""
    elements: int = 0
    failed: list[Trouble] = msgspec.field(default_factory=list)
    unsupported: list[str] = msgspec.field(default_factory=list)
    # How often the provider has sent it again.
    repeats: int = 0
    file: str | None = None
    due_at: datetime | None = None


class Replay(Stored, frozen=True):
    """Everything that came on a line within a time, taken in once more. `position` is how far it has come."""

    line: str
    since: datetime
    until: datetime
    total: int
    made_at: datetime
    done: int = 0
    failed: int = 0
    position: tuple[datetime, str] | None = None
    ended_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def state(self) -> Literal["running", "done", "given_up"]:
        """Whether it goes on. Until it has ended it is due, unless it was given up."""
        if self.ended_at:
            return "done"
        return "running" if self.due_at else "given_up"
