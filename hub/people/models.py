"""People, as they are stored. Whatever tells who somebody is, is sealed; keyed hashes find it again.

What is sealed is of type `Binary` here: as plain `bytes` it would be stored back without the mark of what is sealed,
and a change of keys would pass it over."""

from datetime import datetime
from enum import StrEnum

import msgspec
from bson.binary import Binary

from channels.base import IdentityKind, Medium, Purpose
from hub.store.documents import Stored


class Stage(StrEnum):
    """How far we have come with somebody. A contact is unverified; who answers or asks becomes a lead."""

    ANONYMOUS = "anonymous"
    CONTACT = "contact"
    LEAD = "lead"
    CUSTOMER = "customer"


class LeadStatus(StrEnum):
    """Where a lead stands in the sale."""

    NEW = "new"
    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    MEETING_SCHEDULED = "meeting_scheduled"
    PROPOSAL_SENT = "proposal_sent"
    WON = "won"
    LOST = "lost"


class Intent(StrEnum):
    """How much somebody wants it."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


class Basis(StrEnum):
    """Why we may write to somebody, or may not."""

    # They wrote to us: we may answer.
    INQUIRY = "inquiry"
    # They said yes, with evidence.
    OPT_IN = "opt_in"
    # They said no, by word, link or provider.
    OPT_OUT = "opt_out"
    # An e-mail to a business at its own published address, where that is lawful.
    BUSINESS = "business"
    # They are a customer.
    CONTRACT = "contract"


class ConsentState(StrEnum):
    """What somebody has said of being written to on a channel."""

    NONE = "none"
    GRANTED = "granted"
    REVOKED = "revoked"


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a document."""


class Identity(Part, frozen=True):
    """By what somebody is known. `key` is the keyed hash of kind and normalized value; `value` is sealed."""

    kind: IdentityKind
    key: bytes
    value: Binary
    # Of business-scoped ids: the line that it is good on.
    line: str | None = None
    is_verified: bool = False
    seen_at: datetime | None = None


class Consent(Part, frozen=True):
    """How things stand now on one channel; the ledger has how it came. A no to what advertises leaves everything else
    as it is."""

    medium: Medium
    state: ConsentState
    basis: Basis
    at: datetime
    purpose: Purpose = Purpose.ALL

    @property
    def about(self) -> tuple[Medium, Purpose]:
        """What it is a yes or no to. Of each there is one that counts."""
        return self.medium, self.purpose


class Step(Part, frozen=True):
    """A change of stage, and who has made it: `member:…`, `agent:…`, `line:…`."""

    stage: Stage
    at: datetime
    by: str


class Lead(Part, frozen=True):
    """What is known of somebody as a lead."""

    status: LeadStatus = LeadStatus.NEW
    intent: Intent | None = None
    score: int | None = None
    source: str = ""
    assignee: str | None = None


class Provenance(Part, frozen=True):
    """Who said a field, when, and in which words; `quote` is sealed."""

    field: str
    by: str
    at: datetime
    quote: Binary | None = None


class Person(Stored, frozen=True):
    """Somebody the account talks with; the same document all their life. Everybody has their own id as their first
    identity, so that the index of identities stays unique."""

    stage: Stage
    identities: list[Identity]
    made_at: datetime
    updated_at: datetime
    name: Binary | None = None
    steps: list[Step] = msgspec.field(default_factory=list)
    consent: list[Consent] = msgspec.field(default_factory=list)
    lead: Lead = msgspec.field(default_factory=Lead)
    # Sealed JSON of the account's own fields.
    attributes: Binary | None = None
    provenance: list[Provenance] = msgspec.field(default_factory=list)
    tags: list[str] = msgspec.field(default_factory=list)
    zone: str | None = None
    locale: str | None = None
    # Whether a person has said so, or we have guessed.
    is_zone_inferred: bool = True
    is_locale_inferred: bool = True
    blocked_at: datetime | None = None
    # Keyed hashes of the words and beginnings of words of name and identities.
    tokens: list[int] = msgspec.field(default_factory=list)
    # Keyed hashes of what two people who are one would share.
    likeness: list[bytes] = msgspec.field(default_factory=list)
    # Raised by every change, and named by whoever changes it: nobody overwrites what they have not seen.
    rev: int = 0
    # Whoever was merged into somebody else is only a sign that points there.
    merged_into: str | None = None

    def has(self, kind: IdentityKind) -> bool:
        """Whether they are known by something of this kind."""
        return any(identity.kind is kind for identity in self.identities)

    def consent_on(self, medium: Medium, purpose: Purpose = Purpose.ALL) -> ConsentState:
        """What they have said of this channel. A word about offers counts for these, whatever else they allow."""
        said = {one.purpose: one.state for one in self.consent if one.medium is medium}
        everything = said.get(Purpose.ALL, ConsentState.NONE)
        return everything if everything is ConsentState.REVOKED else said.get(purpose, everything)


class AttributeType(StrEnum):
    """What an attribute holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    CHOICE = "choice"
    URL = "url"
    EMAIL = "email"
    PHONE = "phone"


class Attribute(Stored, frozen=True):
    """Something that an account wants to know of people. `key` is its name for programs, which stays."""

    key: str
    type: AttributeType
    label: Binary
    made_at: datetime
    # Of choices.
    options: list[Binary] = msgspec.field(default_factory=list)


class PersonNote(Stored, frozen=True):
    """What somebody has written down about a person, for colleagues only."""

    person: str
    by: str
    text: Binary
    made_at: datetime


class Alike(StrEnum):
    """Why two people may be one."""

    IDENTITY = "identity"
    PHONE = "phone"
    NAME_AND_DOMAIN = "name_and_domain"
    NAME_AND_COMPANY = "name_and_company"


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    DISMISSED = "dismissed"
    MERGED = "merged"


class Suggestion(Stored, frozen=True):
    """Two people who may be one. `pair` is both ids: nobody is asked twice about the same two."""

    people: list[str]
    pair: str
    why: Alike
    state: SuggestionState
    made_at: datetime
