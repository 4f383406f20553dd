"""The parts of a template, as Meta lists them and as it wants them."""

from collections.abc import Mapping, Sequence
from typing import Any

from channels.base import ButtonKind, HeaderKind, TemplateButton, TemplateDraft, TemplateParts
from channels.reading import Fields
from channels.templates import BLANK, blanks_of, is_number

Part = Mapping[str, Any]
HEADERS = {
    "TEXT": HeaderKind.TEXT,
    "IMAGE": HeaderKind.IMAGE,
    "VIDEO": HeaderKind.VIDEO,
    "DOCUMENT": HeaderKind.DOCUMENT,
    "LOCATION": HeaderKind.PLACE,
}
BUTTONS = {
    "QUICK_REPLY": ButtonKind.REPLY,
    "URL": ButtonKind.URL,
    "PHONE_NUMBER": ButtonKind.PHONE,
    "COPY_CODE": ButtonKind.CODE,
}
# Where the thing stands that a button has.
VALUES = {ButtonKind.URL: "url", ButtonKind.PHONE: "phone_number", ButtonKind.CODE: "example"}


def parts(components: Sequence[Fields]) -> TemplateParts:
    """What a template says, as it is listed."""
    named = {one.text("type").upper(): one for one in components}
    nothing = Fields({})
    header = named.get("HEADER", nothing)
    return TemplateParts(
        header_kind=HEADERS.get(header.text("format").upper(), HeaderKind.NONE),
        header=header.text("text"),
        body=named.get("BODY", nothing).text("text"),
        footer=named.get("FOOTER", nothing).text("text"),
        buttons=tuple(button(Fields.of(one)) for one in named.get("BUTTONS", nothing).items("buttons")),
    )


def button(one: Fields) -> TemplateButton:
    """One of its buttons."""
    kind = BUTTONS.get(one.text("type").upper(), ButtonKind.OTHER)
    values = [value for value in one.items(VALUES.get(kind, "")) if isinstance(value, str)]
    return TemplateButton(kind=kind, title=one.text("text"), value=next(iter(values), ""))


def components(draft: TemplateDraft) -> list[Part]:
    """The same as Meta wants it, with an example for each blank."""
    said = draft.parts
    footer: list[Part] = [{"type": "FOOTER", "text": said.footer}] if said.footer else []
    buttons = [button_wanted(draft, at, one) for at, one in enumerate(said.buttons)]
    above = [header_wanted(draft)] if said.header_kind else []
    below: list[Part] = [{"type": "BUTTONS", "buttons": buttons}] if buttons else []
    body = {"type": "BODY", "text": said.body, **example(draft, "body", said.body)}
    return [*above, body, *footer, *below]


def header_wanted(draft: TemplateDraft) -> Part:
    """What stands above the words; of a file, an example that was uploaded."""
    said = draft.parts
    kind = next(name for name, kind in HEADERS.items() if kind is said.header_kind)
    if said.header_kind is HeaderKind.TEXT:
        return {"type": "HEADER", "format": kind, "text": said.header, **example(draft, "header", said.header)}
    shown = {"example": {"header_handle": [draft.header_media]}} if draft.header_media else {}
    return {"type": "HEADER", "format": kind, **shown}


def example(draft: TemplateDraft, where: str, words: str) -> Part:
    """What may stand in the blanks of these words."""
    samples = {one.blank: one.value for one in draft.samples if one.where == where}
    blanks = blanks_of(words)
    if not blanks:
        return {}
    if not all(map(is_number, blanks)):
        named = [{"param_name": blank, "example": samples.get(blank, "")} for blank in blanks]
        return {"example": {f"{where}_text_named_params": named}}
    values = [samples.get(blank, "") for blank in blanks]
    # Of the body there may be several examples, of which this is the only one.
    return {"example": {f"{where}_text": [values] if where == "body" else values}}


def button_wanted(draft: TemplateDraft, at: int, one: TemplateButton) -> Part:
    """A button, and the URL as it may be once its blank is filled."""
    kind = next((name for name, kind in BUTTONS.items() if kind is one.kind), one.kind.upper())
    if one.kind is ButtonKind.CODE:
        return {"type": kind, "example": one.value}
    value = {VALUES[one.kind]: one.value} if one.kind in VALUES else {}
    shown = [filled(one.value, sample.value) for sample in draft.samples if sample.where == str(at)]
    return {"type": kind, "text": one.title, **value, **({"example": shown} if shown else {})}


def filled(url: str, end: str) -> str:
    """The URL with this in its blank."""
    return BLANK.sub(end.replace("\\", r"\\"), url)
