"""Lines, as they are stored."""

from datetime import datetime

import msgspec
from bson.binary import Binary

from channels.base import Medium
from hub.store.documents import Stored


class Health(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a line fares. Written every few seconds at most, however much passes over it."""

    heard_at: datetime | None = None
    sent_at: datetime | None = None
    # Events that were refused unread, such as for their signature: how many since the last good one, from when on, and
    # why the last was.
    refused: int = 0
    refused_since: datetime | None = None
    refused_at: datetime | None = None
    refused_why: str = ""
    # The provider's last no to something of ours that was not about one person alone.
    failed_at: datetime | None = None
    failed_code: str = ""


class Outage(msgspec.Struct, frozen=True):
    """The provider was not reached, or has failed on its side, so many times in a row."""

    doubts: int
    since: datetime
    # When somebody tries again.
    again_at: datetime


class Look(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When somebody looks up next what the provider has, and since when there was something to look at."""

    due_at: datetime | None = None
    asked_at: datetime | None = None


class Minded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When somebody looks next how the line stands; what was wrong by then, and when that was told. Since `away_since`
    its provider does not answer."""

    due_at: datetime | None = None
    lacking: list[str] = msgspec.field(default_factory=list)
    told_at: datetime | None = None
    away_since: datetime | None = None


class Allowed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """To how many people the business behind the line may write first within a day, as its provider has said last;
    without a number to as many as it likes. Lines of the same `shared` count together."""

    people: int | None = None
    shared: str


class Line(Stored, frozen=True):
    """One connected number, mailbox or site. Its address and how to get in are sealed; `key` is the hash that the
    address is compared by: no account has a line twice."""

    provider: str
    medium: Medium
    name: Binary
    address: Binary
    key: bytes
    # The declared fields of its channel, as sealed JSON.
    values: Binary
    made_at: datetime
    # Where what comes in on it goes first.
    team: str | None = None
    # Nothing is sent while it is paused; what comes in is taken all the same.
    is_paused: bool = False
    # Who answers at first on it.
    answered_by: str = "nobody"
    per_second: float | None = None
    health: Health = msgspec.field(default_factory=Health)
    # Whether people see that their messages were read, and that somebody writes, where the channel shows that.
    shows_read: bool = True
    removed_at: datetime | None = None
    # The line that messages go over while this one is down.
    second: str | None = None
    outage: Outage | None = None
    # At its templates, where the provider keeps such.
    templates: Look | None = None
    # At what its mailbox is, where it may have one: after each change.
    mailboxes: Look | None = None
    minded: Minded | None = None
    # None: its provider has said nothing of that.
    allowed: Allowed | None = None
    # What was wrong with it when it was looked at last, in words: sealed JSON.
    wrong: Binary | None = None
