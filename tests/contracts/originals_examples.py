"""Requests about mails as they came that succeed."""

from collections.abc import Mapping

from hub.files.models import File
from hub.originals.links import link_to_part
from hub.threads.models import Entry
from tests.contracts.companies import Company, Person
from tests.contracts.matrix import Example, Maker
from tests.hub.originals.mails import html, kept, mail, picture, png, received

LARGE = png(noise=b"x" * 100_000)


def whole(text: str) -> bytes:
    """A page with a picture."""
    return mail(html(f'<p>{text}</p><img src="cid:logo">'), picture("logo", LARGE), kind="related")


async def make_mail(company: Company, text: str = "") -> Entry:
    """From somebody new."""
    return await received(company.deps, company.account, whole(text or company.name()), name=company.name())


async def make_original(company: Company) -> File:
    """A mail that is kept."""
    return await kept(company.deps, company.account, whole(company.name()))


def about(entry: Entry) -> Example:
    """The mail that this message came as."""
    path = {"thread_id": entry.thread, "message_id": entry.id}
    return Example(path=path, owned=frozenset(path))


async def a_mail(person: Person) -> Example:
    """With a page."""
    return about(await make_mail(person.company))


async def a_picture(person: Person) -> Example:
    """That came along with a mail: good for whoever has the link."""
    file = await make_original(person.company)
    link = await link_to_part(person.deps, file.account, file.id, 1)
    return Example(path={"token": link.rpartition("/")[2]}, words=frozenset({"token"}))


EXAMPLES: Mapping[str, Maker] = {
    "show_original": a_mail,
    "show_picture": a_picture,
}
