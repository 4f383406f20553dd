"""Requests that succeed: ending the mails that somebody gets, by the link in one of them."""

from collections.abc import Mapping

from hub.sending.models import Saying
from hub.sending.saying import say
from hub.unsubscribing.links import link_for
from tests.contracts.companies import Person
from tests.contracts.core import make_line, make_person, make_thread
from tests.contracts.matrix import Example, Maker
from tests.contracts.sending_examples import SCRIPT


async def a_link(person: Person) -> Example:
    """Out of a mail to somebody: good for whoever has it."""
    company = person.company
    line = await make_line(company, "sandbox_email", address=company.email())
    thread = await make_thread(company, person=(await make_person(company)).id, line=line.id)
    saying = Saying(client_id=company.name(), text=company.name(), subject=company.name(), line=line.id)
    said = await say(company.deps, thread, saying, SCRIPT)
    token = (await link_for(company.deps, said.entry)).rpartition("/")[2]
    return Example(path={"token": token}, words=frozenset({"token"}))


async def a_click(person: Person) -> Example:
    """As mail programs send it."""
    link = await a_link(person)
    return Example(path=link.path, body="List-Unsubscribe=One-Click", words=link.words)


EXAMPLES: Mapping[str, Maker] = {
    "unsubscribe_page": a_link,
    "unsubscribe": a_click,
    "resubscribe": a_link,
    "show_subscription": a_link,
}
