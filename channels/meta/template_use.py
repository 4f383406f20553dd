"""Filling a template in, as WhatsApp takes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from channels.base import ButtonUse, TemplateUse
from channels.meta.limits import kind_of

Part = Mapping[str, Any]
# What a button is called in a template, and what it gets.
BUTTONS = {"url": ("url", "text", "text"), "reply": ("quick_reply", "payload", "payload")}
CODE = ("copy_code", "coupon_code", "coupon_code")


def template(used: TemplateUse) -> Part:
    """Its name, and all that stands in its blanks."""
    parts = [*header(used), *body(used), *map(button, used.buttons)]
    named = {"name": used.name, "language": {"code": used.language}}
    return {**named, "components": parts} if parts else named


def body(used: TemplateUse) -> Sequence[Part]:
    """The blanks of the words: by name where they have names, else in their order."""
    if not used.values:
        return []
    names = used.names if len(used.names) == len(used.values) else [""] * len(used.values)
    return [{"type": "body", "parameters": [words(*one) for one in zip(used.values, names, strict=True)]}]


def header(used: TemplateUse) -> Sequence[Part]:
    """What stands above the words: a blank of its own, a file or a place."""
    if used.header_media:
        media = used.header_media
        kind = kind_of(media) or "document"
        name = {"filename": media.name} if kind == "document" and media.name else {}
        given: Part = {"type": kind, kind: {"link": media.url, **name}}
    elif used.header_place:
        place = used.header_place
        at = {"latitude": place.latitude, "longitude": place.longitude, "name": place.name, "address": place.address}
        given = {"type": "location", "location": at}
    elif used.header:
        given = words(used.header, used.header_name)
    else:
        return []
    return [{"type": "header", "parameters": [given]}]


def words(value: str, name: str) -> Part:
    """What stands in one blank."""
    return {"type": "text", "text": value, **({"parameter_name": name} if name and not name.isdigit() else {})}


def button(used: ButtonUse) -> Part:
    """What one button gets."""
    sub_type, type, field = BUTTONS.get(used.kind, CODE)
    return {
        "type": "button",
        "sub_type": sub_type,
        "index": str(used.at),
        "parameters": [{"type": type, field: used.value}],
    }
