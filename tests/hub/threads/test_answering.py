"""Whose a conversation of nobody is: the agent's, where one answers on the line, unless members are to take it."""

import pytest

from hub.lines.models import Line
from hub.threads import ownership, state
from hub.threads.happenings import Owner, OwnerKind
from hub.threads.models import THE_HUB
from tests.hub.lines.connected import connect
from tests.hub.threads.talk import a_thread, as_member, events_of, latest, write
from tests.people import Person


@pytest.fixture
async def line(asha: Person) -> Line:
    """A number on which the agent answers at first."""
    return await connect(asha.hub.deps, account=asha.account, answered_by="agent")


async def test_what_is_new_on_the_agents_line_is_the_agents(asha: Person, line: Line) -> None:
    thread, _ = await write(asha.hub, await a_thread(asha), line=line.id)
    await write(asha.hub, thread, line=line.id)

    assert (await latest(asha.hub, thread)).owner == Owner(OwnerKind.AGENT)
    assert [(event["name"], event["why"]) for event in await events_of(asha.hub, thread)] == [
        ("owner_changed", "routed")
    ]


async def test_on_other_lines_nobody_owns_what_is_new(asha: Person) -> None:
    line = await connect(asha.hub.deps, account=asha.account)

    thread, _ = await write(asha.hub, await a_thread(asha), line=line.id)

    assert (await latest(asha.hub, thread)).owner.kind is OwnerKind.NOBODY


async def test_what_a_member_has_is_the_members(asha: Person, line: Line) -> None:
    thread = await ownership.take_over(asha.hub.deps, await a_thread(asha), as_member(asha), asha.member)

    await write(asha.hub, thread, line=line.id)

    assert (await latest(asha.hub, thread)).owner.id == asha.member


async def test_what_was_put_to_the_members_waits_for_them_until_it_is_done(asha: Person, line: Line) -> None:
    deps = asha.hub.deps
    thread, _ = await write(asha.hub, await a_thread(asha), line=line.id)
    thread = await ownership.release(deps, await latest(asha.hub, thread), THE_HUB)

    await write(asha.hub, thread, "Hello?", line=line.id)
    waits = await latest(asha.hub, thread)
    await state.close(deps, waits, THE_HUB)
    await write(asha.hub, waits, "Another thing.", line=line.id)

    kinds = (waits.owner.kind, (await latest(asha.hub, thread)).owner.kind)
    assert kinds == (OwnerKind.NOBODY, OwnerKind.AGENT)
