"""Templates, as they are stored. What they say is the account's own, and sealed; what the gate asks for stands open."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec
from bson.binary import Binary

from channels.base import HeaderKind, TemplateParts
from hub.store.documents import Stored

TEMPLATES, POLICIES = "templates", "template_policies"
# The place that sealed words are bound to.
PLACE = f"{TEMPLATES}.words"
DEFAULT_LANGUAGE = "en"

Category = Literal["marketing", "utility", "authentication"]


class State(StrEnum):
    """How far a template has come, and what its provider says of it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    # It comes back by itself, when people take it better; disabled is for good.
    PAUSED = "paused"
    DISABLED = "disabled"
    DELETED = "deleted"


# What may still be said otherwise: nobody has approved it.
OPEN = frozenset({State.DRAFT, State.REJECTED})


class Blank(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A blank. `key` is its name in the body, `header.` and its name in the header, `button.` and the place of its
    button. `source` is what of the person fills it where the author says nothing, `fallback` what stands there else;
    `sample` is for whoever approves it."""

    key: str
    sample: str = ""
    source: str = ""
    fallback: str = ""


class Words(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a template says, and what comes into its blanks. `header_media` is an example of the file above the words,
    as the provider calls it."""

    parts: TemplateParts
    blanks: list[Blank] = []
    header_media: str = ""


class KeptTemplate(Stored, frozen=True):
    """A template of a line, in one language. `words` is sealed JSON; `blanks` are the keys of all it has."""

    line: str
    name: str
    language: str
    category: str
    state: State
    words: Binary
    made_at: datetime
    changed_at: datetime
    header: HeaderKind = HeaderKind.NONE
    blanks: list[str] = msgspec.field(default_factory=list)
    provider_id: str = ""
    # Of one that was submitted: the provider has not said yet that it has it.
    is_unanswered: bool = False
    # green, yellow or red, as the provider sees how people take it.
    quality: str = ""
    # Why it is not approved, in the provider's words.
    reason: str = ""
    # Raised by every change, and named by whoever changes it.
    rev: int = 0


class KnownTemplate(Stored, frozen=True):
    """The same without what it says: all that is asked of it for each message."""

    name: str
    language: str
    category: str
    state: State
    header: HeaderKind = HeaderKind.NONE
    blanks: list[str] = msgspec.field(default_factory=list)
    reason: str = ""


class TemplatePolicy(Stored, frozen=True):
    """The language for people of whom none is known, and for whose language there is no template."""

    language: str = DEFAULT_LANGUAGE
