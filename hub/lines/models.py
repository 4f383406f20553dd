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
    # Events whose signature was refused: how many since the last good one, from when on, and why the last was.
    refused: int = 0
    refused_since: datetime | None = None
    refused_at: datetime | None = None
    refused_why: str = ""
    # The provider's last no to something of ours that was not about one person alone.
    failed_at: datetime | None = None
    failed_code: str = ""


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
    removed_at: datetime | None = None
