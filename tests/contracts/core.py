"""What the examples of the conversation core are about: lines, people, conversations."""

import itertools
from typing import Any

import msgspec
from msgspec.structs import replace

from channels.base import Address, Capabilities, Content, IdentityKind, Inbound, Media, Medium
from hub.lines import actions as lines
from hub.lines.shapes import LineShown, LineWanted
from hub.people import making
from hub.people.changing import change as change_person
from hub.people.finding import find_or_make as find_or_make_person
from hub.people.models import Person as Someone
from hub.people.shapes import PersonShown, PersonWanted
from hub.store.ids import new_id
from hub.threads import log, ownership
from hub.threads.models import THE_HUB, Thread
from hub.threads.receiving import receive
from tests.contracts.companies import Company

NUMBERS = itertools.count(1)


def a_phone() -> str:
    """A number that nobody else has."""
    return f"+49301{next(NUMBERS):07}"


def line_wanted(company: Company, provider: str = "sandbox_sms", **more: Any) -> dict[str, Any]:
    """What connects a line of the sandbox."""
    values = {"url": "http://127.0.0.1:1", "key": "key", "webhook_secret": f"secret of {company.word}"}
    return {"provider": provider, "name": company.name(), "address": a_phone(), "values": values, **more}


async def make_line(company: Company, provider: str = "sandbox_sms", **more: Any) -> LineShown:
    """A line of the company."""
    wanted = msgspec.convert(line_wanted(company, provider, **more), LineWanted)
    return await lines.make_line(company.act(), wanted)


def person_wanted(company: Company, **more: Any) -> dict[str, Any]:
    """Somebody whom nobody has met."""
    identities = [{"kind": "phone", "value": a_phone()}, {"kind": "email", "value": company.email()}]
    return {"name": company.name(), "identities": identities, "source": company.word, **more}


async def make_person(company: Company, **more: Any) -> PersonShown:
    """Somebody whom the company talks with."""
    return await making.make(company.act(), msgspec.convert(person_wanted(company, **more), PersonWanted))


async def make_lead(company: Company, *, name: str = "", assignee: str | None = None) -> Someone:
    """Somebody whom the company talks with, and whose lead they are."""
    deps, account = company.deps, company.account
    address = Address(kind=IdentityKind.PHONE, value=a_phone())
    person = await find_or_make_person(deps, account, [address], name=name or company.name())
    if assignee is None:
        return person
    lead = replace(person.lead, assignee=assignee)
    return await change_person(deps, account, person.id, lambda now: replace(now, lead=lead))


async def make_thread(
    company: Company,
    *,
    person: str = "",
    text: str = "",
    owner: str = "",
    line: str = "line",
    media: tuple[Media, ...] = (),
) -> Thread:
    """A conversation in which the person has asked something, and which may be a member's."""
    deps, id = company.deps, new_id(company.deps.clock.now())
    person = person or (await make_lead(company)).id
    thread = await log.find_or_make(deps, company.account, person)
    content = Content(text=text or company.name(), media=media)
    said = Inbound(id=id, sender=(), said_at=deps.clock.now(), content=content)
    thread, _ = await receive(deps, thread, said, line=line, medium=Medium.SMS, can=Capabilities(longest_text=1600))
    return await ownership.take_over(deps, thread, THE_HUB, owner, from_other=True) if owner else thread
