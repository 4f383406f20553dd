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
    shows_read: bool | None = None


class LineTeam(Input, frozen=True):
    """The team that is asked first about what comes in; none, without one."""

    team_id: Id | None


class SecondLine(Input, frozen=True):
    """The line that messages go over while this one's provider is down; none, without one."""

    line_id: Id | None


class LineWrong(Output, frozen=True):
    """Something that was wrong with the line when it was looked at last, and what to do about it."""

    about: str
    words: str
    advice: str


class LineShown(Output, frozen=True):
    """A line. Of a secret it is only told whether there is one. The webhook URL is what the provider must know, and the
    mail webhook URL is that for mails that come in, where it has another for them: in braces stands the name of the
    secret that belongs there. By the mail address a mail server can hand in what is for the line; it is empty where
    nothing is taken that way."""

    id: str
    provider: str
    medium: Medium
    name: str
    address: str
    webhook_url: str
    mail_webhook_url: str
    mail_address: str
    values: dict[str, str]
    has_secrets: dict[str, bool]
    team_id: str | None
    answered_by: str
    per_second: float
    is_paused: bool
    # Whether people see that their messages were read, and that somebody writes, where the channel shows that.
    shows_read: bool
    made_at: datetime
    health: HealthShown
    # What messages go over while the provider is down, and since when it is.
    second_line_id: str | None
    wrong: list[LineWrong]
    down_since: datetime | None


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
    for so long after the person's last message. `can_check`: the provider can be asked how a line stands; `can_point`:
    it can be told by its API where its webhooks go. `pointing` says where one enters that by hand; nowhere, when it is
    empty."""

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
    counts_segments: bool
    # So many buttons or lines of a list; more are written into the text, as are places and cards that it does not take.
    most_choices: int
    takes_place: bool
    takes_cards: bool
    takes_reactions: bool
    takes_replies: bool
    # People see that their messages were read, and that somebody writes.
    shows_read: bool
    per_second: float
    can_check: bool
    can_point: bool
    pointing: str


class ChannelList(Output, frozen=True):
    """All providers that Parley knows."""

    items: list[ChannelShown]
