"""WhatsApp's templates at Meta: which there are, handing in new ones, and taking them away."""

from collections.abc import Mapping, Sequence
from typing import Any

from channels.base import (
    Access,
    HeaderKind,
    Out,
    Refused,
    TemplateDraft,
    TemplateListed,
    TemplateState,
    Unsure,
)
from channels.meta.components import components, parts
from channels.meta.failures import FAILURES
from channels.meta.graph import ask
from channels.meta.standing import STATES, quality_of, reason_of
from channels.reading import Fields
from channels.templates import TemplateParts, blanks_of, is_number

FIELDS = "id,name,language,category,status,quality_score,rejected_reason,parameter_format,components"
A_PAGE, MOST_PAGES = 100, 100
TEMPLATES = "message_templates"


async def list_templates(out: Out, access: Access, name: str = "") -> Sequence[TemplateListed]:
    """All that the account has, or all of one name; raises Refused, Unreachable or Unsure. A line that was connected
    without its account has none."""
    if not access.values.get("waba_id"):
        return []
    account, found, after = account_of(access), list[TemplateListed](), ""
    for _ in range(MOST_PAGES):
        query = {"fields": FIELDS, "limit": str(A_PAGE), "name": name, "after": after}
        page = await ask(out, access, "GET", account, TEMPLATES, query={k: v for k, v in query.items() if v})
        found += map(listed, map(Fields.of, page.items("data")))
        after = page.part("paging").part("cursors").text("after")
        if not after or not page.part("paging").text("next"):
            # The name is searched for as a part of names.
            return [one for one in found if name in ("", one.name)]
    raise Unsure("more templates than any account may have")


async def create_template(out: Out, access: Access, draft: TemplateDraft) -> TemplateListed:
    """Hand it in to be looked at. Meta may count it among others than was said. What was rejected is changed where it
    is: for four weeks Meta takes no name and language again that were deleted."""
    about: Mapping[str, Any] = {"category": draft.category.upper(), "components": components(draft)}
    if draft.replaces:
        await ask(out, access, "POST", draft.replaces, body=about)
        return as_made(draft, draft.replaces, Fields({}))
    named = {"name": draft.name, "language": draft.language}
    format = "POSITIONAL" if is_numbered(draft.parts) else "NAMED"
    asked = {**named, **about, "parameter_format": format}
    made = await ask(out, access, "POST", account_of(access), TEMPLATES, body=asked)
    if not made.id("id"):
        raise Unsure("a yes that names no template")
    return as_made(draft, made.id("id"), made)


def as_made(draft: TemplateDraft, id: str, made: Fields) -> TemplateListed:
    """As Meta has it now, as far as it says so."""
    return TemplateListed(
        id=id,
        name=draft.name,
        language=draft.language,
        category=made.text("category").lower() or draft.category,
        state=STATES.get(made.text("status"), TemplateState.SUBMITTED),
        parts=draft.parts,
        blanks=blanks_of(draft.parts.body),
    )


async def delete_template(out: Out, access: Access, name: str, *, language: str = "") -> None:
    """In one language, or in all; that it is not there is no error."""
    account = account_of(access)
    there = [one for one in await list_templates(out, access, name) if language in ("", one.language)]
    queries = [{"name": name, "hsm_id": one.id} for one in there] if language else [{"name": name}] * bool(there)
    for query in queries:
        await ask(out, access, "DELETE", account, TEMPLATES, query=query)


def account_of(access: Access) -> str:
    """Whose templates they are: those of all numbers of a WhatsApp Business account."""
    account = access.values.get("waba_id", "")
    if not account:
        raise Refused(FAILURES["no_account"])
    return account


def listed(one: Fields) -> TemplateListed:
    """A template that is there. What is in no state that we know may not be used."""
    said = parts([Fields.of(component) for component in one.items("components")])
    return TemplateListed(
        id=one.id("id"),
        name=one.text("name"),
        language=one.text("language"),
        category=one.text("category").lower(),
        state=STATES.get(one.text("status"), TemplateState.DISABLED),
        quality=quality_of(one.part("quality_score").text("score")),
        reason=reason_of(one.text("rejected_reason")),
        parts=said,
        blanks=blanks_of(said.body),
    )


def is_numbered(said: TemplateParts) -> bool:
    """Whether its blanks have numbers, and no names."""
    header = said.header if said.header_kind is HeaderKind.TEXT else ""
    return all(is_number(blank) for blank in blanks_of(f"{said.body} {header}"))
