"""What shows whose: in lists, counts, searches, timelines and exports a conversation is whose who speaks in it."""

from collections.abc import Awaitable, Callable, Mapping

from hub.threads.happenings import Owner, OwnerChanged, OwnerKind
from hub.threads.models import THE_HUB, Thread
from hub.threads.ownership import change_owner
from tests.contracts.colleagues import OTHER, OWN, TEAM, Colleagues, Reach
from tests.contracts.core import make_thread
from tests.contracts.matrix import Example

Ask = Callable[[Thread], Example]


async def threads_of(colleagues: Colleagues) -> Mapping[str, Thread]:
    """One of each of them, in which their company is named."""
    company = colleagues.company
    made = {whose: await make_thread(company, owner=id, text=company.word) for whose, id in colleagues.ids.items()}
    await company.deps.background.settle()
    return made


def in_one(**query: str) -> Callable[[Colleagues], Awaitable[Reach]]:
    """All in one answer, told apart by the id."""

    async def make(colleagues: Colleagues) -> Reach:
        threads = await threads_of(colleagues)
        asked = {name: value.format(word=colleagues.company.word) for name, value in query.items()}
        return Reach([Example(query=asked)], {whose: thread.id for whose, thread in threads.items()})

    return make


def each(ask: Ask) -> Callable[[Colleagues], Awaitable[Reach]]:
    """One after the other."""

    async def make(colleagues: Colleagues) -> Reach:
        threads = await threads_of(colleagues)
        return Reach([ask(thread) for thread in threads.values()], {whose: one.id for whose, one in threads.items()})

    return make


async def counts(colleagues: Colleagues) -> Reach:
    """One's own by their number, those of teams by the team."""
    company, me = colleagues.company, Owner(OwnerKind.MEMBER, colleagues.ids[OWN])
    for event in (
        OwnerChanged(owner=me, why="assigned"),
        OwnerChanged(owner=Owner(), team=colleagues.team, why="assigned"),
        OwnerChanged(owner=Owner(), team=colleagues.other_team, why="assigned"),
    ):
        await change_owner(company.deps, await make_thread(company), event, THE_HUB)
    return Reach([Example()], {OWN: '"mine":1,', TEAM: colleagues.team, OTHER: colleagues.other_team})


REACHES: Mapping[str, Callable[[Colleagues], Awaitable[Reach]]] = {
    "list_threads": in_one(view="all", limit="100"),
    "count_threads": counts,
    "search_everything": in_one(q="{word}", kind="messages", limit="50"),
    "show_timeline": each(lambda thread: Example(path={"person_id": thread.person})),
    "export_thread": each(lambda thread: Example(path={"thread_id": thread.id})),
}
