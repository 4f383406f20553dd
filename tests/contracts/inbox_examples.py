"""Requests that succeed: views, searches, timelines, exports."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hub.inbox import saved
from hub.inbox.filters import Condition, Filter
from hub.inbox.shapes import ViewWanted
from tests.contracts.companies import Person
from tests.contracts.core import make_thread
from tests.contracts.matrix import Example, Maker

ONE = {"field": "tag", "op": "is", "values": ["vip"]}
FILTER = {"match": "and", "conditions": [ONE], "groups": [{"match": "or", "conditions": [ONE, ONE], "groups": []}]}
VIEW = frozenset({"view_id"})


async def make_view(person: Person) -> str:
    """One's own."""
    filter = Filter(conditions=[Condition(field="status", op="is", values=["open"])])
    wanted = ViewWanted(name=person.company.name(), filter=filter)
    act = person.company.act()
    act = replace(act, caller=replace(act.caller, id=person.member))
    return (await saved.make(act, wanted)).id


def wanted(person: Person) -> dict[str, Any]:
    """All that can be said of a view."""
    return {"name": person.company.name(), "filter": FILTER, "sort": "priority", "is_shared": True}


async def a_view(person: Person) -> Example:
    """One's own."""
    return Example(path={"view_id": await make_view(person)}, owned=VIEW)


async def a_new_view(person: Person) -> Example:
    """For everybody."""
    return Example(body=wanted(person))


async def a_view_to_change(person: Person) -> Example:
    """Otherwise in everything."""
    return Example(path={"view_id": await make_view(person)}, body=wanted(person), owned=VIEW)


async def words(person: Person) -> Example:
    """Of a conversation that there is."""
    await make_thread(person.company, text=f"the flat of {person.company.word}")
    await person.deps.background.settle()
    return Example(query={"q": "flat"})


async def somebodys_timeline(person: Person) -> Example:
    """Who has said something."""
    thread = await make_thread(person.company)
    return Example(path={"person_id": thread.person}, owned=frozenset({"person_id"}))


async def a_conversation(person: Person) -> Example:
    """In which something was said."""
    thread = await make_thread(person.company)
    return Example(path={"thread_id": thread.id}, owned=frozenset({"thread_id"}))


EXAMPLES: Mapping[str, Maker] = {
    "make_view": a_new_view,
    "change_view": a_view_to_change,
    "delete_view": a_view,
    "search_everything": words,
    "show_timeline": somebodys_timeline,
    "export_thread": a_conversation,
}
