"""Requests that succeed: clocks, promises, surveys and reports."""

from collections.abc import Mapping

from tests.contracts.companies import Person
from tests.contracts.core import make_line, make_thread
from tests.contracts.matrix import Example, Maker

SPAN = {"opens": "09:00", "closes": "17:00"}
HOURS = {"zone": "Asia/Kolkata", "week": {"monday": [SPAN]}, "holidays": [{"date": "2101-08-15", "name": "Feast"}]}


async def a_thread(person: Person) -> Example:
    """In which somebody waits."""
    return Example(path={"thread_id": (await make_thread(person.company)).id}, owned=frozenset({"thread_id"}))


async def promises(person: Person) -> Example:
    """Of a team, on a line."""
    company = person.company
    promise = {
        "team_id": await company.team(),
        "line_id": (await make_line(company)).id,
        "priority": "high",
        "first_answer_minutes": 30,
        "next_answer_minutes": 60,
        "resolution_minutes": 600,
    }
    body = {"promises": [promise], "warn_percent": 75, "hours": HOURS}
    return Example(body=body, owned=frozenset({"promises.team_id", "promises.line_id"}))


async def a_question(person: Person) -> Example:
    """In the words of the company."""
    texts = [{"locale": "en", "text": f"{person.company.name()} asks how it was."}]
    return Example(body={"is_on": True, "texts": texts, "after_minutes": 30, "media": ["sms"]})


async def somebodys(person: Person) -> Example:
    """Of a team and a member."""
    query = {"team_id": await person.company.team(), "member_id": await person.company.member()}
    return Example(query=query, owned=frozenset(query))


EXAMPLES: Mapping[str, Maker] = {
    "show_thread_clocks": a_thread,
    "set_sla_policy": promises,
    "set_csat_policy": a_question,
    "report_answers": somebodys,
    "report_csat": somebodys,
}
