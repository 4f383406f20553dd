"""What the API takes and shows of consent."""

from datetime import datetime
from typing import Annotated

import msgspec

from channels.base import IdentityKind, Medium, Purpose
from hub.consent.models import Reason
from hub.http.endpoint import Input, Output
from hub.people.models import Basis, ConsentState

Evidence = Annotated[str, msgspec.Meta(max_length=4000)]
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
WordList = Annotated[list[Word], msgspec.Meta(max_length=20)]


class Page(Input, frozen=True):
    """Which page."""

    cursor: Annotated[str, msgspec.Meta(max_length=200)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class ConsentWanted(Input, frozen=True):
    """What somebody has said, or what may be concluded. Without a time it was now. With `marketing` it is about offers
    alone, and everything else stays as it is."""

    medium: Medium
    state: ConsentState
    basis: Basis
    evidence: Evidence = ""
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    purpose: Purpose = Purpose.ALL


class ConsentRecordShown(Output, frozen=True):
    """One line of the ledger: what was said, when, and how we know."""

    id: str
    medium: Medium
    purpose: Purpose
    state: ConsentState
    basis: Basis
    at: datetime
    recorded_at: datetime
    by: str
    evidence: str


class ConsentNow(Output, frozen=True):
    """How things stand on one channel: with all messages there, or with offers alone."""

    medium: Medium
    purpose: Purpose
    state: ConsentState
    basis: Basis
    at: datetime


class ConsentPage(Output, frozen=True):
    """How things stand on each channel, and a page of how it came, the last written first."""

    now: list[ConsentNow]
    items: list[ConsentRecordShown]
    next: str | None


class WordsWanted(Input, frozen=True):
    """Words for those who speak one language; without a locale, for everybody."""

    locale: Annotated[str, msgspec.Meta(max_length=35, pattern=r"^[A-Za-z0-9-]*$")] = ""
    stop: WordList = []
    start: WordList = []


class OptWordsWanted(Input, frozen=True):
    """All words of an account's own."""

    items: Annotated[list[WordsWanted], msgspec.Meta(max_length=20)]


class WordsShown(Output, frozen=True):
    """Words of one language."""

    locale: str
    stop: list[str]
    start: list[str]


class OptWordsShown(Output, frozen=True):
    """The account's own words, and those that are always heard, as they are compared: without accents, capitals, spaces
    and signs."""

    items: list[WordsShown]
    known: list[WordsShown]


class SuppressionWanted(Input, frozen=True):
    """An address that nothing is to go to."""

    kind: IdentityKind
    value: Annotated[str, msgspec.Meta(min_length=1, max_length=254)]
    medium: Medium
    reason: Reason = Reason.MANUAL
    evidence: Evidence = ""


class SuppressionShown(Output, frozen=True):
    """An address that nothing goes to, and why."""

    id: str
    kind: IdentityKind
    value: str
    medium: Medium
    reason: Reason
    evidence: str
    at: datetime
    by: str


class SuppressionPage(Output, frozen=True):
    """Some of them, the last first."""

    items: list[SuppressionShown]
    next: str | None
