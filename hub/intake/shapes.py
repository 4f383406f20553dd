"""What the API takes and shows of the ledger."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from hub.accounts.shapes import Id
from hub.http.endpoint import Input, Moment, Output
from hub.intake.models import IntakeState


class AsItCame(Input, frozen=True, forbid_unknown_fields=False):
    """Whatever a provider adds to the webhook's address; its adapter reads it."""


class IntakeQuery(Input, frozen=True):
    """Which page of which events: those of one line, or in one state, or all."""

    line: str = ""
    state: IntakeState | None = None
    cursor: str = ""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class TroubleShown(Output, frozen=True):
    """An element that could not be taken in: its place in the event, from 0, and why."""

    element: int
    reason: str


class EventShown(Output, frozen=True):
    """One event, and what has become of it. `is_due`: it will be tried again by itself."""

    id: str
    line_id: str
    event_id: str
    state: IntakeState
    reason: str
    elements: int
    failed: list[TroubleShown]
    unsupported: list[str]
    repeats: int
    at: datetime
    is_due: bool


class EventOpened(Output, frozen=True):
    """The event with what the provider has sent, as text, its first megabyte: for those who may read all conversations,
    null to others."""

    event: EventShown
    raw: str | None


class EventPage(Output, frozen=True):
    """Some events, the latest first; `next` is the cursor of the following page."""

    items: list[EventShown]
    next: str | None


class ReplayWanted(Input, frozen=True):
    """Everything that came on the line from `since` on and before `until`."""

    line_id: Id
    since: Moment
    until: Moment


class ReplayShown(Output, frozen=True):
    """How far a replay has come."""

    id: str
    line_id: str
    since: datetime
    until: datetime
    state: Literal["running", "done", "given_up"]
    total: int
    done: int
    failed: int
    made_at: datetime


class ReplayList(Output, frozen=True):
    """The account's, the latest first."""

    items: list[ReplayShown]
