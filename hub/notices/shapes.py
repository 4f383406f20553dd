"""What the API takes and shows of notices."""

from datetime import datetime
from typing import Annotated

import msgspec

from hub.accounts.shapes import Id
from hub.http.endpoint import Input, Output
from hub.inbox.live_shapes import Position
from hub.inbox.shapes import PersonNamed, Preview
from hub.notices.models import Digest, NoticeKind, NoticeWay
from hub.sending.models import Quiet

MOST_IDS, MOST_LINES, MOST_COUNTRIES = 200, 100, 250
Country = Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$", max_length=2)]
Zone = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
NumberCode = Annotated[str, msgspec.Meta(pattern="^[0-9]{6}$", max_length=6)]


class NoticesQuery(Input, frozen=True):
    """Which page of the notices, the latest first."""

    cursor: Annotated[str, msgspec.Meta(max_length=200)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50
    unread: bool = False


class NoticeShown(Output, frozen=True):
    """Something to know of. `last` is the entry that it tells of, as a list shows it; `count`: how many there are."""

    id: str
    kind: NoticeKind
    thread_id: str
    person: PersonNamed
    count: int
    first_entry_id: str
    last: Preview | None
    at: datetime
    is_read: bool
    rev: int


class NoticePage(Output, frozen=True):
    """A page of notices. It may show fewer than were asked for, where some are of conversations that cannot be seen any
    more; as long as there is a `next`, there are more."""

    items: list[NoticeShown]
    next: str | None


class NoticeCounts(Output, frozen=True):
    """How many are unread, counted as far as `most`, and how many of each kind that there is."""

    unread: int
    most: int
    kinds: dict[NoticeKind, int]


class NoticesReadWanted(Input, frozen=True):
    """What was read: these, all of a conversation, or, with neither, all there are."""

    ids: Annotated[tuple[Id, ...], msgspec.Meta(max_length=MOST_IDS)] = ()
    thread_id: Id | None = None


class KindWays(Input, frozen=True):
    """How one kind is told. Without any way it is not told at all."""

    kind: NoticeKind
    ways: Annotated[tuple[NoticeWay, ...], msgspec.Meta(max_length=len(NoticeWay))]


class NoticePreferencesWanted(Input, frozen=True):
    """How to be told. Kinds that are not named are told as usual. In the quiet hours, by the clock of `zone` or else of
    the account, nothing but the screens tells anything; what has come meanwhile is told when they end."""

    kinds: Annotated[tuple[KindWays, ...], msgspec.Meta(max_length=len(NoticeKind))] = ()
    quiet: Quiet | None = None
    zone: Zone | None = None
    digest: Digest = Digest.QUARTER_HOUR


class OwnNumberWanted(Input, frozen=True):
    """A phone of one's own, and the line of the account that writes to it."""

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    line_id: Id


class OwnNumberProof(Input, frozen=True):
    """The code that has come to the phone."""

    code: NumberCode


class OwnNumberShown(Output, frozen=True):
    """A member's own phone. `failure` says why the last text to it has not left, and `advice` what to do."""

    number: str
    line_id: str
    is_verified: bool
    failure: str | None
    advice: str | None
    failed_at: datetime | None


class NotificationPolicyWanted(Input, frozen=True):
    """Over which lines, of SMS or WhatsApp, notifications may go to members' own phones: over none, where none is
    named. And into which countries, by two letters: the account's own, where none is named."""

    phone_line_ids: Annotated[tuple[Id, ...], msgspec.Meta(max_length=MOST_LINES)] = ()
    phone_countries: Annotated[tuple[Country, ...], msgspec.Meta(max_length=MOST_COUNTRIES)] = ()


class NotificationPolicyShown(Output, frozen=True):
    """Over which lines notifications may go to members' own phones, and into which countries; without any, into the
    account's own."""

    phone_line_ids: list[str]
    phone_countries: list[str]


class NoticePreferencesShown(Output, frozen=True):
    """How a member is told. `has_mail`: this installation can send letters."""

    kinds: list[KindWays]
    quiet: Quiet | None
    zone: str | None
    digest: Digest
    number: OwnNumberShown | None
    has_mail: bool


class SyncNotices(Input, frozen=True):
    """What a screen knows: everything up to `after`, which is empty at first."""

    after: Position = ""


class NoticesSynced(Output, frozen=True):
    """What has changed since, what was read included, and up to where that is told: `at` is the next `after`. Whatever
    is not `recovered` has to be loaded anew."""

    recovered: bool
    at: str
    changed: list[NoticeShown]
    counts: NoticeCounts
