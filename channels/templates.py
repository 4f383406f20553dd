"""Templates as they pass between an adapter and the hub: words with blanks that a provider has looked at."""

import re
from collections.abc import Sequence
from enum import StrEnum

from channels.values import Value

# A blank in the words of a template: {{1}} or {{first_name}}.
BLANK = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")


class TemplateState(StrEnum):
    """What the provider says of a template; `TemplateNews.state` is one of these words, or empty."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    # It comes back by itself, if people take it better; disabled is for good.
    PAUSED = "paused"
    DISABLED = "disabled"
    DELETED = "deleted"


class HeaderKind(StrEnum):
    """What stands above the words."""

    NONE = ""
    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"
    PLACE = "place"


class ButtonKind(StrEnum):
    """What a button of a template does."""

    REPLY = "reply"
    URL = "url"
    PHONE = "phone"
    CODE = "code"
    # Of a kind that Parley can show and not make.
    OTHER = "other"


class TemplateButton(Value, frozen=True):
    """A button under a template: `value` is the URL or the phone number that it has, or a code, which goes out where a
    message brings none of its own."""

    kind: ButtonKind
    title: str
    value: str = ""


class TemplateParts(Value, frozen=True):
    """What a template says. Blanks stand in it as {{1}}, or as {{first_name}}."""

    body: str
    header_kind: HeaderKind = HeaderKind.NONE
    # The words of a header of text.
    header: str = ""
    footer: str = ""
    buttons: tuple[TemplateButton, ...] = ()


class TemplateSample(Value, frozen=True):
    """What may stand in the blank of this name, to show whoever looks at the template. `where` is "body" or "header";
    for the blank of a button's URL it is the button's place, counted from "0"."""

    blank: str
    value: str
    where: str = "body"


class TemplateDraft(Value, frozen=True):
    """A template that is to be handed in. `header_media` is an example of the file above the words, as
    `Exemplified.keep_example` or the provider calls it. `replaces` is the id of the one that it is to take the place
    of, of the same name and language: some providers take a name that was deleted only weeks later."""

    name: str
    language: str
    category: str
    parts: TemplateParts
    samples: tuple[TemplateSample, ...] = ()
    header_media: str = ""
    replaces: str = ""


class TemplateListed(Value, frozen=True):
    """A template that the provider has. `category` is marketing, utility or authentication; `quality` is green, yellow,
    red or empty."""

    name: str
    language: str
    category: str
    state: TemplateState
    parts: TemplateParts
    id: str = ""
    quality: str = ""
    reason: str = ""
    # The names of the blanks in the body, in the order in which they are filled; numbers where they have no names.
    blanks: tuple[str, ...] = ()


def blanks_of(words: str) -> tuple[str, ...]:
    """The names of the blanks in a text, each once: numbers in their order, names as they come."""
    names: Sequence[str] = [*dict.fromkeys(BLANK.findall(words))]
    return tuple(sorted(names, key=int) if all(map(is_number, names)) else names)


def is_number(name: str) -> bool:
    """Whether a blank is numbered. There are digits in other scripts, and above the line, that nobody fills."""
    return name.isascii() and name.isdigit()
