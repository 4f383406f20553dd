"""A member who does not answer loses the conversation, where the account has said so."""

from hub.threads import ownership
from hub.threads.happenings import Owner, OwnerChanged, OwnerKind
from hub.threads.models import THE_HUB, Thread
from hub.threads.silence import KINDS
from hub.work import repository as work
from tests.clock import VirtualClock
from tests.hub.threads.talk import answer, as_member, events_of, latest, work_off, write
from tests.people import Person


async def taken(asha: Person, thread: Thread, minutes: int | None = 30) -> Thread:
    """A conversation of a member, in an account that waits so long."""
    await asha.does("PUT", "/thread-policy", {"release_after_minutes": minutes})
    after = await ownership.take_over(asha.hub.deps, thread, as_member(asha), asha.member)
    await asha.hub.deps.background.settle()
    return after


async def pass_time(asha: Person, clock: VirtualClock, minutes: float) -> None:
    """And whatever is due by then is done."""
    await clock.advance(minutes=minutes)
    await work_off(asha.hub, KINDS)


async def test_whoever_does_not_answer_loses_it(asha: Person, thread: Thread, clock: VirtualClock) -> None:
    thread = await taken(asha, thread)
    await write(asha.hub, thread)
    await asha.hub.deps.background.settle()

    await pass_time(asha, clock, 29)
    kept = await latest(asha.hub, thread)
    await pass_time(asha, clock, 2)

    lost = await latest(asha.hub, thread)
    assert (kept.owner.id, lost.owner.kind) == (asha.member, "nobody")
    assert (await events_of(asha.hub, thread))[-1]["why"] == "silence"


async def test_whoever_answers_keeps_it_and_the_next_question_has_its_own_time(
    asha: Person, thread: Thread, clock: VirtualClock
) -> None:
    thread = await taken(asha, thread)
    await pass_time(asha, clock, 20)
    await answer(asha.hub.deps, thread, as_member(asha))
    await write(asha.hub, thread)
    await asha.hub.deps.background.settle()

    await pass_time(asha, clock, 29)
    kept = await latest(asha.hub, thread)
    await pass_time(asha, clock, 2)

    assert (kept.owner.id, (await latest(asha.hub, thread)).owner.kind) == (asha.member, "nobody")


async def test_more_questions_do_not_put_it_off(asha: Person, thread: Thread, clock: VirtualClock) -> None:
    thread = await taken(asha, thread)
    await pass_time(asha, clock, 20)
    await write(asha.hub, thread, "Hello?")
    await asha.hub.deps.background.settle()

    await pass_time(asha, clock, 11)

    assert (await latest(asha.hub, thread)).owner.kind == "nobody"


async def test_whoever_gets_it_late_has_the_whole_time(asha: Person, thread: Thread, clock: VirtualClock) -> None:
    thread = await taken(asha, thread)
    await pass_time(asha, clock, 20)
    other = OwnerChanged(owner=Owner(OwnerKind.MEMBER, "ravi"), why="assigned")
    await ownership.change_owner(asha.hub.deps, thread, other, THE_HUB)
    await asha.hub.deps.background.settle()

    await pass_time(asha, clock, 29)
    kept = await latest(asha.hub, thread)
    await pass_time(asha, clock, 2)

    assert (kept.owner.id, (await latest(asha.hub, thread)).owner.kind) == ("ravi", "nobody")


async def test_nobody_loses_anything_unless_the_account_has_said_so(
    asha: Person, thread: Thread, clock: VirtualClock
) -> None:
    thread = await taken(asha, thread, minutes=None)
    assert await asha.does("GET", "/thread-policy") == {"release_after_minutes": None}

    await pass_time(asha, clock, 10_000)

    assert (await latest(asha.hub, thread)).owner.id == asha.member


async def test_what_the_account_says_later_counts_at_once(asha: Person, thread: Thread, clock: VirtualClock) -> None:
    thread = await taken(asha, thread)
    await asha.does("PUT", "/thread-policy", {"release_after_minutes": None})

    await pass_time(asha, clock, 31)

    assert (await latest(asha.hub, thread)).owner.id == asha.member


async def test_a_wait_that_begins_while_the_last_one_ends_is_not_forgotten(
    asha: Person, thread: Thread, clock: VirtualClock
) -> None:
    deps, kind = asha.hub.deps, KINDS[0]
    thread = await taken(asha, thread)
    thread, _ = await answer(deps, thread, as_member(asha))
    await clock.advance(minutes=31)
    seen = await work.find(deps.mongo, kind, thread.id)
    lease = seen and await work.claim(deps.mongo, kind, seen, token="ours", now=clock.now())
    assert lease

    await write(asha.hub, thread)
    await deps.background.settle()
    await work.finish(deps.mongo, lease)
    await pass_time(asha, clock, 31)

    assert (await latest(asha.hub, thread)).owner.kind == "nobody"
