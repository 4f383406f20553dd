"""What an account says about routing, what is known of its members for it, and what waits, as they are stored."""

from datetime import datetime
from enum import StrEnum

import msgspec

from hub.store.documents import Stored

CAPACITY = 5
OFFER_S = 60


class Way(StrEnum):
    """How one of several is chosen."""

    # Whoever has spoken with the person before.
    LAST_REP = "last_rep"
    # Whoever was given nothing for the longest time.
    ROUND_ROBIN = "round_robin"
    # Whoever has the most places left.
    LEAST_LOADED = "least_loaded"
    # Whoever has had nothing new to do for the longest time.
    LONGEST_WAITING = "longest_waiting"


class RoutingMode(StrEnum):
    """Whether members are asked."""

    ASSIGN = "assign"
    OFFER = "offer"


class Wish(StrEnum):
    """How much it matters."""

    IGNORED = "ignored"
    PREFERRED = "preferred"
    REQUIRED = "required"


class Policy(Stored, frozen=True):
    """How an account, or one of its teams, routes. Its `id` is that of the account or the team."""

    team: str | None = None
    is_on: bool = False
    mode: RoutingMode = RoutingMode.ASSIGN
    offer_s: int = OFFER_S
    ways: list[Way] = msgspec.field(default_factory=lambda: [Way.LAST_REP, Way.ROUND_ROBIN])
    language: Wish = Wish.PREFERRED
    skills: Wish = Wish.PREFERRED
    # The account's own only: which team is asked where neither thread nor line say one.
    default_team: str | None = None


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a member that is kept for a thread, while it is given or offered."""

    thread: str
    until: datetime


class Facts(Stored, frozen=True):
    """What routing knows of a member; its `id` is the member's. `rev` is raised by whatever could change a choice, and
    named by whoever has chosen: no turn and no place is given twice."""

    capacity: int = CAPACITY
    languages: list[str] = msgspec.field(default_factory=list)
    skills: list[str] = msgspec.field(default_factory=list)
    # Those that the member answers on; without any, all.
    lines: list[str] = msgspec.field(default_factory=list)
    is_away: bool = False
    last_given_at: datetime | None = None
    freed_at: datetime | None = None
    held: list[Hold] = msgspec.field(default_factory=list)
    rev: int = 0


class Wait(Stored, frozen=True):
    """A thread that waits for somebody; its `id` is the thread's. It only says where to look: what is so, the thread
    says."""

    since: datetime
    team: str | None = None
    # Looked at, and nobody was there: whoever gets free looks at these.
    is_stuck: bool = False
    # Who has had it or was asked, and is not asked again before then.
    passed: list[str] = msgspec.field(default_factory=list)
    passed_until: datetime | None = None
    offered_to: str | None = None
    until: datetime | None = None
