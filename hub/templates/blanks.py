"""The blanks of a template: which there are, by what they are filled, and the words once they are. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from channels.base import ButtonKind, ButtonUse, HeaderKind, TemplateButton, TemplateParts, TemplateUse
from channels.templates import BLANK, blanks_of
from hub.templates.errors import NoSuchBlank
from hub.templates.models import Blank, Words

HEADER, BUTTON = "header.", "button."
# Spaces, and signs that only join or control others.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
# Letters by their kind, of which nothing is drawn: fillers of Hangul and of Braille.
EMPTY = "\u115f\u1160\u2800\u3164\uffa0"
SPACES = re.compile(r"\s+")

WITH_FILE = frozenset({HeaderKind.IMAGE, HeaderKind.VIDEO, HeaderKind.DOCUMENT})

Values = Mapping[str, str]


def keys_of(parts: TemplateParts) -> list[str]:
    """All blanks, those of the body first and in the order in which they are filled."""
    header = blanks_of(parts.header) if parts.header_kind is HeaderKind.TEXT else ()
    buttons = [n for n, button in enumerate(parts.buttons) if is_filled(button)]
    return [*blanks_of(parts.body), *(f"{HEADER}{name}" for name in header), *(f"{BUTTON}{n}" for n in buttons)]


def is_filled(button: TemplateButton) -> bool:
    """Whether it gets something of each message's own: what its URL ends with, or the code, of which the template has
    an example only."""
    return button.kind is ButtonKind.CODE or (button.kind is ButtonKind.URL and BLANK.search(button.value) is not None)


def button_of(parts: TemplateParts, key: str) -> TemplateButton:
    """The one that a key of a button's blank stands for."""
    return parts.buttons[int(key.removeprefix(BUTTON))]


def blank_in(button: TemplateButton) -> str:
    """What the blank in it is called; empty where there is none."""
    return next(iter(blanks_of(button.value)), "")


def example_of(parts: TemplateParts, key: str) -> str:
    """The code that the template itself has, which goes out where there is no other; of any other blank nothing."""
    if not key.startswith(BUTTON):
        return ""
    button = button_of(parts, key)
    return button.value if button.kind is ButtonKind.CODE and not blank_in(button) else ""


def of_body(keys: Sequence[str]) -> list[str]:
    """Those that stand in the body."""
    return [key for key in keys if not key.startswith((HEADER, BUTTON))]


def with_known(parts: TemplateParts, known: Sequence[Blank]) -> list[Blank]:
    """A blank for each that the words have; what was said of them last counts."""
    by_key = {blank.key: blank for blank in known}
    return [by_key.get(key) or Blank(key=key) for key in keys_of(parts)]


def name_of(key: str) -> str:
    """What a blank is called in the words."""
    return key.removeprefix(HEADER)


def one_line(text: str) -> str:
    """As providers take a value: without line breaks, and without spaces in a row. What nobody would see is nothing."""
    return SPACES.sub(" ", text).strip() if any(map(is_seen, text)) else ""


def is_seen(letter: str) -> bool:
    """Whether it leaves a mark. Whatever is too new to be known here, such as an emoji, does."""
    return unicodedata.category(letter) not in UNSEEN and letter not in EMPTY


def filled(words: Words, given: Values, known: Values) -> dict[str, str]:
    """What comes into each blank: what the author says, else what is known of the person, else the fallback, else the
    template's own code. Empty where there is none of them: the gate says no to that."""
    return {blank.key: filling(blank, given, known) or example_of(words.parts, blank.key) for blank in words.blanks}


def filling(blank: Blank, given: Values, known: Values) -> str:
    """What comes into one."""
    return one_line(given.get(blank.key, "")) or known_for(blank, known) or one_line(blank.fallback)


def known_for(blank: Blank, known: Values) -> str:
    """What is known: of what its source names, or else of whatever is called as the blank is."""
    name = name_of(blank.key)
    sources = (blank.source,) if blank.source else (f"person.{name}", f"attribute.{name}", name.replace("_", ".", 1))
    return next((value for source in sources if (value := one_line(known.get(source, "")))), "")


def said(parts: TemplateParts, values: Values) -> str:
    """The words as people read them, with the header above and the footer below."""
    header = put_in(parts.header, values, HEADER) if parts.header_kind is HeaderKind.TEXT else ""
    return "\n\n".join(part for part in (header, put_in(parts.body, values), parts.footer) if part)


def put_in(text: str, values: Values, prefix: str = "") -> str:
    """A text with its blanks filled; one of which nothing is known stays to be seen."""
    return BLANK.sub(lambda found: values.get(f"{prefix}{found[1]}") or found[0], text)


def asked(name: str, language: str, values: Sequence[str] | Values) -> TemplateUse:
    """A template, as somebody asks for it: in an empty language it is the person's; with values in their order, or by
    the keys of the blanks, of which some may be left out."""
    if not isinstance(values, Mapping):
        return TemplateUse(name=name, language=language, values=tuple(values))
    return TemplateUse(name=name, language=language, names=tuple(values), values=tuple(values.values()))


def given_in(used: TemplateUse, keys: Sequence[str]) -> dict[str, str]:
    """What the author has said, by the keys of the blanks: by these, or in their order. Raises NoSuchBlank."""
    body = of_body(keys)
    if strange := [name for name in used.names if name not in keys]:
        raise NoSuchBlank(f"The template {used.name!r} has no blank {strange[0]}.", blanks=list(keys))
    if not used.names and len(used.values) > len(body):
        words = f"The template {used.name!r} has {len(body)} blanks, and {len(used.values)} were filled."
        raise NoSuchBlank(words, blanks=list(keys))
    beside = {f"{BUTTON}{button.at}": button.value for button in used.buttons}
    beside |= {key: used.header for key in keys if key.startswith(HEADER) and used.header}
    return {**beside, **dict(zip(used.names or body, used.values, strict=False))}


def as_used(used: TemplateUse, words: Words, values: Values, language: str) -> TemplateUse:
    """The template as its provider needs it."""
    keys = keys_of(words.parts)
    body, header = of_body(keys), [key for key in keys if key.startswith(HEADER)]
    return replace(
        used,
        language=language,
        values=tuple(values[key] for key in body),
        names=tuple(body),
        header=values[header[0]] if header else "",
        header_name=name_of(header[0]) if header else "",
        buttons=tuple(button_use(words.parts, key, values[key]) for key in keys if key.startswith(BUTTON)),
    )


def button_use(parts: TemplateParts, key: str, value: str) -> ButtonUse:
    """What one button gets."""
    button, at = button_of(parts, key), int(key.removeprefix(BUTTON))
    return ButtonUse(at=at, kind="url" if button.kind is ButtonKind.URL else "code", value=value, name=blank_in(button))


def button_shown(button: TemplateButton, value: str) -> TemplateButton:
    """The same button as people get it; where nothing is known for its blank, that stays to be seen."""
    if button.kind is ButtonKind.CODE:
        return replace(button, value=value or button.value)
    return replace(button, value=BLANK.sub(lambda found: value or found[0], button.value))
