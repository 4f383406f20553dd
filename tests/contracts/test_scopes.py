"""S1, how far: whoever may see one's own only, or one's teams', sees no more. Over every endpoint whose permission can
be granted that far."""

from collections.abc import Awaitable, Callable, Mapping

import pytest

from hub.access import SCOPED, Permission, Scope
from hub.http.endpoint import Endpoint
from tests.contracts.callers import Place
from tests.contracts.clocks_reaches import REACHES as CLOCKS
from tests.contracts.colleagues import OTHER, OWN, TEAM, Colleagues, Reach
from tests.contracts.companies import Company, Person
from tests.contracts.consent_reaches import REACHES as CONSENT
from tests.contracts.examples import HOURS
from tests.contracts.files_reaches import REACHES as FILES
from tests.contracts.inbox_reaches import REACHES as INBOX
from tests.contracts.matrix import ENDPOINTS, Example, send
from tests.contracts.originals_reaches import REACHES as ORIGINALS
from tests.contracts.people_reaches import REACHES as PEOPLE
from tests.contracts.routing_reaches import REACHES as ROUTING
from tests.contracts.sending_reaches import REACHES as SENDING
from tests.contracts.templates_reaches import REACHES as TEMPLATES
from tests.contracts.threads_reaches import REACHES as THREADS

REACH: Mapping[Scope, set[str]] = {Scope.OWN: {OWN}, Scope.TEAM: {OWN, TEAM}, Scope.ALL: {OWN, TEAM, OTHER}}
ZONES = {OWN: "Asia/Kolkata", TEAM: "Europe/Paris", OTHER: "America/Lima"}
# What makes something of one's own, and shows nothing else.
ONES_OWN = {"accept_offer", "decline_offer", "keep_file", "preview_letterhead"}
REACHING = [endpoint for endpoint in ENDPOINTS if endpoint.permission in SCOPED and endpoint.id not in ONES_OWN]


async def members(colleagues: Colleagues) -> Reach:
    """All in one list."""
    return Reach([Example()], colleagues.ids)


async def each_member(colleagues: Colleagues) -> Reach:
    """One after the other."""
    return Reach([Example(path={"member_id": id}) for id in colleagues.ids.values()], colleagues.ids)


async def hours_of_each(colleagues: Colleagues) -> Reach:
    """Told apart by the zone."""
    return Reach([Example(path={"member_id": id}) for id in colleagues.ids.values()], ZONES)


async def teams(colleagues: Colleagues) -> Reach:
    """With those of their members who can be seen."""
    return Reach([Example()], {**colleagues.ids, OTHER: colleagues.other_team})


async def each_team(colleagues: Colleagues) -> Reach:
    """One after the other."""
    asked = [Example(path={"team_id": team}) for team in (colleagues.team, colleagues.other_team)]
    return Reach(asked, {**colleagues.ids, OTHER: colleagues.other_team})


async def acts(colleagues: Colleagues) -> Reach:
    """Of whom each of them was."""
    asked = [Example(), *(Example(query={"actor": id}) for id in colleagues.ids.values())]
    return Reach(asked, colleagues.ids)


REACHES: Mapping[str, Callable[[Colleagues], Awaitable[Reach]]] = {
    "list_members": members,
    "show_member": each_member,
    "show_member_hours": hours_of_each,
    "list_teams": teams,
    "show_team": each_team,
    "list_audit_entries": acts,
    "export_audit_log": acts,
    **THREADS,
    **SENDING,
    **ORIGINALS,
    **PEOPLE,
    **CLOCKS,
    **CONSENT,
    **FILES,
    **INBOX,
    **ROUTING,
    **TEMPLATES,
}
# Nobody's own: whoever may see it at all sees all of it.
EVERYBODYS = {"list_roles", "list_permissions"}


async def somebody(company: Company, role: str, team: str, whose: str) -> Person:
    """In a team, with hours, and with an entry of the own in the audit log."""
    person = await company.join(role)
    await company.place(person.member, team)
    await company.keep_hours(person.member, {**HOURS, "zone": ZONES[whose]})
    return person


async def colleagues_of(place: Place, permissions: set[Permission], scope: Scope) -> Colleagues:
    """Where the one who asks may do this, so far."""
    company = (await place.owner("colleagues")).company
    team, other_team, role = await company.team(), await company.team(), await company.role(*permissions, scope=scope)
    nothing = await company.nothing()
    people = {
        OWN: await somebody(company, role, team, OWN),
        TEAM: await somebody(company, nothing, team, TEAM),
        OTHER: await somebody(company, nothing, other_team, OTHER),
    }
    for person in people.values():
        await place.hub.client.patch("/api/v1/me", json={"name": company.name()}, headers=person.headers)
    return Colleagues(people, team, other_team)


def test_every_endpoint_of_a_permission_with_scopes_says_whose_things_it_shows() -> None:
    assert {endpoint.id for endpoint in REACHING} == REACHES.keys() | EVERYBODYS


def test_what_is_nobodys_own_is_said_to_be_so_once() -> None:
    assert not REACHES.keys() & EVERYBODYS


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("endpoint", REACHING, ids=lambda endpoint: endpoint.id)
async def test_a_permission_shows_things_as_far_as_it_reaches(place: Place, endpoint: Endpoint, scope: Scope) -> None:
    colleagues = await colleagues_of(place, {endpoint.permission, endpoint.also or endpoint.permission}, scope)
    reach = await REACHES.get(endpoint.id, everything)(colleagues)
    asking = colleagues.people[OWN]

    answers = [await send(place.hub, endpoint, example, asking.headers) for example in reach.requests]

    shown = " ".join(answer.text for answer in answers if answer.is_success)
    assert {whose for whose, mark in reach.marks.items() if mark in shown} == seen(endpoint, scope)


async def everything(_: Colleagues) -> Reach:
    """What is nobody's own."""
    return Reach([Example()], {OTHER: Permission.MEMBERS_VIEW})


def seen(endpoint: Endpoint, scope: Scope) -> set[str]:
    """Whose things are shown."""
    return {OTHER} if endpoint.id in EVERYBODYS else REACH[scope]
