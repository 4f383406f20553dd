"""What the API takes and shows of teams and of when somebody is there."""

from datetime import datetime

from hub.accounts.hours import Hours
from hub.accounts.shapes import Name
from hub.http.endpoint import Input, Output


class TeamWanted(Input, frozen=True):
    """A new team; without hours it is always there."""

    name: Name
    hours: Hours | None = None


class TeamChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays."""

    name: Name | None = None


class HoursWanted(Input, frozen=True):
    """From when until when somebody is there; null takes the hours away."""

    hours: Hours | None


class TeamShown(Output, frozen=True):
    """Members who work together. `opens_at` is null while it is open, and when it does not open within 400 days."""

    id: str
    name: str
    member_ids: list[str]
    hours: Hours | None
    is_open: bool
    opens_at: datetime | None
    made_at: datetime


class TeamList(Output, frozen=True):
    """All teams that the caller may see."""

    items: list[TeamShown]


class MemberHours(Output, frozen=True):
    """When a member is there: `hours` are the own ones; without them those of the teams count. `opens_at` is null while
    the member is there, and when that is not to be within 400 days."""

    hours: Hours | None
    is_open: bool
    opens_at: datetime | None
