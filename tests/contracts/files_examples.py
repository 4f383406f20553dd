"""Requests about files that succeed."""

from collections.abc import Mapping

from hub.files import actions
from hub.files.models import File
from tests.contracts.companies import Company, Person
from tests.contracts.matrix import Example, Maker


async def make_file(company: Company, member: str) -> File:
    """One that a member has kept, and no message has."""
    content = f"What {company.word} sends.".encode()
    return await actions.keep(company.deps, company.account, f"{company.name()}.txt", content, by=f"member:{member}")


async def a_new_file(person: Person) -> Example:
    """A text, as it comes."""
    return Example(query={"name": f"{person.company.name()}.txt"}, body="some text")


async def a_kept_file(person: Person) -> Example:
    """Of a member."""
    file = await make_file(person.company, person.member)
    return Example(path={"file_id": file.id}, owned=frozenset({"file_id"}))


async def a_link(person: Person) -> Example:
    """To a file: good for whoever has it."""
    link = await actions.link(person.deps, await make_file(person.company, person.member))
    return Example(path={"token": link.rpartition("/")[2]}, words=frozenset({"token"}))


EXAMPLES: Mapping[str, Maker] = {
    "keep_file": a_new_file,
    "show_file": a_kept_file,
    "delete_file": a_kept_file,
    "fetch_file": a_link,
}
