"""Clocks of a thread as its log makes them, what was measured by them, what was promised, and surveys. None of it says
anything of what was talked about."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec
from bson.binary import Binary

from channels.base import Medium
from hub.store.documents import Stored
from hub.threads.happenings import NOBODY, Owner, Priority
from hub.threads.models import AuthorKind, Part, ThreadStatus

ClockName = Literal["first_answer", "next_answer", "resolution"]
What = Literal["first_answer", "first_human_answer", "next_answer", "resolution"]
Lateness = Literal["warned", "breached"]

# The kinds of due work, and the places that sealed values are bound to.
BREACH, SURVEY = "clocks.breach", "clocks.survey"
HOURS_PLACE, TEXTS_PLACE = "sla_policies.hours", "survey_policies.texts"


class Spent(Part, frozen=True):
    """Whose time a round was, in milliseconds: every moment of it belongs to exactly one."""

    agent: int = 0
    # Nobody's, while the person waited for an answer.
    queue: int = 0
    human: int = 0
    # The person's: nobody owed them an answer.
    person: int = 0
    snoozed: int = 0


class Running(Part, frozen=True):
    """A clock that runs: since which entry of the log, and what has become known of it there."""

    clock: ClockName
    seq: int
    since: datetime
    is_warned: bool = False
    is_breached: bool = False


class Round(Part, frozen=True):
    """One conversation within the conversation: from when there was something to do until it was done."""

    seq: int
    opened_at: datetime
    spent: Spent = Spent()
    # When the person first asked something in it, and who answered when.
    asked_at: datetime | None = None
    first_answer_at: datetime | None = None
    first_human_answer_at: datetime | None = None
    closed_at: datetime | None = None
    # The person has only said how they found the last one.
    is_survey: bool = False


class ClockState(Part, frozen=True):
    """All that the clocks know after an entry of the log: nothing but the log makes it."""

    seq: int = 0
    # Up to when the time was divided.
    at: datetime | None = None
    status: ThreadStatus = ThreadStatus.OPEN
    owner: Owner = NOBODY
    team: str | None = None
    # Where the person has written last.
    line: str | None = None
    priority: Priority = Priority.NORMAL
    # The one that goes on, or else the last one.
    round: Round | None = None
    running: list[Running] = msgspec.field(default_factory=list)


class Deadline(Part, frozen=True):
    """By when a clock should have been stopped, and from when on that is near."""

    clock: ClockName
    due_at: datetime
    warn_at: datetime


class Clocks(Stored, frozen=True):
    """The clocks of one thread, under its id. What is due of them stands beside: `breach.due_at`."""

    state: ClockState = ClockState()
    deadlines: list[Deadline] = msgspec.field(default_factory=list)
    # As the thread's: for permissions that reach no further.
    reach: list[str] = msgspec.field(default_factory=list)
    # The worst of what runs, and since when it is or from when on it would be too late.
    late: Lateness | None = None
    late_at: datetime | None = None


class Measure(Stored, frozen=True):
    """How long something took once, under an id made of the entry that ended it: it is measured once."""

    thread: str
    at: datetime
    what: What
    took_ms: int
    by: AuthorKind
    # Who answered; or whose it was when it was closed.
    member: str | None = None
    team: str | None = None
    line: str | None = None
    priority: Priority = Priority.NORMAL
    is_late: bool = False
    # Of a round that has ended.
    spent: Spent | None = None
    reach: list[str] = msgspec.field(default_factory=list)


class Promise(Part, frozen=True):
    """Within how many minutes; for the conversations of a team, a line or a priority, where these are named."""

    team: str | None = None
    line: str | None = None
    priority: Priority | None = None
    first_answer_minutes: int | None = None
    next_answer_minutes: int | None = None
    resolution_minutes: int | None = None


class SlaPolicy(Stored, frozen=True):
    """What an account promises; its `id` is the account's. The first promise that fits counts."""

    promises: list[Promise] = msgspec.field(default_factory=list)
    # So much of the time is over when it is warned of.
    warn_percent: int = 80
    # When time counts where the team has no hours of its own: sealed JSON of Hours; always, without.
    hours: Binary | None = None


class SurveyPolicy(Stored, frozen=True):
    """Whether an account asks how it went; its `id` is the account's."""

    is_on: bool
    after_minutes: int
    # None named: on all of them.
    media: list[Medium]
    # Sealed JSON of the texts.
    texts: Binary


class SurveyState(StrEnum):
    """What has become of a survey."""

    WAITING = "waiting"
    # It is being asked: the answer may come before we know that the question has left.
    GOING = "going"
    ASKED = "asked"
    ANSWERED = "answered"
    SKIPPED = "skipped"


class Survey(Stored, frozen=True):
    """One question how it went, under the id of the entry that closed the thread: it is asked once. Due at `due_at`."""

    thread: str
    person: str
    state: SurveyState
    closed_seq: int
    closed_at: datetime
    member: str
    team: str | None = None
    reach: list[str] = msgspec.field(default_factory=list)
    # Why it was not asked: a code of the gate, or a word of ours.
    skipped: str | None = None
    asked_at: datetime | None = None
    asked_seq: int | None = None
    score: int | None = None
    answered_at: datetime | None = None
