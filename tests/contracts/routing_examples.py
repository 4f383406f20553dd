"""Requests that succeed: who gets a conversation, and why."""

from collections.abc import Mapping

from hub.routing import setting
from hub.routing.shapes import RoutingWanted, TeamRoutingWanted
from hub.store.ids import new_id
from hub.threads import log
from hub.threads.happenings import Offered
from hub.threads.models import THE_HUB, Draft, EntryKind, Thread
from tests.contracts.companies import Company, Person
from tests.contracts.core import make_line, make_thread
from tests.contracts.matrix import Example, Maker

TEAM = frozenset({"team_id"})
POLICY = {
    "is_on": True,
    "mode": "offer",
    "offer_seconds": 90,
    "ways": ["least_loaded"],
    "language": "required",
    "skills": "ignored",
}


async def offer(company: Company, member: str, *, owner: str = "") -> Thread:
    """A conversation that somebody is asked to take."""
    deps, thread = company.deps, await make_thread(company, owner=owner)
    now = deps.clock.now()
    event = Offered(member=member, until=now)
    thread, _ = await log.append(deps, thread, Draft(id=new_id(now), kind=EntryKind.EVENT, author=THE_HUB, event=event))
    return thread


async def a_policy(person: Person) -> Example:
    """For whatever is of no other team."""
    body = {**POLICY, "default_team_id": await person.company.team()}
    return Example(body=body, owned=frozenset({"default_team_id"}))


async def a_team(person: Person) -> Example:
    """One that has a policy of its own."""
    team = await person.company.team()
    await setting.set_team_routing(person.company.act(), team, TeamRoutingWanted(is_on=False))
    return Example(path={"team_id": team}, owned=TEAM)


async def a_policy_of_a_team(person: Person) -> Example:
    """Another one."""
    team = await a_team(person)
    return Example(path=team.path, body=POLICY, owned=TEAM)


async def a_member(person: Person) -> Example:
    """Somebody who works there."""
    return Example(path={"member_id": await person.company.member()}, owned=frozenset({"member_id"}))


async def facts_of_a_member(person: Person) -> Example:
    """Who answers on one line only."""
    member, line = await a_member(person), await make_line(person.company)
    body = {"capacity": 7, "languages": ["es"], "skills": [person.company.word], "line_ids": [line.id]}
    return Example(path=member.path, body=body, owned=member.owned | {"line_ids"})


async def away(_: Person) -> Example:
    """For a while."""
    return Example(body={"is_away": True})


async def a_thread(person: Person) -> Example:
    """Which is nobody's; everybody would be asked."""
    await setting.set_routing(person.company.act(), RoutingWanted(is_on=False))
    return Example(path={"thread_id": (await make_thread(person.company)).id}, owned=frozenset({"thread_id"}))


async def an_offer(person: Person) -> Example:
    """To whoever asks, or whom a script speaks for."""
    thread = await offer(person.company, person.member)
    body = {"member_id": person.member}
    return Example(path={"thread_id": thread.id}, body=body, owned=frozenset({"thread_id", "member_id"}))


EXAMPLES: Mapping[str, Maker] = {
    "set_routing": a_policy,
    "show_team_routing": a_team,
    "set_team_routing": a_policy_of_a_team,
    "forget_team_routing": a_team,
    "show_member_routing": a_member,
    "set_member_routing": facts_of_a_member,
    "set_my_availability": away,
    "explain_routing": a_thread,
    "accept_offer": an_offer,
    "decline_offer": an_offer,
}
