"""What the API takes and shows of lines."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from channels.base import Medium
from hub.accounts.shapes import Id, Name
from hub.http.endpoint import Input, Output
from hub.lines.health import HealthShown

Provider = Annotated[str, Meta(min_length=1, max_length=40)]
FieldName = Annotated[str, Meta(max_length=40)]
FieldValue = Annotated[str, Meta(max_length=8000)]
Values = Annotated[dict[FieldName, FieldValue], Meta(max_length=20)]
AnsweredBy = Literal["nobody", "agent"]
# Nothing is as fast as the provider allows.
PerSecond = Annotated[float, Meta(ge=0, le=1000)]


class LineWanted(Input, frozen=True):
    """A number, mailbox or site, and what its provider needs; `GET /api/v1/channels` says what that is."""

    provider: Provider
    name: Name
    address: Annotated[str, Meta(min_length=1, max_length=254)]
    values: Values = {}
    team_id: Id | None = None
    answered_by: AnsweredBy = "nobody"
    per_second: PerSecond = 0


class LineChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays, among the values too. Another address is another line."""

    name: Name | None = None
    values: Values | None = None
    answered_by: AnsweredBy | None = None
    per_second: PerSecond | None = None


class LineTeam(Input, frozen=True):
    """The team that is asked first about what comes in; none, without one."""

    team_id: Id | None


class LineShown(Output, frozen=True):
    """A line. Of a secret it is only told whether there is one. The webhook URL is what the provider must know."""

    id: str
    provider: str
    medium: Medium
    name: str
    address: str
    webhook_url: str
    values: dict[str, str]
    has_secrets: dict[str, bool]
    team_id: str | None
    answered_by: str
    per_second: float
    is_paused: bool
    made_at: datetime
    health: HealthShown


class LineList(Output, frozen=True):
    """All of the account's."""

    items: list[LineShown]


class ChannelField(Output, frozen=True):
    """Something that a line of the provider has to know."""

    name: str
    label: str
    is_secret: bool
    is_required: bool
    default: str | None


class ChannelShown(Output, frozen=True):
    """A provider of one medium: what a line of it needs, and what it can do. `window_s`: free text is possible only
    for so long after the person's last message."""

    provider: str
    medium: Medium
    fields: list[ChannelField]
    longest_text: int
    media_types: list[str]
    media_bytes: int
    most_media: int
    window_s: float | None
    has_templates: bool
    needs_opt_in: bool
    has_subject: bool
    per_second: float


class ChannelList(Output, frozen=True):
    """All providers that Parley knows."""

    items: list[ChannelShown]
