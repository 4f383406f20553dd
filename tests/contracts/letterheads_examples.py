"""Requests that succeed: what stands around the words of mails."""

from collections.abc import Mapping
from typing import Any

from hub.files import actions as files
from tests.contracts.companies import Company, Person
from tests.contracts.matrix import Example, Maker
from tests.hub.files.samples import PNG


def letterhead_wanted(company: Company) -> dict[str, Any]:
    """Another one than is usual."""
    names = {"from_name": "{member}, {account}", "footer": company.name(), "accent": "#1d5790"}
    return {**names, "has_signatures": True, "is_html": True}


async def a_letterhead(person: Person) -> Example:
    """How mails are to look."""
    return Example(body=letterhead_wanted(person.company))


async def a_signature(person: Person) -> Example:
    """A name, and where to call."""
    return Example(body={"text": f"{person.company.name()}\n+49 30 1234567"})


async def a_mail_to_look_at(person: Person) -> Example:
    """With a letterhead and a signature that are not set."""
    company = person.company
    tried = {"letterhead": letterhead_wanted(company), "signature": company.name()}
    return Example(body={"text": company.name(), **tried})


async def a_logo(person: Person) -> Example:
    """A picture that was uploaded."""
    file = await files.keep(person.deps, person.company.account, "logo.png", PNG, by=f"member:{person.member}")
    return Example(body={"file_id": file.id}, owned=frozenset({"file_id"}))


EXAMPLES: Mapping[str, Maker] = {
    "set_letterhead": a_letterhead,
    "set_logo": a_logo,
    "set_signature": a_signature,
    "preview_letterhead": a_mail_to_look_at,
}
