"""What the API takes and shows of templates."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from channels.base import ButtonKind, HeaderKind, TemplateButton
from hub.accounts.shapes import Id
from hub.http.endpoint import Input, Output, PageQuery
from hub.templates.languages import Why
from hub.templates.models import Category, State

TemplateName = Annotated[str, msgspec.Meta(min_length=1, max_length=512)]
TemplateLanguage = Annotated[str, msgspec.Meta(min_length=2, max_length=20)]
# What is too long is refused in words, with what is wrong beside it.
Part = Annotated[str, msgspec.Meta(max_length=5_000)]
Short = Annotated[str, msgspec.Meta(max_length=500)]
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Source = Annotated[str, msgspec.Meta(max_length=80)]
BODY_BYTES = 512 * 1024


class ButtonWanted(Input, frozen=True):
    """A button: `value` is the URL or the phone number that it has, or a code, which goes out where a message brings
    none of its own."""

    kind: ButtonKind
    title: Short
    value: Annotated[str, msgspec.Meta(max_length=3_000)] = ""


class BlankWanted(Input, frozen=True):
    """A blank of the body by its name; `header.` in front of that of the header, `button.` and its place, from 0, for
    that of a button's URL, or its code. `source` names what fills it where nothing is said: `person.first_name`,
    `person.name`, `account.name` or `attribute.` and a key; without one it is whatever is called as the blank is."""

    key: Key
    sample: Short = ""
    source: Source = ""
    fallback: Short = ""


Buttons = Annotated[list[ButtonWanted], msgspec.Meta(max_length=20)]
Blanks = Annotated[list[BlankWanted], msgspec.Meta(max_length=100)]


class MessageTemplateWanted(Input, frozen=True):
    """A template, to be handed in later. `header_file_id` is a file that was kept by `POST /api/v1/files`: an example
    of the one above the words, which the provider gets at once. `header_media` is what the provider calls an example
    that it has already."""

    line_id: Id
    name: TemplateName
    language: TemplateLanguage
    category: Category
    body: Part
    header_kind: HeaderKind = HeaderKind.NONE
    header: Part = ""
    header_media: Part = ""
    header_file_id: Id | None = None
    footer: Part = ""
    buttons: Buttons = []
    blanks: Blanks = []


class MessageTemplateChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays, among the blanks too. Of what the provider has approved only
    `blanks`: they are for Parley alone."""

    category: Category | None = None
    body: Part | None = None
    header_kind: HeaderKind | None = None
    header: Part | None = None
    header_media: Part | None = None
    header_file_id: Id | None = None
    footer: Part | None = None
    buttons: Buttons | None = None
    blanks: Blanks | None = None


class BlankShown(Output, frozen=True):
    """A blank, and what fills it."""

    key: str
    sample: str
    source: str
    fallback: str


class MessageTemplateShown(Output, frozen=True):
    """A template of a line, in one language. `reason` is why it is not approved, in the provider's words."""

    id: str
    line_id: str
    name: str
    language: str
    category: str
    state: State
    quality: str
    reason: str
    body: str
    header_kind: HeaderKind
    header: str
    header_media: str
    footer: str
    buttons: list[TemplateButton]
    blanks: list[BlankShown]
    made_at: datetime
    changed_at: datetime


class MessageTemplatePage(Output, frozen=True):
    """Templates, the youngest first."""

    items: list[MessageTemplateShown]
    next: str | None


class MessageTemplateQuery(PageQuery, frozen=True):
    """Which of them: of one line, of one name, in one state. Deleted ones only where they are asked for."""

    line_id: Id | None = None
    name: Annotated[str, msgspec.Meta(max_length=512)] = ""
    state: State | None = None


class SyncWanted(Input, frozen=True):
    """The line whose templates are to be looked up at its provider."""

    line_id: Id


class TemplatesSynced(Output, frozen=True):
    """What the provider has: how many, and how many of them are new here, otherwise, or not there any more."""

    found: int
    added: int
    changed: int
    gone: int


class TemplatePreviewQuery(Input, frozen=True):
    """Whom it would go to."""

    person_id: Id


class BlankFilled(Output, frozen=True):
    """What stands in a blank: something that is known of them, the fallback, or nothing, and then it cannot be sent
    without a word for it."""

    key: str
    value: str
    by: Literal["known", "fallback", "nothing"]


class TemplatePreview(Output, frozen=True):
    """What they would read."""

    text: str
    footer: str
    buttons: list[TemplateButton]
    blanks: list[BlankFilled]


class TemplateChoiceQuery(Input, frozen=True):
    """A template by its name on a line, and whom it is for."""

    line_id: Id
    name: TemplateName
    person_id: Id


class TemplateChosen(Output, frozen=True):
    """In which of its languages it goes to them, and why: it is just theirs (`locale`), it is their language, it is the
    account's, or there is no other."""

    template: MessageTemplateShown
    why: Why
    preview: TemplatePreview


class TemplatePolicyShown(Output, frozen=True):
    """The language for people in whose own there is no template."""

    language: str


class TemplatePolicyWanted(Input, frozen=True):
    """The language for people in whose own there is no template."""

    language: TemplateLanguage
