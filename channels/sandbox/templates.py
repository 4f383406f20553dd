"""Templates at the sandbox: which there are, handing one in, taking one away, and what it tells of them by webhook."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from channels.answers import read
from channels.base import (
    Access,
    ButtonKind,
    HeaderKind,
    Out,
    Strange,
    TemplateButton,
    TemplateDraft,
    TemplateListed,
    TemplateNews,
    TemplateParts,
    TemplateState,
    Unsure,
)
from channels.reading import Fields
from channels.sandbox.send import headers, settled
from channels.templates import blanks_of

# What it calls a state, where that is not our word.
STATES: Mapping[str, TemplateState] = {
    "pending": TemplateState.SUBMITTED,
    **{state.value: state for state in TemplateState},
}
GONE = 404


async def list_templates(out: Out, access: Access) -> Sequence[TemplateListed]:
    """All that it has, in every language; raises Refused, Unreachable or Unsure."""
    said = settled(await out("GET", place(access), headers=headers(access)))
    listed = said.values.get("templates")
    if not isinstance(listed, list):
        raise Unsure("an answer that is no list")
    return [one for one in map(template, map(Fields.of, listed)) if one]


async def create_template(out: Out, access: Access, draft: TemplateDraft) -> TemplateListed:
    """Hand it in; raises Refused, Unreachable or Unsure."""
    samples = [{"blank": one.blank, "value": one.value, "where": one.where} for one in draft.samples]
    body: dict[str, Any] = {"name": draft.name, "language": draft.language, "category": draft.category}
    body |= {**msgspec.to_builtins(draft.parts), "samples": samples}
    body |= {"header_media": draft.header_media, "replaces": draft.replaces}
    content = msgspec.json.encode({name: value for name, value in body.items() if value})
    made = template(settled(await out("POST", place(access), headers=headers(access), content=content)))
    if made is None:
        raise Unsure("an answer that is no template")
    return made


async def delete_template(out: Out, access: Access, name: str, *, language: str = "") -> None:
    """In one language, or in all; raises Refused, Unreachable or Unsure."""
    which = f"?name={quote(name, safe='')}" + (f"&language={quote(language, safe='')}" if language else "")
    answer = await out("DELETE", place(access) + which, headers=headers(access))
    if answer.status != GONE or read(answer).part("error").id("code") != "template_missing":
        settled(answer)


def template(fields: Fields) -> TemplateListed | None:
    """One of them; None for what is none."""
    name, language = fields.text("name"), fields.text("language")
    if not name or not language:
        return None
    return TemplateListed(
        id=fields.id("id"),
        name=name,
        language=language,
        category=fields.text("category"),
        state=STATES.get(fields.text("state"), TemplateState.SUBMITTED),
        quality=fields.text("quality"),
        reason=fields.text("reason"),
        parts=parts(fields),
        blanks=blanks_of(fields.text("body")),
    )


def parts(fields: Fields) -> TemplateParts:
    """What it says."""
    kind = fields.text("header_kind")
    return TemplateParts(
        body=fields.text("body"),
        header_kind=HeaderKind(kind) if kind in [*HeaderKind] else HeaderKind.NONE,
        header=fields.text("header"),
        footer=fields.text("footer"),
        buttons=tuple(button(Fields.of(one)) for one in fields.items("buttons")),
    )


def button(fields: Fields) -> TemplateButton:
    """A button, also of a kind that nobody knows."""
    kind = fields.text("kind")
    known = ButtonKind(kind) if kind in [*ButtonKind] else ButtonKind.OTHER
    return TemplateButton(kind=known, title=fields.text("title"), value=fields.text("value"))


def news(fields: Fields) -> TemplateNews | Strange:
    """What a webhook tells of one."""
    name, language = fields.id("name"), fields.id("language")
    if not name or not language:
        return Strange(kind="template_status without name or language")
    known = STATES.get(fields.text("state"))
    return TemplateNews(
        name=name,
        language=language,
        state=known.value if known else "",
        reason=fields.text("reason"),
        quality=fields.text("quality"),
        category=fields.text("category"),
    )


def place(access: Access) -> str:
    """Where templates are."""
    return access.values.get("url", "").rstrip("/") + "/v1/templates"
