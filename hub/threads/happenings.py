"""What can happen to a thread besides messages and notes. Each is an entry of its log, so that it has its place in the
order, and everything that a thread is can be computed from its log."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from channels.base import Medium, Purpose


class OwnerKind(StrEnum):
    """Who may speak for the account now."""

    NOBODY = "nobody"
    AGENT = "agent"
    MEMBER = "member"


class Owner(msgspec.Struct, frozen=True):
    """Who it is."""

    kind: OwnerKind = OwnerKind.NOBODY
    id: str = ""


NOBODY = Owner()

# Why a thread has another owner.
OwnerReason = Literal[
    "took_over", "replied", "handed_back", "assigned", "routed", "released", "silence", "rule", "merged", "left"
]


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="name"):
    """Something that has happened."""


class OwnerChanged(Event, frozen=True, tag="owner_changed"):
    """Somebody else speaks for the account now, or another team is asked; every such change raises the epoch. A word to
    the next one is the entry's text."""

    owner: Owner
    why: OwnerReason
    team: str | None = None
    # Why routing has chosen so, in a word that docs/api.md explains.
    because: str = ""


class Closed(Event, frozen=True, tag="closed"):
    """It is done, until somebody writes again."""

    why: Literal["done", "spam", "silence", "merged", "rule"] = "done"


class Reopened(Event, frozen=True, tag="reopened"):
    """It goes on: by hand, or because the person wrote."""

    why: Literal["by_hand", "message", "rule", "merge_undone"] = "by_hand"


class Snoozed(Event, frozen=True, tag="snoozed"):
    """Not now: it comes back by itself at that time, or when the person writes."""

    until: datetime


class Woken(Event, frozen=True, tag="woken"):
    """The time of a snooze is over, or was ended."""

    why: Literal["time", "by_hand"] = "time"


class Priority(StrEnum):
    """How urgent a thread is."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class PrioritySet(Event, frozen=True, tag="priority_set"):
    """More urgent, or less."""

    priority: Priority


class Tagged(Event, frozen=True, tag="tagged"):
    """Tags were put on, or taken off."""

    put: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()


class Followed(Event, frozen=True, tag="followed"):
    """A member wants to hear of it, or no more."""

    member: str
    is_following: bool = True


class Offered(Event, frozen=True, tag="offered"):
    """Routing has asked a member to take it, for so long."""

    member: str
    until: datetime
    because: str = ""


class OfferPassed(Event, frozen=True, tag="offer_passed"):
    """The member has not taken it in time, or has said no."""

    member: str
    why: Literal["time", "declined", "gone"]


class Merged(Event, frozen=True, tag="merged"):
    """Another thread goes on in this one; or, `is_undone`, goes its own way again."""

    thread: str
    is_undone: bool = False


class MergedInto(Event, frozen=True, tag="merged_into"):
    """This thread goes on in another one; or, `is_undone`, by itself again."""

    thread: str
    is_undone: bool = False


class PersonMerged(Event, frozen=True, tag="person_merged"):
    """The person of the thread was found to be somebody we know already, or, `is_undone`, not to be."""

    person: str
    other: str
    is_undone: bool = False


class LeadChanged(Event, frozen=True, tag="lead_changed"):
    """What is known of the person as a lead is otherwise now: the fields that changed, as plain text."""

    changed: dict[str, str]


class StageChanged(Event, frozen=True, tag="stage_changed"):
    """The person is further along, or was put back."""

    stage: str


class OptChanged(Event, frozen=True, tag="opt_changed"):
    """The person has asked us to write no more on a channel, or to write again; or so of what advertises alone."""

    medium: Medium
    is_in: bool
    purpose: Purpose = Purpose.ALL


class ClockBreached(Event, frozen=True, tag="clock_breached"):
    """An answer, or the end, was promised by a time that is over; `is_warning`: soon will be."""

    clock: Literal["first_answer", "next_answer", "resolution"]
    due_at: datetime
    is_warning: bool = False


class SurveyAsked(Event, frozen=True, tag="survey_asked"):
    """The person was asked how it went."""

    message: str


class SurveyAnswered(Event, frozen=True, tag="survey_answered"):
    """How it went, from 1 to 5. What they wrote beside is the entry's text."""

    score: int


class RuleRan(Event, frozen=True, tag="rule_ran"):
    """An automation rule has acted. What it was to do and could not stands in `refused`, with the code of why."""

    rule: str
    did: tuple[str, ...]
    refused: tuple[str, ...] = ()


Happening = (
    OwnerChanged
    | Closed
    | Reopened
    | Snoozed
    | Woken
    | PrioritySet
    | Tagged
    | Followed
    | Offered
    | OfferPassed
    | Merged
    | MergedInto
    | PersonMerged
    | LeadChanged
    | StageChanged
    | OptChanged
    | ClockBreached
    | SurveyAsked
    | SurveyAnswered
    | RuleRan
)
