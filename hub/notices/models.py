"""Notices, how their members want to be told, and what is on its way to them. Nothing of what people say stands in
any of it: the words are read from the log when they are shown."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from bson.binary import Binary

from hub.sending.models import Quiet
from hub.store.documents import Stored
from hub.threads.models import Failing, Part

# The kinds of due work, and the place that a member's own number is bound to.
TELL, CODE = "notices.tell", "notices.code"
NUMBER_PLACE, CODE_PLACE = "notice_preferences.number", "notice_preferences.code"


class NoticeKind(StrEnum):
    """What has happened. Each is explained in docs/notifications.md."""

    ASSIGNED = "assigned"
    OFFERED = "offered"
    MENTIONED = "mentioned"
    MESSAGE = "message"
    WAITING = "waiting"
    CLOCK = "clock"
    FAILED = "failed"
    HANDED_BACK = "handed_back"
    SURVEY = "survey"


class NoticeWay(StrEnum):
    """How a member is told."""

    IN_APP = "in_app"
    PUSH = "push"
    MAIL = "mail"
    PHONE = "phone"


class Digest(StrEnum):
    """How long letters wait, so that one tells of all that has come meanwhile."""

    QUARTER_HOUR = "quarter_hour"
    HOUR = "hour"
    DAY = "day"


EVERY: Mapping[Digest, timedelta] = {
    Digest.QUARTER_HOUR: timedelta(minutes=15),
    Digest.HOUR: timedelta(hours=1),
    Digest.DAY: timedelta(days=1),
}
# Those that leave the house: they keep quiet hours, and are due work.
OUTWARD = (NoticeWay.PUSH, NoticeWay.MAIL, NoticeWay.PHONE)
USUALLY_PUSHED = frozenset(
    {NoticeKind.ASSIGNED, NoticeKind.OFFERED, NoticeKind.MENTIONED, NoticeKind.MESSAGE, NoticeKind.FAILED}
)
# What screens are told of, when it changes: by the member whose notices they are.
NOTICES = "notices"
# Where a notice stands that was not read yet; one that was stands under its own id.
UNREAD = "unread"


class Told(Part, frozen=True):
    """How much of a notice somebody was told one way, and when."""

    rev: int
    at: datetime
    # By one that tells of many conversations at once.
    is_summed: bool = False


class Notice(Stored, frozen=True):
    """Something that a member should know of. While it is unread, further ones of its kind in the same conversation
    raise its `count`: a unique index over `slot` lets no two of them stand. One that was read stays read. Of people who
    wait, others may be counted with it (noticing.py)."""

    member: str
    kind: NoticeKind
    thread: str
    slot: str
    first: str
    last: str
    # The place in the log of the last entry: reading so far is reading this.
    seq: int
    # Those that it tells of, the latest of them: one that comes twice counts once.
    entries: list[str]
    at: datetime
    updated_at: datetime
    count: int = 1
    rev: int = 1
    read_at: datetime | None = None
    told: dict[NoticeWay, Told] = msgspec.field(default_factory=dict)

    def is_untold(self, way: NoticeWay) -> bool:
        """Whether there is more to it than the member was told this way."""
        told = self.told.get(way)
        return self.read_at is None and (told is None or told.rev < self.rev)


class OwnNumber(msgspec.Struct, frozen=True):
    """A member's own phone, and the line that writes to it: as it is sealed."""

    number: str
    line: str


class NoticePolicy(Stored, frozen=True):
    """What an account lets go to its members' own phones; its `id` is the account's. Without lines nothing does."""

    phone_lines: list[str] = msgspec.field(default_factory=list)
    # The account's own country, where none is named.
    phone_countries: list[str] = msgspec.field(default_factory=list)


class CodeSent(Part, frozen=True):
    """A code that proves a number. What is due of it stands beside: `due_at`, `claim`, `attempts`, `buried`."""

    hash: bytes | None = None
    until: datetime | None = None
    tries: int = 0


class NoticePreferences(Stored, frozen=True):
    """How a member wants to be told; its `id` is the member's. What is not said is as usual."""

    ways: dict[NoticeKind, list[NoticeWay]] = msgspec.field(default_factory=dict)
    quiet: Quiet | None = None
    # Whose clock the quiet hours go by; the account's where none is named.
    zone: str | None = None
    digest: Digest = Digest.QUARTER_HOUR
    # Sealed JSON of OwnNumber.
    number: Binary | None = None
    verified_at: datetime | None = None
    code: CodeSent | None = None
    # Why the last text to the number has not left.
    failure: Failing | None = None
    failed_at: datetime | None = None

    def ways_of(self, kind: NoticeKind) -> frozenset[NoticeWay]:
        """How the member is told of this kind."""
        return frozenset(self.ways[kind]) if kind in self.ways else usual_ways(kind)


def usual_ways(kind: NoticeKind) -> frozenset[NoticeWay]:
    """For whoever has said nothing."""
    return frozenset({NoticeWay.IN_APP, NoticeWay.MAIL} | ({NoticeWay.PUSH} if kind in USUALLY_PUSHED else set()))


class NoticeErrand(Stored, frozen=True):
    """One member is to be told, one way: of what, is read when it is due. `news` counts what has come for it."""

    member: str
    way: NoticeWay
    news: int = 1
    told_at: datetime | None = None
    # The next text was counted when it could not leave: it is not counted again.
    is_counted: bool = False
    due_at: datetime | None = None
    claim: dict[str, Any] | None = None
