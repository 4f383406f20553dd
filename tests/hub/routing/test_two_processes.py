"""Many conversations at once, several processes, repeated reactions: each is given once, to somebody who has room."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from hub.routing.models import Facts, Hold
from hub.routing.placing import place
from hub.routing.reacting import route
from hub.routing.roster import loads_of
from hub.threads import log, ownership, state
from hub.threads.happenings import OwnerKind
from hub.turns import Turns
from tests.clock import VirtualClock
from tests.hub.routing.crew import ask, hire, pass_time, turn_on
from tests.hub.threads.talk import as_member, events_of, latest, log_of, write
from tests.hubs import Hub
from tests.people import Person

# So often the queue is tried, at the most: each time one process begins as many as one account has places for.
ROUNDS = 40


class FirstTurn(Turns):
    """Something happens just after the first turn."""

    def __init__(self, happens: Callable[[], Awaitable[object]]) -> None:
        super().__init__()
        self._happens: Callable[[], Awaitable[object]] | None = happens

    @asynccontextmanager
    async def of(self, account: str) -> AsyncIterator[None]:
        """Our turn; then it happens."""
        async with super().of(account):
            yield
        happens, self._happens = self._happens, None
        if happens:
            await happens()


async def test_two_processes_route_once_and_spread_evenly_within_the_capacity(
    boss: Person, other_hub: Hub, clock: VirtualClock
) -> None:
    members = [await hire(boss, f"member{n}", capacity=20) for n in range(5)]
    await turn_on(boss)
    deps = boss.hub.deps
    threads = [await log.find_or_make(deps, boss.account, f"person{n}") for n in range(100)]

    await asyncio.gather(*(write((boss.hub, other_hub)[n % 2], thread) for n, thread in enumerate(threads)))
    await asyncio.gather(deps.background.settle(), other_hub.deps.background.settle())
    # On a slow machine some have waited too long for their turn: the queue has them, and is tried again and again.
    for _ in range(ROUNDS):
        owners = Counter([(await log.get_thread(deps, boss.account, thread.id)).owner.id for thread in threads])
        if not owners[""]:
            break
        await pass_time(boss.hub, clock, minutes=11)

    assert owners == {member.member: 20 for member in members}
    events = await deps.mongo["messages"].count({"account": boss.account, "kind": "event"}, limit=1000)
    assert events == 100


async def test_two_processes_respect_the_capacity(boss: Person, other_hub: Hub) -> None:
    ravi, lena = await hire(boss, "ravi", capacity=3), await hire(boss, "lena", capacity=4)
    await turn_on(boss)
    deps = boss.hub.deps
    threads = [await log.find_or_make(deps, boss.account, f"person{n}") for n in range(20)]

    await asyncio.gather(*(write((boss.hub, other_hub)[n % 2], thread) for n, thread in enumerate(threads)))
    await asyncio.gather(deps.background.settle(), other_hub.deps.background.settle())

    owners = Counter([(await log.get_thread(deps, boss.account, thread.id)).owner.id for thread in threads])
    assert (owners[ravi.member], owners[lena.member], owners[""]) == (3, 4, 13)


async def test_whoever_was_shut_out_this_moment_is_given_nothing_by_another_process(
    boss: Person, other_hub: Hub
) -> None:
    ravi = await hire(boss, "ravi")
    await turn_on(boss)
    known = await ask(other_hub, boss, "noor")
    await boss.does("POST", f"/members/{ravi.member}/disable")

    thread = await ask(other_hub, boss, "mia")

    facts = await boss.hub.deps.mongo["routing_members"].find_one({"_id": ravi.member})
    assert known.owner.id == ravi.member
    assert thread.owner.kind is OwnerKind.NOBODY
    assert facts and facts["held"] == []


async def test_what_is_on_the_way_and_there_already_counts_once(boss: Person, clock: VirtualClock) -> None:
    ravi, lena = await hire(boss, "ravi"), await hire(boss, "lena")
    threads = [await ask(boss.hub, boss, f"person{n}") for n in range(3)]
    for thread, member in zip(threads, (ravi, ravi, lena), strict=True):
        await ownership.take_over(boss.hub.deps, thread, as_member(member), member.member)
    soon = clock.now() + timedelta(seconds=20)
    held = [Hold(thread=id, until=soon) for id in (threads[0].id, threads[2].id, "not there yet")]
    facts = [
        Facts(id=ravi.member, account=boss.account, held=held),
        Facts(id=lena.member, account=boss.account),
    ]

    loads = await loads_of(boss.hub.deps, boss.account, facts)

    assert loads == {ravi.member: 4, lena.member: 1}


async def test_one_conversation_heard_by_two_processes_is_given_once(boss: Person, other_hub: Hub) -> None:
    await hire(boss, "ravi"), await hire(boss, "lena")
    await turn_on(boss)
    thread = await log.find_or_make(boss.hub.deps, boss.account, "mia")
    thread, entry = await write(boss.hub, thread)

    await asyncio.gather(*(route(hub.deps, thread, entry) for hub in (boss.hub, other_hub) for _ in range(5)))
    await boss.hub.deps.background.settle()

    changes = [event for event in await events_of(boss.hub, thread) if event["name"] == "owner_changed"]
    assert len(changes) == 1
    held = await boss.hub.deps.mongo["routing_members"].count({"held.thread": thread.id}, limit=9)
    assert held == 0


async def test_a_reaction_that_is_repeated_changes_nothing(boss: Person) -> None:
    await hire(boss, "ravi"), await hire(boss, "lena")
    await turn_on(boss)
    thread = await ask(boss.hub, boss, "mia")
    before = await log_of(boss.hub, thread)

    for entry in before:
        await route(boss.hub.deps, thread, entry)

    await boss.hub.deps.background.settle()
    assert await log_of(boss.hub, thread) == before


async def test_whoever_gets_free_at_the_very_moment_is_not_overlooked(boss: Person) -> None:
    ravi, deps = await hire(boss, "ravi", capacity=1), boss.hub.deps
    waiting, first = await ask(boss.hub, boss, "mia"), await ask(boss.hub, boss, "noor")
    await turn_on(boss)
    first = await ownership.take_over(deps, first, as_member(ravi), ravi.member)
    await deps.mongo["routing_waits"].delete_all({})

    async def end_first() -> None:
        await state.close(deps, first, as_member(ravi))
        await deps.background.settle()

    await place(replace(deps, turns=FirstTurn(end_first)), boss.account, waiting.id)

    assert (await latest(boss.hub, waiting)).owner.id == ravi.member
