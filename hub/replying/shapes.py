"""What the API takes and shows of drafts and canned replies."""

from datetime import datetime
from typing import Annotated

import msgspec

from hub.accounts.shapes import Id, Name
from hub.http.endpoint import Input, Output

# More than any channel takes.
LONGEST = 20_000
Text = Annotated[str, msgspec.Meta(max_length=LONGEST)]
Subject = Annotated[str, msgspec.Meta(max_length=998)]
Shortcut = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[\w-]+$")]
Rev = Annotated[int, msgspec.Meta(ge=0, le=2**31)]
# Whoever has typed half an address has it again: it is looked at when the message is sent.
TypedCopies = Annotated[list[Annotated[str, msgspec.Meta(max_length=254)]], msgspec.Meta(max_length=50)]
CannedText = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST, pattern=r"\S")]


class DraftWanted(Input, frozen=True):
    """What was typed. `rev` is that of the draft as it was seen, 0 where there was none. In `cc` and `bcc` may stand
    what is no address yet."""

    rev: Rev
    text: Text
    subject: Subject = ""
    is_note: bool = False
    cc: TypedCopies = []
    bcc: TypedCopies = []


class DraftShown(Output, frozen=True):
    """What was typed, and not sent yet; nothing, with `rev` 0, where there is no draft."""

    thread_id: str
    rev: int
    text: str
    subject: str
    is_note: bool
    cc: list[str]
    bcc: list[str]
    saved_at: datetime | None


class CannedWanted(Input, frozen=True):
    """A reply to be used often. Without a team it is everybody's."""

    name: Name
    shortcut: Shortcut
    text: CannedText
    team_id: Id | None = None


class CannedChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays."""

    name: Name | None = None
    shortcut: Shortcut | None = None
    text: CannedText | None = None


class CannedTeam(Input, frozen=True):
    """The team whose it is; everybody's, without one."""

    team_id: Id | None


class CannedShown(Output, frozen=True):
    """A reply to be used often; `blanks` are what it asks for."""

    id: str
    name: str
    shortcut: str
    text: str
    blanks: list[str]
    team_id: str | None
    made_at: datetime


class CannedList(Output, frozen=True):
    """Those that the caller may use; all, for whoever manages the account."""

    items: list[CannedShown]


class FillQuery(Input, frozen=True):
    """Where it is to be used."""

    thread_id: Id


class Filled(Output, frozen=True):
    """The text, without blanks."""

    text: str


class Begin(Input, frozen=True):
    """With whom."""

    person_id: Id
