"""What the API takes and shows of threads and their logs."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

from channels.base import Card, Choice, Medium, Place, Referral, TemplateUse
from hub.accounts.shapes import Id
from hub.fetching.models import Missing
from hub.files.models import TranscriptShown
from hub.http.endpoint import Input, Moment, Output
from hub.threads.happenings import Happening, Owner, Priority
from hub.threads.models import Author, DeliveryState, DeliveryStep, EntryKind, Failing, ThreadStatus

Word = Annotated[str, msgspec.Meta(max_length=2000)]
Tag = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"\S")]
Tags = Annotated[list[Tag], msgspec.Meta(max_length=30)]
Seq = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
NEWEST = 2**53


class WindowShown(Output, frozen=True):
    """Until when we may write freely on a line."""

    line_id: str
    until: datetime


class ThreadShown(Output, frozen=True):
    """A conversation, as the member who asks has it. `seq` is its last entry, `rev` changes with whatever is shown."""

    id: str
    person_id: str
    status: ThreadStatus
    owner: Owner
    epoch: int
    team_id: str | None
    priority: Priority
    tags: list[str]
    followers: list[str]
    media: list[Medium]
    line_ids: list[str]
    windows: list[WindowShown]
    seq: int
    rev: int
    # What the member who asks has read, and whether there is more for that one.
    read_seq: int
    is_unread: bool
    is_mentioned: bool
    is_following: bool
    # Since when the person waits for an answer.
    waiting_since: datetime | None
    heard_at: datetime | None
    answered_seq: int
    snoozed_until: datetime | None
    closed_at: datetime | None
    offered_to: str | None
    merged_into: str | None
    made_at: datetime
    moved_at: datetime


class MediaState(StrEnum):
    """Whether the hub has a file: it fetches from the provider what people send."""

    FETCHING = "fetching"
    KEPT = "kept"
    FAILED = "failed"


class MediaMissing(Output, frozen=True):
    """Why there is no file, and will be none."""

    code: Missing
    words: str


class MediaShown(Output, frozen=True):
    """A file of a message. Once it is `kept`, its type and size are what it is found to be, and `url` is good for some
    minutes; before that they are what its sender says. A picture that can be shown has a small one at `preview_url`,
    and is so wide and high; a sound that is or was to be written down has its `transcript`."""

    type: str
    name: str
    size: int | None
    file_id: str | None
    url: str | None
    preview_url: str | None
    width: int | None
    height: int | None
    transcript: TranscriptShown | None
    state: MediaState
    reason: MediaMissing | None


class PartyShown(Output, frozen=True):
    """Somebody whom a mail names."""

    address: str
    name: str


class MailShown(Output, frozen=True):
    """What a mail has beside its words. `proof` is what a trusted server says of its sender: `fail` is most likely
    forged. With `is_shortened` it quotes earlier mails that the text leaves out; the whole of it, as it came, is shown
    by the endpoint for originals where `has_original`."""

    sender: PartyShown | None
    to: list[PartyShown]
    cc: list[PartyShown]
    bcc: list[PartyShown]
    is_shortened: bool
    is_automatic: bool
    proof: Literal["", "pass", "fail"]
    has_original: bool


class ContentShown(Output, frozen=True):
    """What an entry says. `chosen` is the payload of the choice that it is; `reaction` an emoji that is put to the
    entry `reply_to`, or taken away from it when it is empty; `referral` the advertisement that they came by.
    `unsupported` names a kind of message that Parley cannot show; with `is_cut` it was longer than what is kept."""

    text: str
    subject: str
    media: list[MediaShown]
    place: Place | None
    choices: list[Choice]
    chosen: str
    cards: list[Card]
    referral: Referral | None
    reaction: str | None
    template: TemplateUse | None
    unsupported: str
    is_cut: bool
    mail: MailShown | None


class DeliveryShown(Output, frozen=True):
    """How far a message of ours has come, and why not further, in words with what to do."""

    state: DeliveryState
    steps: list[DeliveryStep]
    failure: Failing | None
    # Of a message that went out as several: how each of them fares.
    parts: list[DeliveryState]
    # The line that it was to go over, where that was down and it went over another.
    moved_from_line_id: str | None = None


class EntryShown(Output, frozen=True):
    """One entry of a conversation's log: a message, a note, or an event. `reply_to` is the entry that it answers, where
    that is known."""

    id: str
    seq: int
    kind: EntryKind
    author: Author
    said_at: datetime
    stored_at: datetime
    client_id: str
    line_id: str | None
    medium: Medium | None
    direction: Literal["in", "out"] | None
    content: ContentShown | None
    event: Happening | None
    mentions: list[str]
    delivery: DeliveryShown | None
    seen_seq: int | None
    reply_to: str | None
    # Rises with whatever of it is shown otherwise.
    rev: int


class LogQuery(Input, frozen=True):
    """Which part of the log: behind a place, or in front of one; without either, its end."""

    after: Seq | None = None
    before: Seq | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class LogPage(Output, frozen=True):
    """A part of a log in the order of `seq`, without gaps. `reading_order` has the same places in the order in which
    the two sides have said it: a provider may tell us late of what was said before. `seq` and `rev` are the thread's:
    a screen that has a lower one has missed something."""

    items: list[EntryShown]
    reading_order: list[int]
    seq: int
    rev: int
    has_more: bool


class TakeOver(Input, frozen=True):
    """`from_other`: also from another member who speaks there. Scripts say for which member they do it."""

    from_other: bool = False
    member_id: Id | None = None


class HandBack(Input, frozen=True):
    """What the next one, an agent too, should know; nobody outside reads it."""

    word: Word = ""


class AssignWanted(Input, frozen=True):
    """To a member, to a team, or to a member with the work of a team."""

    member_id: Id | None = None
    team_id: Id | None = None
    word: Word = ""


class CloseWanted(Input, frozen=True):
    """Why there is nothing more to do."""

    why: Literal["done", "spam"] = "done"


class SnoozeWanted(Input, frozen=True):
    """When it comes back."""

    until: Moment


class PriorityWanted(Input, frozen=True):
    """How urgent it is."""

    priority: Priority


class TagChange(Input, frozen=True):
    """Tags to put on and to take off."""

    put: Tags = []
    take_off: Tags = []


class Following(Input, frozen=True):
    """Scripts say for which member they do it."""

    member_id: Id | None = None


class Read(Input, frozen=True):
    """Up to which entry; to the end, without one. Scripts say for which member they do it."""

    seq: Seq | None = None
    member_id: Id | None = None


class MarkShown(Output, frozen=True):
    """How far the member has read, and whether there is more."""

    id: str
    seq: int
    rev: int
    read_seq: int
    is_unread: bool
    is_following: bool


class ThreadMergeWanted(Input, frozen=True):
    """The conversation that ends: it goes on in the one of the path."""

    other_id: Id


class PolicyWanted(Input, frozen=True):
    """After how many minutes without an answer a member loses a conversation; null: never."""

    release_after_minutes: Annotated[int, msgspec.Meta(ge=1, le=43_200)] | None


class PolicyShown(Output, frozen=True):
    """After how many minutes without an answer a member loses a conversation; null: never."""

    release_after_minutes: int | None
