"""Requests that succeed: saying something, now or later, and what becomes of it."""

from collections.abc import Mapping
from datetime import timedelta

from hub.files import actions as files
from hub.sending import scheduling
from hub.sending.models import Said, Saying, Scheduled
from hub.sending.saying import say
from hub.threads.delivering import get_at, set_delivery
from hub.threads.models import Author, AuthorKind, DeliveryState, Thread
from tests.contracts.companies import Company, Person
from tests.contracts.core import make_line, make_thread
from tests.contracts.matrix import Example, Maker
from tests.hub.files.samples import PNG

SCRIPT = Author(AuthorKind.KEY, "script")
THREAD = frozenset({"thread_id"})


async def talk(company: Company, *, owner: str = "") -> tuple[Thread, str]:
    """A conversation on a line that there is, and the line."""
    line = await make_line(company)
    return await make_thread(company, owner=owner, line=line.id), line.id


async def make_said(company: Company, *, owner: str = "") -> Said:
    """Something that was said, and waits to be sent."""
    thread, line = await talk(company, owner=owner)
    return await say(company.deps, thread, Saying(client_id=company.name(), text=company.name(), line=line), SCRIPT)


async def make_failed(company: Company, *, owner: str = "") -> Said:
    """Something that was not sent."""
    said = await make_said(company, owner=owner)
    change = {"$set": {"delivery.state": DeliveryState.FAILED}, "$unset": {"delivery.due_at": ""}}
    assert await set_delivery(company.deps, said.entry, {}, change)
    return said


async def make_scheduled(company: Company, *, owner: str = "", text: str = "") -> Scheduled:
    """Something that is to be said tomorrow."""
    thread, line = await talk(company, owner=owner)
    saying = Saying(client_id=company.name(), text=text or company.name(), line=line)
    tomorrow = company.deps.clock.now() + timedelta(days=1)
    return await scheduling.schedule(company.act(), thread, saying, tomorrow, unless_answered=False)


async def a_message(person: Person) -> Example:
    """With a picture that the conversation has already; to be said tomorrow, so that everything can stand in it."""
    company, deps = person.company, person.deps
    thread, line = await talk(company)
    file = await files.keep(deps, company.account, "a.png", PNG)
    await files.attach(deps, company.account, [file.id], thread.id, "entry")
    heard = await get_at(deps, thread, thread.heard.seq if thread.heard else 0)
    more = {
        "line_id": line,
        "mention_ids": [company.founder],
        "attachment_ids": [file.id],
        "reply_to": heard.id,
    }
    body = {
        "client_id": company.name(),
        "text": company.name(),
        "subject": company.name(),
        "cc": [company.email()],
        "bcc": [company.email()],
        "template": {"name": "welcome", "language": "en", "values": [company.name()]},
        "choices": [{"title": "Yes", "payload": "yes"}],
        "place": {"latitude": 52.5, "longitude": 13.4, "name": company.name(), "address": "Long Street 1"},
        "cards": [{"name": "Ravi", "phones": ["+12025550123"], "emails": ["ravi@example.test"], "company": "acme"}],
        "reaction": "👍",
        "seen_seq": thread.seq,
        "note": False,
        "send_at": (deps.clock.now() + timedelta(days=1)).isoformat(),
        "unless_answered": True,
        **more,
    }
    return Example(path={"thread_id": thread.id}, body=body, owned=THREAD | more.keys())


async def a_failed_message(person: Person) -> Example:
    """To be sent again."""
    return about(await make_failed(person.company))


async def a_waiting_message(person: Person) -> Example:
    """To be taken back."""
    return about(await make_said(person.company))


def about(said: Said) -> Example:
    """A request about this message."""
    path = {"thread_id": said.thread.id, "message_id": said.entry.id}
    return Example(path=path, owned=THREAD | {"message_id"})


async def a_conversation(person: Person) -> Example:
    """In which something is to be said later."""
    scheduled = await make_scheduled(person.company)
    return Example(path={"thread_id": scheduled.thread}, owned=THREAD)


async def something_later(person: Person) -> Example:
    """To be taken back."""
    scheduled = await make_scheduled(person.company)
    path = {"thread_id": scheduled.thread, "scheduled_id": scheduled.id}
    return Example(path=path, owned=frozenset(path))


async def something_later_otherwise(person: Person) -> Example:
    """Another time, and the same text: another one is for its author alone."""
    text, send_at = person.company.name(), (person.deps.clock.now() + timedelta(days=2)).isoformat()
    later = await make_scheduled(person.company, text=text)
    path = {"thread_id": later.thread, "scheduled_id": later.id}
    return Example(path=path, body={"text": text, "send_at": send_at}, owned=frozenset(path))


async def a_policy(_: Person) -> Example:
    """Long nights, and two messages."""
    return Example(body={"quiet": {"begins": "20:00", "ends": "09:00"}, "cap": 2})


async def a_line(person: Person) -> Example:
    """One that has templates."""
    line = await make_line(person.company, "sandbox_whatsapp")
    return Example(path={"line_id": line.id}, owned=frozenset({"line_id"}))


async def templates_of_a_line(person: Person) -> Example:
    """One of them."""
    line = await a_line(person)
    template = {"name": person.company.name(), "language": "en", "blanks": 1}
    return Example(path=line.path, body={"items": [template]}, owned=line.owned)


EXAMPLES: Mapping[str, Maker] = {
    "send_message": a_message,
    "check_message": a_message,
    "retry_message": a_failed_message,
    "cancel_message": a_waiting_message,
    "list_scheduled": a_conversation,
    "change_scheduled": something_later_otherwise,
    "cancel_scheduled": something_later,
    "set_sending_policy": a_policy,
    "show_line_templates": a_line,
    "set_line_templates": templates_of_a_line,
}
