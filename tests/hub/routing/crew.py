"""Members who get conversations, and people who begin them."""

from typing import Any

from msgspec.structs import replace

from channels.base import Address, IdentityKind
from hub.people.changing import change as change_person
from hub.people.finding import find_or_make as find_or_make_person
from hub.people.models import Person as Someone
from hub.routing.waiting import KINDS
from hub.threads import log
from hub.threads.models import Thread
from tests.clock import VirtualClock
from tests.hub.threads.talk import events_of, latest, work_off, write
from tests.hubs import Hub
from tests.people import Person, join

USUAL: dict[str, Any] = {"is_on": True, "ways": ["round_robin"]}


async def set_facts(boss: Person, member: Person, **facts: Any) -> None:
    """What routing goes by."""
    await boss.does("PUT", f"/members/{member.member}/routing", facts)
    await boss.hub.deps.background.settle()


async def hire(boss: Person, name: str, *, teams: tuple[str, ...] = (), **facts: Any) -> Person:
    """Somebody who may reply."""
    member = await join(boss, f"{name}@acme.test", teams=list(teams))
    if facts:
        await set_facts(boss, member, **facts)
    return member


async def turn_on(boss: Person, **policy: Any) -> None:
    """From now on it is routed."""
    await boss.does("PUT", "/routing", {**USUAL, **policy})
    await boss.hub.deps.background.settle()


async def someone(boss: Person, phone: str, **fields: Any) -> Someone:
    """A person who is about to write."""
    deps, address = boss.hub.deps, Address(kind=IdentityKind.PHONE, value=phone)
    person = await find_or_make_person(deps, boss.account, [address], name="Mia")
    return await change_person(deps, boss.account, person.id, lambda now: replace(now, **fields))


async def ask(hub: Hub, boss: Person, person: str, *, line: str = "line") -> Thread:
    """A person writes, and whatever comes of it."""
    thread = await log.find_or_make(hub.deps, boss.account, person)
    await write(hub, thread, line=line)
    return await latest(hub, thread)


async def pass_time(hub: Hub, clock: VirtualClock, **by: float) -> None:
    """And whatever is due by then is done."""
    await clock.advance(**by)
    await work_off(hub, KINDS)
    await hub.deps.background.settle()


async def last_event(hub: Hub, thread: Thread) -> Any:
    """What has happened last."""
    return (await events_of(hub, thread))[-1]
