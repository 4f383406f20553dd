"""Requests about visitors that succeed."""

from collections.abc import Mapping

from hub.visiting import beginning
from hub.visiting.shapes import VisitWanted
from tests.contracts.companies import Person
from tests.contracts.core import make_line
from tests.contracts.matrix import Example, Maker

ORIGIN = "https://www.acme.test"


async def a_visit(person: Person) -> Example:
    """Somebody comes again to a page of the company's site. The widget's address is the same for everybody."""
    line = await make_line(person.company, "widget", values={"origins": ORIGIN})
    first = await beginning.begin(person.deps, line.id, VisitWanted(), ORIGIN)
    return Example(
        path={"line_id": line.id},
        body={"secret": first.secret},
        headers={"origin": ORIGIN},
        words=frozenset({"line_id"}),
    )


EXAMPLES: Mapping[str, Maker] = {"begin_visit": a_visit}
