"""Requests that succeed, for every endpoint about message templates. Their provider is there; what it keeps is
everybody's, so nothing of the company's own is handed in."""

import itertools
from collections.abc import Mapping
from typing import Any

import msgspec

from hub.files.actions import keep
from hub.lines.shapes import LineShown
from hub.templates import making
from hub.templates.shapes import MessageTemplateShown, MessageTemplateWanted
from tests.contracts.companies import Company, Person
from tests.contracts.core import make_line, make_person
from tests.contracts.matrix import Example, Maker
from tests.hub.files.samples import PNG

NUMBERS = itertools.count(1)
BLANKS = [
    {"key": "name", "sample": "Asha", "source": "person.name", "fallback": "there"},
    {"key": "header.who", "sample": "you"},
    {"key": "button.0", "sample": "flat-7"},
]
PARTS: dict[str, Any] = {
    "header_kind": "text",
    "header": "For {{who}}",
    "header_media": "",
    "footer": "Acme",
    "buttons": [{"kind": "url", "title": "See it", "value": "https://acme.test/{{1}}"}],
    "blanks": BLANKS,
}


async def make_whatsapp(company: Company) -> LineShown:
    """A line whose provider is there."""
    sandbox = company.outside.sandbox
    values = {"url": sandbox.url, "key": sandbox.key, "webhook_secret": "secret"}
    return await make_line(company, "sandbox_whatsapp", values=values)


async def template_wanted(company: Company, **more: Any) -> dict[str, Any]:
    """One that there is not yet."""
    line = more.pop("line_id", None) or (await make_whatsapp(company)).id
    body = f"Hello {{{{name}}}}, this is {company.word}."
    wanted = {"line_id": line, "name": f"template_{next(NUMBERS)}", "language": "en", "category": "utility"}
    return {**wanted, "body": body, **PARTS, **more}


async def make_template(company: Company, **more: Any) -> MessageTemplateShown:
    """A draft."""
    wanted = await template_wanted(company, **more)
    return await making.make(company.act(), msgspec.convert(wanted, MessageTemplateWanted))


async def with_picture(person: Person) -> dict[str, Any]:
    """A picture in the place of the words above, of which a member has kept an example."""
    company, by = person.company, f"member:{person.member}"
    file = await keep(company.deps, company.account, f"{company.name()}.png", PNG, by=by)
    return {**PARTS, "header_kind": "image", "header": "", "header_file_id": file.id, "blanks": [BLANKS[0], BLANKS[2]]}


async def a_new_template(person: Person) -> Example:
    """One that there is not yet."""
    body = await template_wanted(person.company, **await with_picture(person))
    return Example(body=body, owned=frozenset({"line_id", "header_file_id"}))


async def a_template(person: Person) -> Example:
    """A draft."""
    return Example(path={"template_id": (await make_template(person.company)).id}, owned=frozenset({"template_id"}))


async def a_template_to_hand_in(person: Person) -> Example:
    """Whose words may be known to all."""
    made = await make_template(person.company, body="Hello {{name}}, it is us.")
    return Example(path={"template_id": made.id}, owned=frozenset({"template_id"}))


async def a_template_to_change(person: Person) -> Example:
    """Other words."""
    template = await a_template(person)
    words = f"Dear {{{{name}}}}, this is {person.company.word}."
    body = {"category": "marketing", "body": words, **await with_picture(person)}
    return Example(path=template.path, body=body, owned=template.owned | {"header_file_id"})


async def some_templates(person: Person) -> Example:
    """Those of a line."""
    made = await make_template(person.company)
    query = {"line_id": made.line_id, "name": made.name, "state": "draft"}
    return Example(query=query, owned=frozenset({"line_id"}))


async def a_line_to_look_at(person: Person) -> Example:
    """One whose provider is there."""
    return Example(body={"line_id": (await make_whatsapp(person.company)).id}, owned=frozenset({"line_id"}))


async def a_preview(person: Person) -> Example:
    """For somebody."""
    template, someone = await a_template(person), await make_person(person.company)
    return Example(path=template.path, query={"person_id": someone.id}, owned=template.owned | {"person_id"})


async def a_choice(person: Person) -> Example:
    """For somebody."""
    made, someone = await make_template(person.company), await make_person(person.company)
    query = {"line_id": made.line_id, "name": made.name, "person_id": someone.id}
    return Example(query=query, owned=frozenset({"line_id", "person_id"}))


async def a_language(_: Person) -> Example:
    """Another one."""
    return Example(body={"language": "de"})


EXAMPLES: Mapping[str, Maker] = {
    "list_templates": some_templates,
    "make_template": a_new_template,
    "sync_templates": a_line_to_look_at,
    "choose_template": a_choice,
    "show_template": a_template,
    "change_template": a_template_to_change,
    "delete_template": a_template,
    "submit_template": a_template_to_hand_in,
    "preview_template": a_preview,
    "set_template_policy": a_language,
}
