"""Requests that succeed, for every endpoint that takes anything: two people who are one."""

from collections.abc import Mapping

from hub.merging import actions
from hub.merging.shapes import MergeShown
from tests.contracts.companies import Company, Person
from tests.contracts.core import make_person
from tests.contracts.matrix import Example, Maker


async def make_merge(company: Company, *, assignee: str | None = None) -> MergeShown:
    """Two people of the company who are one."""
    mine, theirs = [await make_person(company, assignee_id=assignee) for _ in range(2)]
    return await actions.merge(company.act(), mine.id, theirs.id)


async def two_people(person: Person) -> Example:
    """Who are one, and nobody knows it yet."""
    mine, theirs = [await make_person(person.company) for _ in range(2)]
    return Example(
        path={"person_id": mine.id}, body={"other_id": theirs.id}, owned=frozenset({"person_id", "other_id"})
    )


async def a_merge(person: Person) -> Example:
    """Of two who are one."""
    made = await make_merge(person.company)
    return Example(path={"merge_id": made.id}, owned=frozenset({"merge_id"}))


EXAMPLES: Mapping[str, Maker] = {"merge_people": two_people, "undo_people_merge": a_merge}
