"""Requests about lines that succeed."""

from collections.abc import Mapping
from typing import Any

from tests.contracts.companies import Person
from tests.contracts.core import a_phone, line_wanted, make_line
from tests.contracts.matrix import Example, Maker


async def a_new_line(person: Person) -> Example:
    """A number that the account does not have yet."""
    more: dict[str, Any] = {"team_id": await person.company.team(), "answered_by": "agent", "per_second": 5.5}
    return Example(body=line_wanted(person.company, **more), owned=frozenset({"team_id"}))


async def a_line(person: Person) -> Example:
    """One that is connected."""
    return Example(path={"line_id": (await make_line(person.company)).id}, owned=frozenset({"line_id"}))


async def a_line_to_change(person: Person) -> Example:
    """Another name, another credential."""
    line = await a_line(person)
    change: dict[str, Any] = {"name": person.company.name(), "values": {"key": "another"}, "answered_by": "nobody"}
    change |= {"per_second": 2.5, "shows_read": False}
    return Example(path=line.path, body=change, owned=line.owned)


async def a_line_for_a_team(person: Person) -> Example:
    """A team that is asked first."""
    line = await a_line(person)
    return Example(path=line.path, body={"team_id": await person.company.team()}, owned=line.owned | {"team_id"})


async def a_line_with_another(person: Person) -> Example:
    """One that messages go over while it is down."""
    line, second = await a_line(person), await make_line(person.company)
    return Example(path=line.path, body={"line_id": second.id}, owned=line.owned)


async def a_line_to_test(person: Person) -> Example:
    """Its provider is away, which the answer says."""
    line = await a_line(person)
    return Example(path=line.path, body={"to": a_phone()}, owned=line.owned)


EXAMPLES: Mapping[str, Maker] = {
    "make_line": a_new_line,
    "show_line": a_line,
    "show_line_health": a_line,
    "change_line": a_line_to_change,
    "set_line_team": a_line_for_a_team,
    "set_second_line": a_line_with_another,
    "pause_line": a_line,
    "resume_line": a_line,
    "remove_line": a_line,
    "test_line": a_line_to_test,
    "check_line": a_line,
    "point_line": a_line,
}
