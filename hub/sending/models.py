"""What is said, what the gate knows and answers, and what stands of it in the database. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

import msgspec
from bson.binary import Binary

from channels.base import Capabilities, Card, Choice, Content, Medium, Place, TemplateUse
from hub.accounts.hours import Hours, Opens
from hub.consent.models import Reason
from hub.http.endpoint import Input, Output
from hub.people.models import ConsentState
from hub.store.documents import Stored
from hub.threads.models import AuthorKind, DeliveryState, Entry, Failing, Thread

# The kinds of due work, and the place that a sealed saying is bound to.
SEND, SCHEDULED = "sending.send", "sending.scheduled"
SAYING_PLACE = "scheduled.saying"

# Whoever writes without a person who presses a button at that moment.
AUTOMATED = frozenset({AuthorKind.AGENT, AuthorKind.CAMPAIGN, AuthorKind.RULE, AuthorKind.HUB})
UNANSWERED_WITHIN = timedelta(hours=24)


class Why(StrEnum):
    """Why the gate says no. Each is explained in docs/gate.md."""

    LINE_REMOVED = "line_removed"
    PERSON_BLOCKED = "person_blocked"
    NO_ADDRESS = "no_address"
    OPTED_OUT = "opted_out"
    NO_MARKETING = "no_marketing"
    SUPPRESSED = "suppressed"
    NO_OPT_IN = "no_opt_in"
    EMPTY = "empty"
    REACTION_REFUSED = "reaction_refused"
    CHOICES_REFUSED = "choices_refused"
    TOO_LONG = "too_long"
    MEDIA_REFUSED = "media_refused"
    SUBJECT_NEEDED = "subject_needed"
    SUBJECT_REFUSED = "subject_refused"
    COPIES_REFUSED = "copies_refused"
    TEMPLATE_UNKNOWN = "template_unknown"
    TEMPLATE_NOT_APPROVED = "template_not_approved"
    TEMPLATE_INCOMPLETE = "template_incomplete"
    TEMPLATE_NEEDED = "template_needed"
    WINDOW_CLOSED = "window_closed"
    LINE_PAUSED = "line_paused"
    QUIET_HOURS = "quiet_hours"
    CAP_REACHED = "cap_reached"


class Alternative(Output, frozen=True):
    """What would be allowed instead. `use_template`: of any name where it has none. `wait`: until then, or until the
    person writes."""

    do: Literal["use_template", "use_line", "wait", "change_message"]
    line_id: str | None = None
    medium: Medium | None = None
    template: str | None = None
    until: datetime | None = None


class Verdict(Output, frozen=True):
    """Yes; or no, why, and what would be allowed instead. `warnings` are for a person who may do it all the same."""

    is_allowed: bool
    code: Why | None = None
    reason: str = ""
    alternatives: list[Alternative] = []
    warnings: list[str] = []


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A template of a line, how many blanks its body has, and what else it needs. Without a `state` it is approved."""

    name: str
    language: str
    # As what it was approved, where that is known: to advertise, or for something else.
    category: str = ""
    blanks: int = 0
    state: str = ""
    # Why it is not approved.
    reason: str = ""
    # A file stands above the words.
    needs_file: bool = False
    needs_place: bool = False
    has_header_blank: bool = False
    # The buttons, counted from 0, that get something of each message's own.
    open_buttons: tuple[int, ...] = ()


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that the gate decides by."""

    now: datetime
    is_automated: bool
    # It advertises, whatever it says.
    is_campaign: bool = False
    # The line.
    medium: Medium
    can: Capabilities
    content: Content
    is_removed: bool = False
    is_paused: bool = False
    # The person.
    is_blocked: bool = False
    has_address: bool = True
    consent: ConsentState = ConsentState.NONE
    # What counts for what advertises.
    marketing: ConsentState = ConsentState.NONE
    # Why nothing may be sent to the address, if so.
    suppressed: Reason | None = None
    # Those of the addresses that get a copy to which nothing is sent.
    left_out: tuple[str, ...] = ()
    has_written: bool = False
    # The conversation on this line.
    is_first: bool = False
    # The message that a reaction is put to has come or gone over it.
    takes_reaction: bool = False
    window_until: datetime | None = None
    # None: nobody has told which templates there are, and the provider decides.
    templates: tuple[Template, ...] | None = None
    # When automated messages may go, by the person's clock; None: always.
    hours: Hours | None = None
    # How many of them were not answered within a day, and how many may be.
    unanswered: int = 0
    cap: int | None = None
    # Other lines that would reach the person.
    others: tuple[Alternative, ...] = ()


class Quiet(Input, frozen=True):
    """From when until when by the person's clock nobody is written to by a machine, over midnight where it ends before
    it begins."""

    begins: Opens
    ends: Opens


DEFAULT_QUIET = Quiet(begins="21:00", ends="08:00")
DEFAULT_CAP = 3


class SendingPolicy(Stored, frozen=True):
    """What an account asks of messages that no person sends."""

    quiet: Quiet | None = None
    cap: int = DEFAULT_CAP


class LineTemplates(Stored, frozen=True):
    """The approved templates of a line, under its id."""

    items: list[Template]


class Saying(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody wants to say. `client_id` is its author's own: a repeat of it is the same saying."""

    client_id: str
    text: str = ""
    subject: str = ""
    line: str | None = None
    template: TemplateUse | None = None
    files: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    place: Place | None = None
    cards: tuple[Card, ...] = ()
    # Addresses that get a copy of a mail, openly or unseen by the others.
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    # The entry of the conversation that it answers; with a reaction, the one that this emoji is put to.
    reply_to: str = ""
    reaction: str | None = None
    is_note: bool = False
    mentions: tuple[str, ...] = ()
    seen_seq: int | None = None
    # It was written before, to be said now; and not at all if they have written after this place of the log.
    is_scheduled: bool = False
    unless_heard_after: int | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it: the thread and the entry, and what others have written that its author had not seen."""

    thread: Thread
    entry: Entry
    missed: list[Entry] = []
    warnings: list[str] = []


class ScheduledState(StrEnum):
    """What became of something that was to be said later. What was said is a message, and stands here no more."""

    WAITING = "waiting"
    # It is being said: nobody changes it any more.
    GOING = "going"
    # They have answered before: it was not said.
    ANSWERED = "answered"
    # The gate has said no.
    REFUSED = "refused"


class Scheduled(Stored, frozen=True):
    """Something that is to be said later. `saying` is sealed JSON."""

    thread: str
    client_id: str
    author_kind: AuthorKind
    author: str
    saying: Binary
    send_at: datetime
    made_at: datetime
    # The last that the person had written by then; with `unless_answered`, whatever comes after it settles it.
    heard_seq: int
    unless_answered: bool
    state: ScheduledState = ScheduledState.WAITING
    failure: Failing | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    rev: int = 0


class EarlyStatus(Stored, frozen=True):
    """What a provider has said of a message before we knew by which id it calls it."""

    line: str
    provider_id: str
    state: DeliveryState
    code: str
    at: datetime
    stored_at: datetime


class PartName(Stored, frozen=True):
    """How the provider calls a message that is not the first part of an entry."""

    line: str
    provider_id: str
    entry: str
    part: int
    # How we called it there: what is said of an earlier try is not about the one that is on its way.
    client_id: str
    stored_at: datetime
