"""The plain values that pass between an adapter and the hub."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from channels.mails import Envelope as Envelope
from channels.mails import Letterhead as Letterhead
from channels.mails import Mail as Mail
from channels.mails import Party as Party
from channels.mails import Pictured as Pictured
from channels.value import Value as Value

# What is kept of how a provider calls something that we do not know.
LONGEST_KIND = 80


class Medium(StrEnum):
    """What people call a channel: over which of these a conversation goes."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    CHAT = "chat"


class Purpose(StrEnum):
    """What somebody says yes or no to: all messages on a medium, or those alone that advertise."""

    ALL = "all"
    MARKETING = "marketing"


class IdentityKind(StrEnum):
    """By what somebody is known. None of them is ever certain to be there."""

    PHONE = "phone"
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    VISITOR = "visitor"
    LEAD_AD = "lead_ad"
    CUSTOM = "custom"


class Address(Value, frozen=True):
    """By what somebody can be known, as the provider writes it."""

    kind: IdentityKind
    value: str


class Media(Value, frozen=True):
    """A file of a message. In: where the provider keeps it. Out: where the provider may fetch it, or its bytes."""

    type: str
    name: str = ""
    url: str = ""
    provider_id: str = ""
    size: int | None = None
    # The hub's own file, once it has it.
    file: str = ""
    # What it says, for channels that send files within the message; never stored.
    content: bytes = b""


class Place(Value, frozen=True):
    """Somewhere on earth."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


class Card(Value, frozen=True):
    """Somebody whose address was passed on: a contact out of somebody's phone book."""

    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    company: str = ""


class Referral(Value, frozen=True):
    """The advertisement or post from which they began to write. `click` is what the platform counts them by."""

    url: str = ""
    kind: str = ""
    id: str = ""
    headline: str = ""
    body: str = ""
    click: str = ""


class Choice(Value, frozen=True):
    """A button or a line of a list: what it says, and what comes back when it is chosen."""

    title: str
    payload: str


class ButtonUse(Value, frozen=True):
    """What one button of a template gets, such as the end of its URL. `at` counts the buttons from 0."""

    at: int
    kind: Literal["url", "reply", "code"]
    value: str
    # What its blank is called.
    name: str = ""


class TemplateUse(Value, frozen=True):
    """A template that the provider has approved, with its blanks filled: `values` are those of the body, in order."""

    name: str
    language: str
    # How the provider calls it beside its name.
    id: str = ""
    values: tuple[str, ...] = ()
    # What the blanks of `values` are called: names, or numbers; empty where nobody has said so, and they are numbered.
    names: tuple[str, ...] = ()
    # For the header: the value of its blank, or the file above the words, or the place.
    header: str = ""
    header_name: str = ""
    header_media: Media | None = None
    header_place: Place | None = None
    buttons: tuple[ButtonUse, ...] = ()


class Content(Value, frozen=True):
    """What a message says. `unsupported` names a kind that the adapter does not know: shown, never dropped."""

    text: str = ""
    subject: str = ""
    media: tuple[Media, ...] = ()
    place: Place | None = None
    choices: tuple[Choice, ...] = ()
    # The payload of what was chosen.
    chosen: str = ""
    cards: tuple[Card, ...] = ()
    referral: Referral | None = None
    # An emoji put to the message `reply_to`; empty takes it away again.
    reaction: str | None = None
    # The provider's id of the message that this one answers.
    reply_to: str = ""
    template: TemplateUse | None = None
    unsupported: str = ""
    # It was longer than what is kept of it.
    is_cut: bool = False
    # To which of the line's names it came.
    at_line: str = ""
    mail: Mail | None = None


class Inbound(Value, frozen=True, tag="message"):
    """A message that somebody has sent us. `sender` has the surest address first. `at_line` is what the provider calls
    the line that it came to, where its webhooks may tell of several."""

    id: str
    sender: tuple[Address, ...]
    said_at: datetime
    content: Content
    at_line: str = ""
    sender_name: str = ""
    # Until when free text may be sent to them, where the provider says so itself.
    window_until: datetime | None = None
    # The provider has understood this as an opt-out or opt-in, and has answered already.
    opted: Literal["", "in", "out"] = ""
    # The provider has answered it by itself, such as a word for help: nobody else has to.
    is_answered: bool = False
    # Which language the provider takes them to speak, such as `pt-BR`; most say nothing of it.
    language: str = ""
    envelope: Envelope | None = None


class Elsewhere(Value, frozen=True, tag="elsewhere"):
    """A message of the business's own that was not written here: in its mail program, on its phone. `to` has the surest
    address of the first whom it went to in front."""

    id: str
    to: tuple[Address, ...]
    said_at: datetime
    content: Content
    at_line: str = ""
    to_name: str = ""
    envelope: Envelope | None = None


class State(StrEnum):
    """What a provider says of a message of ours."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class Status(Value, frozen=True, tag="status"):
    """How a message of ours fares. `ours` is what we have called it, where the provider tells: it is found by that also
    when the answer to the sending was lost. `at_line` is what the provider calls the line."""

    id: str
    state: State
    at: datetime
    # The provider's own code of a failure; the adapter's catalogue has it in words.
    code: str = ""
    ours: str = ""
    at_line: str = ""
    # About whom it is, of several whom the message may have gone to.
    recipient: Address | None = None


class Strange(Value, frozen=True, tag="strange"):
    """An element of an event that is of no kind we know and names no sender: kept in the ledger, with its kind."""

    kind: str


def strange(kind: str) -> Strange:
    """Something for the ledger alone."""
    return Strange(kind=kind.strip()[:LONGEST_KIND] or "nothing")


class TemplateNews(Value, frozen=True, tag="template"):
    """The provider has looked at a template again: whether it may be used, and how people take it. What is empty has
    not changed."""

    name: str
    language: str
    at_line: str = ""
    state: str = ""
    reason: str = ""
    quality: str = ""
    category: str = ""


class LineNews(Value, frozen=True, tag="line"):
    """The provider has something to say of the line itself, such as a limit or a ban; the catalogue has it in words.
    Without a code something is otherwise, and whoever asks the provider learns what."""

    code: str
    at_line: str = ""


Wants = Literal["in", "out", "complaint"]


class Preference(Value, frozen=True, tag="preference"):
    """What somebody wants of our messages, of which the provider tells without any message that says so: by its own
    link under a mail, or by a button of their mail program. By a complaint they have reported us as well. `id` is the
    same each time that it is told. Where anybody may have told it, `about` names a message of ours, and it counts only
    if that went to them."""

    id: str
    address: Address
    wants: Wants
    at: datetime
    at_line: str = ""
    purpose: Purpose = Purpose.ALL
    about: str = ""


class Renamed(Value, frozen=True, tag="renamed"):
    """Somebody has other addresses now: whoever was known by one of `was` is known by those of `now` as well."""

    was: tuple[Address, ...]
    now: tuple[Address, ...]
    at: datetime
    at_line: str = ""


Parsed = Inbound | Elsewhere | Status | Preference | Renamed | TemplateNews | LineNews | Strange


class Outbound(Value, frozen=True):
    """A message to be sent. `id` is ours: a provider that takes such ids never sends two of one id. `sender` is the one
    of the line's names that the person knows; empty where it has only one."""

    id: str
    to: Address
    content: Content
    sender: str = ""
    letterhead: Letterhead | None = None
    # When it goes out, by the hub's clock.
    at: datetime | None = None


class Receipt(Value, frozen=True):
    """The provider has taken it, by this id. `sender` is the one of the line's names that it goes out from, where that
    is known; `refused` tells of those to whom alone no copy of it goes."""

    id: str
    sender: str = ""
    refused: tuple[Status, ...] = ()
