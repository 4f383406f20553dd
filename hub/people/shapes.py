"""What the API takes and shows of people."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from channels.base import IdentityKind, Medium, Purpose
from hub.accounts.shapes import Id
from hub.http.endpoint import Input, Output, PageQuery
from hub.people.models import Alike, AttributeType, Basis, ConsentState, Intent, LeadStatus, Stage

Name = Annotated[str, Meta(max_length=200)]
Value = Annotated[str, Meta(min_length=1, max_length=320)]
Key = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
Tag = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"\S")]
Tags = Annotated[list[Tag], Meta(max_length=50)]
Label = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
Options = Annotated[list[Label], Meta(max_length=100)]
Quote = Annotated[str, Meta(max_length=1000)]
Zone = Annotated[str, Meta(max_length=64)]
Locale = Annotated[str, Meta(max_length=35, pattern=r"^([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3})?$")]
Score = Annotated[int, Meta(ge=0, le=100)]
Source = Annotated[str, Meta(max_length=200)]
# A text, a number, yes or no: what an attribute holds.
Scalar = Annotated[str, Meta(max_length=2000)] | int | float | bool
Attributes = Annotated[dict[Key, Scalar | None], Meta(max_length=200)]


class IdentityWanted(Input, frozen=True):
    """By what somebody is known."""

    kind: IdentityKind
    value: Value


class PersonWanted(Input, frozen=True):
    """Somebody to be made. Nobody is known by what somebody else is known by."""

    name: Name = ""
    identities: Annotated[list[IdentityWanted], Meta(max_length=20)] = []
    stage: Stage = Stage.CONTACT
    tags: Tags = []
    attributes: Attributes = {}
    zone: Zone = ""
    locale: Locale = ""
    source: Source = ""
    assignee_id: Id | None = None


class PersonChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays. An attribute that is null goes; an empty zone or locale is
    guessed again. `quote` is what was said, in whose words it was."""

    name: Name | None = None
    attributes: Attributes = {}
    zone: Zone | None = None
    locale: Locale | None = None
    quote: Quote = ""


class LeadChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays, and null is nothing."""

    status: LeadStatus | UnsetType = UNSET
    intent: Intent | UnsetType | None = UNSET
    score: Score | UnsetType | None = UNSET
    source: Source | UnsetType = UNSET
    assignee_id: Id | UnsetType | None = UNSET
    quote: Quote = ""


class StageWanted(Input, frozen=True):
    """How far somebody is."""

    stage: Stage


class TagsChange(Input, frozen=True):
    """Tags to put on, and to take off."""

    put: Tags = []
    taken: Tags = []


class NoteWanted(Input, frozen=True):
    """Something for colleagues only."""

    text: Annotated[str, Meta(min_length=1, max_length=10_000, pattern=r"\S")]


class PeopleQuery(PageQuery, frozen=True):
    """Which people. `assignee` is a member's id."""

    stage: Stage | None = None
    status: LeadStatus | None = None
    tag: Annotated[str, Meta(max_length=40)] = ""
    assignee: Annotated[str, Meta(max_length=40)] = ""


class IdentityShown(Output, frozen=True):
    """By what somebody is known."""

    id: str
    kind: IdentityKind
    value: str
    is_verified: bool
    line_id: str | None
    seen_at: datetime | None


class LeadShown(Output, frozen=True):
    """What is known of somebody as a lead."""

    status: LeadStatus
    intent: Intent | None
    score: int | None
    source: str
    assignee_id: str | None


class ConsentShown(Output, frozen=True):
    """What somebody has said of being written to on a channel: of all messages there, or of offers alone."""

    medium: Medium
    purpose: Purpose
    state: ConsentState
    basis: Basis
    at: datetime


class StepShown(Output, frozen=True):
    """A change of stage, and who has made it."""

    stage: Stage
    at: datetime
    by: str


class ProvenanceShown(Output, frozen=True):
    """Who said a field, when, and in which words."""

    field: str
    by: str
    at: datetime
    quote: str


class PersonRow(Output, frozen=True):
    """Somebody, as a list shows them. `label` is the name, or else the number or address that they are known by."""

    id: str
    name: str
    label: str
    stage: Stage
    lead: LeadShown
    identities: list[IdentityShown]
    tags: list[str]
    is_blocked: bool
    made_at: datetime
    updated_at: datetime


class PersonShown(PersonRow, frozen=True):
    """Somebody, with all that is known of them."""

    attributes: dict[str, str | int | float | bool]
    steps: list[StepShown]
    consent: list[ConsentShown]
    provenance: list[ProvenanceShown]
    zone: str | None
    is_zone_inferred: bool
    locale: str | None
    is_locale_inferred: bool
    blocked_at: datetime | None
    rev: int


class PersonPage(Output, frozen=True):
    """One page, whoever changed last first."""

    items: list[PersonRow]
    next: str | None


class NoteShown(Output, frozen=True):
    """A note on somebody."""

    id: str
    person_id: str
    by: str
    text: str
    made_at: datetime


class NotePage(Output, frozen=True):
    """One page, the latest first."""

    items: list[NoteShown]
    next: str | None


class AttributeWanted(Input, frozen=True):
    """Something that the account wants to know of people."""

    key: Key
    label: Label
    type: AttributeType
    options: Options = []


class AttributeChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays. The type never changes: values of it may stand everywhere."""

    label: Label | None = None
    options: Options | None = None


class AttributeShown(Output, frozen=True):
    """Something that the account wants to know of people."""

    id: str
    key: str
    label: str
    type: AttributeType
    options: list[str]


class AttributeList(Output, frozen=True):
    """All that the account has declared."""

    items: list[AttributeShown]


class DuplicateShown(Output, frozen=True):
    """Two people who may be one, and why."""

    id: str
    people: list[PersonRow]
    why: Alike
    made_at: datetime


class DuplicatePage(Output, frozen=True):
    """One page, the latest first. A page may be short, where others settle or may not be seen."""

    items: list[DuplicateShown]
    next: str | None
