"""Threads and the entries of their logs, as they are stored. What is sealed is a `Binary`: read as plain `bytes` and
written back it would lose the mark by which a new data key finds it."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec
from bson.binary import Binary

from channels.base import Content, Medium
from hub.store.documents import Stored
from hub.threads.happenings import NOBODY, Happening, Owner, Priority

# The places that sealed values are bound to: what is said, and whom a message of ours goes to.
PLACE, TO_PLACE = "messages.content", "messages.delivery.to"


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a document."""


class EntryKind(StrEnum):
    """What an entry of a log is."""

    MESSAGE = "message"
    NOTE = "note"
    EVENT = "event"


class AuthorKind(StrEnum):
    """Who wrote an entry, or made it happen."""

    PERSON = "person"
    MEMBER = "member"
    AGENT = "agent"
    # A script, by its API key.
    KEY = "key"
    CAMPAIGN = "campaign"
    RULE = "rule"
    # The hub itself: a time that came, routing.
    HUB = "hub"
    # Somebody of the business, by another program: its mail program, its phone.
    ELSEWHERE = "elsewhere"


class Author(msgspec.Struct, frozen=True):
    """Who it was."""

    kind: AuthorKind
    id: str = ""


THE_HUB = Author(AuthorKind.HUB)
SOMEBODY_ELSEWHERE = Author(AuthorKind.ELSEWHERE)


class DeliveryState(StrEnum):
    """How far a message of ours has come. It only moves forward; docs/gate.md draws it."""

    QUEUED = "queued"
    SENDING = "sending"
    # The answer of the provider was lost: it is looked up, never sent again blindly.
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    # Taken back before it was sent.
    CANCELLED = "cancelled"


class DeliveryStep(Part, frozen=True):
    """When it came so far."""

    state: DeliveryState
    at: datetime


class Failing(Part, frozen=True):
    """Why it was not sent, as the catalogue of the line's channel has it in words."""

    code: str
    words: str
    advice: str
    is_passing: bool = False


class PartSent(Part, frozen=True):
    """One of the several messages that a message with files went out as."""

    # The id that we gave it at the provider, and the provider's own.
    client_id: str
    state: DeliveryState
    provider_id: str | None = None
    failure: Failing | None = None
    at: datetime | None = None
    # When it was handed to the provider, as long as no answer has come: until it is looked up, nobody knows.
    asked_at: datetime | None = None


class Delivery(Part, frozen=True):
    """How a message of ours fares. What is due of it stands beside: `due_at`, `claim`, `attempts`, `buried`."""

    state: DeliveryState
    to: Binary
    parts: list[PartSent] = msgspec.field(default_factory=list)
    steps: list[DeliveryStep] = msgspec.field(default_factory=list)
    failure: Failing | None = None
    due_at: datetime | None = None
    tries: int = 0
    # Raised by every change: nobody overwrites what they have not seen.
    rev: int = 0
    # No person has sent it at that moment: it keeps the quiet hours.
    is_automated: bool = False
    # Under which epoch it was said, where it counts under no other.
    epoch: int | None = None
    # The line that it was to go over, and which was down.
    moved_from: str | None = None


class Entry(Stored, frozen=True):
    """One entry of a thread's log. It never changes, but for how it is delivered. Every entry has a `provider_id`, its
    own id where no provider has given one, and so a `client_id`: unique indexes hold all of them."""

    thread: str
    seq: int
    kind: EntryKind
    author: Author
    said_at: datetime
    stored_at: datetime
    # When it was shown otherwise last: how screens find what they have missed.
    changed_at: datetime
    client_id: str
    provider_id: str
    # Where it came in or goes out; of notes and events the thread's own id.
    line: str
    medium: Medium | None = None
    direction: Literal["in", "out"] | None = None
    # Sealed JSON of Content: of messages and notes, and of events that come with a word.
    content: Binary | None = None
    event: Happening | None = None
    mentions: list[str] = msgspec.field(default_factory=list)
    files: list[str] = msgspec.field(default_factory=list)
    delivery: Delivery | None = None
    # Until when the provider lets us write freely, where it says so.
    window_until: datetime | None = None
    # The last entry that its author had seen.
    seen_seq: int | None = None
    # All that the person says by it is settled already, such as a stop: nobody has to do anything about it.
    needs_no_answer: bool = False
    # Nothing but an emoji that was put to another message: it answers nobody, and asks for nothing.
    is_reaction: bool = False
    # A program has written it by itself, such as an absence notice: nobody has said anything, and nobody answers.
    is_automatic: bool = False
    # Of ours: the person is asked to choose.
    has_choices: bool = False
    # Of ours: the entry that it answers, or is put to. Of theirs, the content has how the provider calls that one.
    reply_to: str | None = None
    # Raised by whatever is shown of it otherwise.
    rev: int = 0

    @property
    def is_aside(self) -> bool:
        """Whether it neither asks nor answers anything."""
        return self.is_reaction or self.is_automatic


class ThreadStatus(StrEnum):
    """Whether there is something to do."""

    OPEN = "open"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class Last(Part, frozen=True):
    """The last message of a thread: what a list shows of it."""

    entry: str
    seq: int
    at: datetime
    direction: Literal["in", "out"] | None


class Heard(Part, frozen=True):
    """Where and when the person wrote last."""

    seq: int
    at: datetime
    line: str
    medium: Medium | None


class Window(Part, frozen=True):
    """Until when we may write freely on a line."""

    line: str
    until: datetime


class Mark(Part, frozen=True):
    """How far a member has read."""

    member: str
    seq: int


class Thread(Stored, frozen=True):
    """One conversation. All of it but the marks and what is due can be computed from its log: the log is the truth, and
    this is its sum (docs/decisions/the-log-orders.md)."""

    person: str
    # Whose first thread it is: no person ever gets two of them by a race.
    key: str
    made_at: datetime
    # The time of the last entry that somebody wants to see: what lists are in the order of.
    moved_at: datetime
    # When its `rev` was raised last.
    updated_at: datetime
    seq: int = 0
    rev: int = 0
    status: ThreadStatus = ThreadStatus.OPEN
    owner: Owner = NOBODY
    epoch: int = 0
    # Somebody has put it to the members, until it is done: no agent takes it by itself.
    is_for_members: bool = False
    team: str | None = None
    # Whoever may see it by a permission that reaches one's own or one's teams' only: `member:…`, `team:…`.
    reach: list[str] = msgspec.field(default_factory=list)
    priority: Priority = Priority.NORMAL
    tags: list[str] = msgspec.field(default_factory=list)
    followers: list[str] = msgspec.field(default_factory=list)
    media: list[Medium] = msgspec.field(default_factory=list)
    lines: list[str] = msgspec.field(default_factory=list)
    last: Last | None = None
    heard: Heard | None = None
    # The last message of ours that was meant for the person.
    answered_seq: int = 0
    # The same, where it asks them to choose; nothing, where it does not.
    choices_seq: int = 0
    # Since when the person waits for an answer: the first message that nobody has answered.
    waiting_since: datetime | None = None
    snoozed_until: datetime | None = None
    closed_at: datetime | None = None
    windows: list[Window] = msgspec.field(default_factory=list)
    offered_to: str | None = None
    merged_into: str | None = None
    unread_for: list[str] = msgspec.field(default_factory=list)
    mentions: list[str] = msgspec.field(default_factory=list)
    marks: list[Mark] = msgspec.field(default_factory=list)
    # Messages of ours that did not get there, and that nobody has looked after yet. The log says nothing of this.
    failed: list[str] = msgspec.field(default_factory=list)
    # Whether there are any: what views find it by.
    has_failed: bool = False
    # How far the reactions of other rooms have come.
    followed: int = 0

    @property
    def is_waiting(self) -> bool:
        """Whether the person has written and nobody has answered."""
        return self.heard is not None and self.heard.seq > self.answered_seq

    def read_by(self, member: str) -> int:
        """How far a member has read."""
        return next((mark.seq for mark in self.marks if mark.member == member), 0)


class ThreadPolicy(Stored, frozen=True):
    """What an account has said about all its threads; its `id` is the account's."""

    # How long a person waits for a member who does not answer, before anybody may take the thread.
    release_after_minutes: int | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An entry before it has its place in the log."""

    id: str
    kind: EntryKind
    author: Author
    said_at: datetime | None = None
    client_id: str = ""
    provider_id: str = ""
    line: str = ""
    medium: Medium | None = None
    direction: Literal["in", "out"] | None = None
    content: Content | None = None
    event: Happening | None = None
    mentions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    delivery: Delivery | None = None
    window_until: datetime | None = None
    seen_seq: int | None = None
    needs_no_answer: bool = False
    is_reaction: bool = False
    is_automatic: bool = False
    has_choices: bool = False
    reply_to: str | None = None
