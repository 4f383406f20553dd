"""What the API takes and shows of clocks, promises, surveys and reports."""

from datetime import datetime
from typing import Annotated

import msgspec

from channels.base import Medium
from hub.accounts.hours import Hours
from hub.accounts.shapes import Id
from hub.clocks.models import ClockName, Lateness
from hub.http.endpoint import Input, Moment, Output
from hub.threads.happenings import Priority

Minutes = Annotated[int, msgspec.Meta(ge=1, le=43_200)]
Locale = Annotated[str, msgspec.Meta(min_length=2, max_length=35, pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Question = Annotated[str, msgspec.Meta(min_length=1, max_length=1000, pattern=r"\S")]


class PromiseWanted(Input, frozen=True):
    """Within how many minutes, for conversations of this team, line and priority; for all, where none is named. Nothing
    is promised of a clock without minutes."""

    team_id: Id | None = None
    line_id: Id | None = None
    priority: Priority | None = None
    first_answer_minutes: Minutes | None = None
    next_answer_minutes: Minutes | None = None
    resolution_minutes: Minutes | None = None


class SlaPolicyWanted(Input, frozen=True):
    """The first promise that fits a conversation counts. Time counts within the hours of its team, or else these."""

    promises: Annotated[list[PromiseWanted], msgspec.Meta(max_length=50)]
    warn_percent: Annotated[int, msgspec.Meta(ge=1, le=100)] = 80
    hours: Hours | None = None


class PromiseShown(Output, frozen=True):
    """Within how many minutes, for which conversations."""

    team_id: str | None
    line_id: str | None
    priority: Priority | None
    first_answer_minutes: int | None
    next_answer_minutes: int | None
    resolution_minutes: int | None


class SlaPolicyShown(Output, frozen=True):
    """What the account promises. It is warned of when `warn_percent` of the time are over."""

    promises: list[PromiseShown]
    warn_percent: int
    hours: Hours | None


class SpentShown(Output, frozen=True):
    """Whose time it was, in seconds; together they are all of it."""

    agent_s: float
    queue_s: float
    human_s: float
    person_s: float
    snoozed_s: float


class RoundShown(Output, frozen=True):
    """From when there was something to do until it was done."""

    opened_at: datetime
    closed_at: datetime | None
    asked_at: datetime | None
    first_answer_at: datetime | None
    first_human_answer_at: datetime | None
    spent: SpentShown


class ClockShown(Output, frozen=True):
    """A clock that runs. Without a promise there is no `due_at`."""

    clock: ClockName
    since: datetime
    due_at: datetime | None
    warn_at: datetime | None
    is_warned: bool
    is_breached: bool


class ClocksShown(Output, frozen=True):
    """The clocks of a conversation: what runs, and its round, which is the last one while nothing is to do."""

    thread_id: str
    seq: int
    round: RoundShown | None
    clocks: list[ClockShown]


class LateQuery(Input, frozen=True):
    """Which: those that were warned of, or that are late; both, without."""

    state: Lateness | None = None
    cursor: Annotated[str, msgspec.Meta(max_length=200)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50


class LateShown(Output, frozen=True):
    """A conversation of which a clock is, or soon will be, late."""

    thread_id: str
    state: Lateness
    late_at: datetime
    clocks: list[ClockShown]


class LatePage(Output, frozen=True):
    """Some of them, whatever is late longest first; `next` is the cursor of the following page."""

    items: list[LateShown]
    next: str | None


class ReportQuery(Input, frozen=True):
    """From when until when, 400 days at most; the last 30 days, without. Of which team, and of which member."""

    from_: Moment | None = msgspec.field(name="from", default=None)
    to: Moment | None = None
    team_id: Id | None = None
    member_id: Id | None = None


class Figures(Output, frozen=True):
    """How often, how long in the middle and for nine of ten, and how often later than was promised."""

    count: int
    p50_s: float | None
    p90_s: float | None
    late: int


class MemberFigures(Output, frozen=True):
    """What one member has done."""

    member_id: str
    first_answers: Figures
    next_answers: Figures
    resolutions: Figures


class AnswersReport(Output, frozen=True):
    """How long people waited. `shares` sums up whose time the rounds were that ended. Without `is_complete` there was
    more than is counted: the latest of it."""

    since: datetime
    until: datetime
    is_complete: bool
    first_answer: Figures
    first_human_answer: Figures
    next_answer: Figures
    resolution: Figures
    shares: SpentShown
    members: list[MemberFigures]


class SurveyText(Input, frozen=True):
    """How it is asked in a language. The first text is for everybody whose language is not among them."""

    locale: Locale
    text: Question


class SurveyPolicyWanted(Input, frozen=True):
    """Whether people are asked how it went, from 1 to 5: so long after a member has closed the conversation, where they
    wrote on one of these channels; on any, without."""

    is_on: bool
    texts: Annotated[list[SurveyText], msgspec.Meta(min_length=1, max_length=50)]
    after_minutes: Annotated[int, msgspec.Meta(ge=0, le=10_080)] = 10
    media: Annotated[list[Medium], msgspec.Meta(max_length=10)] = []


class SurveyPolicyShown(Output, frozen=True):
    """Whether, when, where and how people are asked how it went."""

    is_on: bool
    texts: list[SurveyText]
    after_minutes: int
    media: list[Medium]


class MemberScores(Output, frozen=True):
    """What people said whose conversations this member has closed."""

    member_id: str
    asked: int
    answered: int
    average: float | None


class SurveyReport(Output, frozen=True):
    """How people found it. `counts` says how often each score was given, from 1 to 5."""

    since: datetime
    until: datetime
    is_complete: bool
    asked: int
    answered: int
    average: float | None
    counts: list[int]
    members: list[MemberScores]
