"""What a channel is. An adapter turns its provider's wire into these plain values and back, and knows nothing else:
who may be written to, what was sent before and whom it belongs to is the hub's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, Protocol, runtime_checkable

import msgspec

from channels.http import MOST_BYTES as MOST_BYTES
from channels.http import Http as Http
from channels.http import HttpAnswer as HttpAnswer
from channels.http import TooLarge as TooLarge
from channels.http import Unreachable as Unreachable
from channels.http import Unsure as Unsure


class Medium(StrEnum):
    """What people call a channel: over which of these a conversation goes."""

    SMS = "sms"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    CHAT = "chat"


class IdentityKind(StrEnum):
    """By what somebody is known. None of them is ever certain to be there."""

    PHONE = "phone"
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    VISITOR = "visitor"
    LEAD_AD = "lead_ad"
    CUSTOM = "custom"


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something plain that passes between an adapter and the hub."""


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


class Place(Value, frozen=True):
    """Somewhere on earth."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


class Choice(Value, frozen=True):
    """A button or a line of a list: what it says, and what comes back when it is chosen."""

    title: str
    payload: str


class TemplateUse(Value, frozen=True):
    """A template that the provider has approved, with its blanks filled."""

    name: str
    language: str
    values: tuple[str, ...] = ()


class Content(Value, frozen=True):
    """What a message says. `unsupported` names a kind that the adapter does not know: shown, never dropped."""

    text: str = ""
    subject: str = ""
    media: tuple[Media, ...] = ()
    place: Place | None = None
    choices: tuple[Choice, ...] = ()
    # The payload of what was chosen.
    chosen: str = ""
    # An emoji put to the message `reply_to`; empty takes it away again.
    reaction: str | None = None
    # The provider's id of the message that this one answers.
    reply_to: str = ""
    template: TemplateUse | None = None
    unsupported: str = ""
    # It was longer than what is kept of it.
    is_cut: bool = False


class Inbound(Value, frozen=True, tag="message"):
    """A message that somebody has sent us. `sender` has the surest address first."""

    id: str
    sender: tuple[Address, ...]
    said_at: datetime
    content: Content
    sender_name: str = ""
    # Until when free text may be sent to them, where the provider says so itself.
    window_until: datetime | None = None
    # The provider has understood this as an opt-out or opt-in, and has answered already.
    opted: Literal["", "in", "out"] = ""
    # Which language the provider takes them to speak, such as `pt-BR`; most say nothing of it.
    language: str = ""


class State(StrEnum):
    """What a provider says of a message of ours."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class Status(Value, frozen=True, tag="status"):
    """How a message of ours fares. `part` counts from 0 where one message went out as several."""

    id: str
    state: State
    at: datetime
    # The provider's own code of a failure; the adapter's catalogue has it in words.
    code: str = ""


class Strange(Value, frozen=True, tag="strange"):
    """An element of an event that is of no kind we know and names no sender: kept in the ledger, with its kind."""

    kind: str


Parsed = Inbound | Status | Strange


class Outbound(Value, frozen=True):
    """A message to be sent. `id` is ours: a provider that takes such ids never sends two of one id."""

    id: str
    to: Address
    content: Content


class Receipt(Value, frozen=True):
    """The provider has taken it, by this id."""

    id: str


class Failure(Value, frozen=True):
    """Why a message is not sent, from the adapter's catalogue. `is_passing`: the same may work later.
    `suppresses`: nothing should be sent to this address again."""

    code: str
    words: str
    advice: str
    is_passing: bool = False
    suppresses: bool = False


class Refused(Exception):
    """The provider has said no: nothing was sent."""

    def __init__(self, failure: Failure, *, retry_after: timedelta | None = None) -> None:
        super().__init__(failure.code)
        self.failure = failure
        self.retry_after = retry_after


class Gone(Refused):
    """The provider has not what was asked for, and will not have it again."""


class BadSignature(Exception):
    """This does not come from the provider, is too old, or was tampered with. Its text is one word for why."""


@dataclass(frozen=True)
class Hook:
    """A request to a line's webhook, as it came. `url` is the public one, which some providers sign."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    now: datetime


@dataclass(frozen=True)
class Access:
    """A line, as its adapter needs it. `address` is what people write to; `values` has the declared fields."""

    line: str
    address: str
    values: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Field:
    """Something that a line of this provider has to know."""

    name: str
    label: str
    is_secret: bool = False
    default: str | None = None


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a channel can do. The gate and the composer ask this, never the provider's name."""

    longest_text: int
    media_types: tuple[str, ...] = ()
    media_bytes: int = 0
    most_media: int = 0
    # One message may hold text and files; otherwise each file goes as a message of its own.
    mixes_media: bool = True
    # Free text only for so long after the person's last message; outside of it approved templates alone.
    window: timedelta | None = None
    has_templates: bool = False
    # The business may write first only with a recorded opt-in.
    needs_opt_in: bool = False
    has_subject: bool = False
    # Asking for a message by our own id tells whether the provider has taken it.
    looks_up: bool = False
    # Once a lookup finds nothing this long after the sending, it was not taken.
    surely_known_after: timedelta = timedelta(minutes=1)
    per_second: float = 10
    # At most one message to one person in so many seconds, after a burst.
    pair_every_s: float = 0
    pair_burst: int = 1


class Channel(Protocol):
    """One provider of one medium. Everything in it is a function of its arguments."""

    provider: str
    medium: Medium
    # What the person's address must be for this channel to reach them, the best first.
    reaches: Sequence[IdentityKind]
    capabilities: Capabilities
    fields: Sequence[Field]
    # The provider's codes of failures.
    failures: Mapping[str, Failure]

    def verify(self, access: Access, hook: Hook) -> None:
        """Raise BadSignature unless it is the provider's word, whole and fresh."""

    def event_id(self, hook: Hook) -> str:
        """What the provider's repeats of this event have in common."""

    def parse(self, access: Access, body: bytes) -> list[Parsed]:
        """Every element of the event; what makes no sense at all raises ValueError."""

    async def send(self, http: Http, access: Access, message: Outbound) -> Receipt:
        """Hand it over; raises Refused, Unreachable or Unsure."""

    async def lookup(self, http: Http, access: Access, id: str) -> Receipt | None:
        """What became of the message that we have called `id`; None when the provider does not know it."""

    async def fetch(self, http: Http, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """The file of a message that somebody has sent us, from the provider itself: whatever address stands in the
        message is the word of whoever wrote it. Raises Gone, TooLarge, Refused, Unreachable or Unsure."""


@runtime_checkable
class Checked(Protocol):
    """A channel whose provider asks by GET, before it sends anything, whether the webhook is ours."""

    def check(self, access: Access, hook: Hook) -> str:
        """What it wants to hear; raises BadSignature when it is not the provider who asks."""
