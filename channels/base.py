"""What a channel is. An adapter turns its provider's wire into plain values and back, and knows nothing else: who may
be written to, what was sent before and whom it belongs to is the hub's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable

from channels.allowance import Allowance as Allowance
from channels.failing import BadSignature as BadSignature
from channels.failing import Failure as Failure
from channels.failing import Gone as Gone
from channels.failing import Refused as Refused
from channels.findings import Finding as Finding
from channels.findings import finding as finding
from channels.http import MOST_BYTES as MOST_BYTES
from channels.http import Http as Http
from channels.http import HttpAnswer as HttpAnswer
from channels.http import Out as Out
from channels.http import Smtp as Smtp
from channels.http import SmtpNo as SmtpNo
from channels.http import SmtpServer as SmtpServer
from channels.http import TooLarge as TooLarge
from channels.http import Unencrypted as Unencrypted
from channels.http import Unreachable as Unreachable
from channels.http import Unsure as Unsure
from channels.http import Untrusted as Untrusted
from channels.pointing import Directed as Directed
from channels.pointing import Mailed as Mailed
from channels.templates import ButtonKind as ButtonKind
from channels.templates import HeaderKind as HeaderKind
from channels.templates import TemplateButton as TemplateButton
from channels.templates import TemplateDraft as TemplateDraft
from channels.templates import TemplateListed as TemplateListed
from channels.templates import TemplateParts as TemplateParts
from channels.templates import TemplateSample as TemplateSample
from channels.templates import TemplateState as TemplateState
from channels.values import Address as Address
from channels.values import ButtonUse as ButtonUse
from channels.values import Card as Card
from channels.values import Choice as Choice
from channels.values import Content as Content
from channels.values import Elsewhere as Elsewhere
from channels.values import Envelope as Envelope
from channels.values import IdentityKind as IdentityKind
from channels.values import Inbound as Inbound
from channels.values import Letterhead as Letterhead
from channels.values import LineNews as LineNews
from channels.values import Mail as Mail
from channels.values import Media as Media
from channels.values import Medium as Medium
from channels.values import Outbound as Outbound
from channels.values import Parsed as Parsed
from channels.values import Party as Party
from channels.values import Pictured as Pictured
from channels.values import Place as Place
from channels.values import Preference as Preference
from channels.values import Purpose as Purpose
from channels.values import Receipt as Receipt
from channels.values import Referral as Referral
from channels.values import Renamed as Renamed
from channels.values import State as State
from channels.values import Status as Status
from channels.values import Strange as Strange
from channels.values import TemplateNews as TemplateNews
from channels.values import TemplateUse as TemplateUse
from channels.values import Value as Value
from channels.values import Wants as Wants
from channels.values import strange as strange

# When an event came of which nobody has said it: no message is held for a new one by mistake.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Hook:
    """A request to a line's webhook, as it came. `url` is the public one, which some providers sign."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    now: datetime

    @property
    def posted(self) -> "Posted":
        """What of it is kept."""
        return Posted(self.body, self.headers.get("content-type", ""), self.query, self.now)


@dataclass(frozen=True)
class Posted:
    """An event as it is kept: what came to a webhook, without what only its signature needs. `at` is when it first
    came, for providers who do not say when something happened."""

    body: bytes
    content_type: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    at: datetime = LONG_AGO


@dataclass(frozen=True)
class Access:
    """A line, as its adapter needs it. `address` is what people write to; `values` has the declared fields; `names` are
    all by which the provider's webhooks may call it; `webhook` is where they come in, and `webhooks` are, where that is
    asked for, those of all of the account's lines at this provider: by any of them they may come."""

    line: str
    address: str
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    names: Sequence[str] = ()
    webhook: str = ""
    webhooks: Sequence[str] = ()

    def is_told_at(self, url: str) -> bool:
        """Whether what is told there is told of this line, where providers have one address for several."""
        return bool(url) and url in (self.webhook, *self.webhooks)


@dataclass(frozen=True)
class Field:
    """Something that a line of this provider has to know. `is_name`: it has the names by which the provider calls the
    line in its webhooks, with a space between two."""

    name: str
    label: str
    is_secret: bool = False
    default: str | None = None
    is_name: bool = False


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a channel can do. The gate and the composer ask this, never the provider's name."""

    longest_text: int
    media_types: tuple[str, ...] = ()
    media_bytes: int = 0
    # Where files of some types may have less: by what their types begin with, of which the first that fits counts.
    bytes_by_type: tuple[tuple[str, int], ...] = ()
    # All of one message together; 0 where only each counts.
    bytes_together: int = 0
    most_media: int = 0
    # One message may hold text and files; otherwise each file goes as a message of its own.
    mixes_media: bool = True
    # Free text only for so long after the person's last message; outside of it approved templates alone.
    window: timedelta | None = None
    has_templates: bool = False
    # The business may write first only with a recorded opt-in.
    needs_opt_in: bool = False
    has_subject: bool = False
    # A mail: it has a letterhead, goes to several people, and files go within it.
    is_mail: bool = False
    # So many buttons, or so many lines of a list, fit under a text; more than that are written into it.
    most_choices: int = 0
    # What each of them may say at most; 0 for as much as one likes.
    longest_choice: int = 0
    takes_place: bool = False
    # Cards of people, as such.
    takes_cards: bool = False
    takes_reactions: bool = False
    # A message may say which one it answers.
    takes_replies: bool = False
    # A text is sent, and paid for, in segments of a few letters.
    counts_segments: bool = False
    # So many of them a text may take at most, where that is told; 0 where only its letters are counted.
    most_segments: int = 0
    # Asking for a message by our own id tells whether the provider has taken it.
    looks_up: bool = False
    # Once a lookup finds nothing this long after the sending, it was not taken.
    surely_known_after: timedelta = timedelta(minutes=1)
    per_second: float = 10
    # At most one message to one person in so many seconds, after a burst.
    pair_every_s: float = 0
    pair_burst: int = 1

    def most_bytes(self, type: str) -> int:
        """How large a file of this type may be."""
        return next((most for kind, most in self.bytes_by_type if type.startswith(kind)), self.media_bytes)


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

    def parse(self, access: Access, posted: Posted) -> list[Parsed]:
        """Every element of the event; what makes no sense at all raises ValueError."""

    async def send(self, out: Out, access: Access, message: Outbound) -> Receipt:
        """Hand it over: nothing is in it that the channel's capabilities say it cannot do. Raises Refused, Unreachable
        or Unsure."""

    async def lookup(self, out: Out, access: Access, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
        """Whatever the provider has taken since then that may be this message, the first first: one at most, where it
        knows our ids. Raises Refused, Unreachable or Unsure; is not asked unless `capabilities.looks_up`."""

    async def fetch(self, out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """The file of a message that somebody has sent us, from the provider itself: whatever address stands in the
        message is the word of whoever wrote it. Raises Gone, TooLarge, Refused, Unreachable or Unsure."""


@runtime_checkable
class Checked(Protocol):
    """A channel whose provider asks by GET, before it sends anything, whether the webhook is ours."""

    def check(self, access: Access, hook: Hook) -> str:
        """What it wants to hear; raises BadSignature when it is not the provider who asks."""


@runtime_checkable
class Demanding(Protocol):
    """A channel that knows what makes no sense in its fields."""

    def complaint(self, values: Mapping[str, str]) -> str:
        """What is wrong with them in words; empty when nothing is."""


@runtime_checkable
class Probed(Protocol):
    """A channel whose provider can be asked how a line stands, without sending anything."""

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """What is well and what is missing; raises Refused, Unreachable or Unsure where nobody can tell."""


@runtime_checkable
class Rationed(Protocol):
    """A channel whose provider lets a business write first to only so many people within 24 hours."""

    async def allowance(self, out: Out, access: Access) -> Allowance | None:
        """To how many; None where the provider does not say. Raises Refused, Unreachable or Unsure."""


@runtime_checkable
class Pointed(Protocol):
    """A channel whose provider can be told by its API where its webhooks go."""

    async def point(self, out: Out, access: Access) -> None:
        """To `access.webhook`, from now on; raises Refused, Unreachable or Unsure."""


@runtime_checkable
class Attentive(Protocol):
    """A channel on which people see that their message was read, or that somebody is writing."""

    async def show_read(self, out: Out, access: Access, id: str, *, is_typing: bool) -> None:
        """The message that the provider calls so; raises Refused, Unreachable or Unsure."""


@runtime_checkable
class Enclosing(Protocol):
    """A channel whose messages have their files within them: nothing is fetched from anywhere."""

    def enclosed(self, raw: bytes, media: Media) -> bytes:
        """One file of a message that was kept as it came, or Gone."""


@runtime_checkable
class Exemplified(Protocol):
    """A channel whose templates may have a file above the words: whoever approves them wants to see an example."""

    async def keep_example(self, out: Out, access: Access, file: Media) -> str:
        """What it is called in a draft. `file` has its bytes, and an address that is good for a month. Raises Refused,
        or Unreachable: a draft that has no example yet is none."""


@runtime_checkable
class Templated(Protocol):
    """A channel whose provider keeps templates, and says which of them may be used."""

    async def list_templates(self, out: Out, access: Access) -> Sequence[TemplateListed]:
        """All that it has, in every language; raises Refused, Unreachable or Unsure."""

    async def create_template(self, out: Out, access: Access, draft: TemplateDraft) -> TemplateListed:
        """Hand it in to be looked at; raises Refused, Unreachable or Unsure. After Unsure the list tells."""

    async def delete_template(self, out: Out, access: Access, name: str, *, language: str = "") -> None:
        """In one language, or in all; that it is not there is no error. Raises Refused, Unreachable or Unsure."""
