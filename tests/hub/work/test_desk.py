"""What a desk does with one piece of work, and with many."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from hub.deps import Deps
from hub.errors import Unprocessable
from hub.settings import Settings
from hub.store.mongo import Document
from hub.work import repository
from hub.work.attempt import backoff
from hub.work.desk import Desk
from hub.work.kinds import Hopeless, Later, Lease
from tests.clock import VirtualClock
from tests.hub.work.chores import CHORES, Done, add, chore, hub_with, stored


class WillNotWork(Unprocessable):
    code = "will_not_work"


async def fail(deps: Deps, document: Document, lease: Lease) -> None:
    raise WillNotWork("The other side refuses.")


async def forever(deps: Deps, document: Document, lease: Lease) -> None:
    await asyncio.Event().wait()


async def test_done_work_is_due_no_more(settings: Settings) -> None:
    done = Done()
    async with hub_with(settings, chore(done.note)) as hub:
        desk = Desk(hub.deps, chore(done.note))
        await add(hub, "one")

        await desk.offer("one")
        await desk.close(timeout_s=5)

        assert done.ids == ["one"]
        assert await stored(hub, "one") == {"_id": "one", "account": "acme"}


async def test_work_that_is_due_later_is_left_alone(settings: Settings, clock: VirtualClock) -> None:
    done = Done()
    async with hub_with(settings, chore(done.note), clock) as hub:
        desk = Desk(hub.deps, chore(done.note))
        await add(hub, "one", due_at=clock.now() + timedelta(seconds=1))

        await desk.offer("one")
        await desk.sweep()
        await desk.close(timeout_s=5)

        assert done.ids == []


async def test_of_many_claims_at_once_exactly_one_succeeds(settings: Settings, clock: VirtualClock) -> None:
    kind = chore(forever)
    async with hub_with(settings, kind, clock) as hub:
        await add(hub, "one")
        seen = await stored(hub, "one")

        taken = await asyncio.gather(
            *(repository.claim(hub.deps.mongo, kind, seen, token=str(n), now=clock.now()) for n in range(50))
        )

        assert len([lease for lease in taken if lease]) == 1


async def test_a_failure_puts_work_off_by_a_growing_pause(settings: Settings, clock: VirtualClock) -> None:
    kind = chore(fail, backoff=timedelta(seconds=10))
    async with hub_with(settings, kind, clock) as hub:
        await add(hub, "one")

        await sweep_once(hub.deps, kind)

        left = await stored(hub, "one")
        assert left["attempts"] == 1
        assert timedelta(seconds=8) <= left["due_at"] - clock.now() <= timedelta(seconds=12)


def test_the_pause_grows_to_the_longest_and_no_further() -> None:
    kind = chore(fail, backoff=timedelta(seconds=10), backoff_most=timedelta(seconds=60))

    pauses = [backoff(kind, attempt).total_seconds() for attempt in (1, 2, 3, 4, 40)]

    assert [pytest.approx(pause, rel=0.2) for pause in (10, 20, 40, 60, 60)] == pauses


async def test_too_many_failures_bury_it_with_the_reason(settings: Settings, clock: VirtualClock) -> None:
    kind = chore(fail, attempts=2)
    async with hub_with(settings, kind, clock) as hub:
        await add(hub, "one")

        for _ in range(2):
            await sweep_once(hub.deps, kind)
            await clock.advance(minutes=1)

        left = await stored(hub, "one")
        assert "due_at" not in left
        assert left["buried"] == {
            "at": clock.now() - timedelta(minutes=1),
            "reason": "The other side refuses.",
            "attempts": 2,
        }


async def test_hopeless_work_is_buried_at_once(settings: Settings) -> None:
    async def give_up(deps: Deps, document: Document, lease: Lease) -> None:
        raise Hopeless("The number does not exist.")

    async with hub_with(settings, chore(give_up)) as hub:
        await add(hub, "one")

        await sweep_once(hub.deps, chore(give_up))

        assert (await stored(hub, "one"))["buried"]["reason"] == "The number does not exist."


async def test_the_words_of_a_foreign_exception_are_not_stored(settings: Settings) -> None:
    async def stumble(deps: Deps, document: Document, lease: Lease) -> None:
        raise ValueError("invalid phone +491701234567")

    async with hub_with(settings, chore(stumble, attempts=1)) as hub:
        await add(hub, "one")

        await sweep_once(hub.deps, chore(stumble, attempts=1))

        assert (await stored(hub, "one"))["buried"]["reason"] == "ValueError; the log tells where"


async def test_later_is_no_failure(settings: Settings, clock: VirtualClock) -> None:
    async def not_now(deps: Deps, document: Document, lease: Lease) -> None:
        raise Later(deps.clock.now() + timedelta(hours=3))

    async with hub_with(settings, chore(not_now), clock) as hub:
        await add(hub, "one")

        await sweep_once(hub.deps, chore(not_now))

        left = await stored(hub, "one")
        assert (left["attempts"], left["due_at"]) == (0, clock.now() + timedelta(hours=3))


async def test_work_that_kills_its_worker_is_buried_in_the_end(settings: Settings, clock: VirtualClock) -> None:
    done = Done()
    kind = chore(done.note)
    async with hub_with(settings, kind, clock) as hub:
        await add(hub, "one")
        for _ in range(kind.attempts):
            await repository.claim(hub.deps.mongo, kind, await stored(hub, "one"), token="dead", now=clock.now())
            await clock.advance(minutes=1)

        await sweep_once(hub.deps, kind)

        assert done.ids == []
        assert (await stored(hub, "one"))["buried"]["reason"] == "begun 3 times, never ended"


async def test_a_dead_workers_claim_runs_out_and_another_takes_it_up(settings: Settings, clock: VirtualClock) -> None:
    done = Done()
    kind = chore(done.note)
    async with hub_with(settings, kind, clock) as hub:
        await add(hub, "one")
        await repository.claim(hub.deps.mongo, kind, await stored(hub, "one"), token="dead", now=clock.now())

        await sweep_once(hub.deps, kind)
        before = list(done.ids)
        await clock.advance(seconds=31)
        await sweep_once(hub.deps, kind)

        assert (before, done.ids) == ([], ["one"])


async def test_long_work_keeps_its_claim(settings: Settings, clock: VirtualClock) -> None:
    kind = chore(forever)
    async with hub_with(settings, kind, clock) as hub:
        await add(hub, "one")
        desk, other = Desk(hub.deps, kind), Desk(hub.deps, kind)
        await desk.offer("one")

        for _ in range(20):
            await pass_time(clock, seconds=10)
            await other.sweep()

        assert (await stored(hub, "one"))["attempts"] == 1
        await desk.close(timeout_s=0)


async def test_work_made_due_again_meanwhile_is_taken_from_its_holder(settings: Settings, clock: VirtualClock) -> None:
    kind = chore(forever)
    async with hub_with(settings, kind, clock) as hub:
        await add(hub, "one")
        desk = Desk(hub.deps, kind)
        await desk.offer("one")
        await hub.deps.mongo[CHORES].update({"_id": "one"}, {"$set": {"due_at": clock.now()}})

        await pass_time(clock, seconds=11)
        await desk.close(timeout_s=1)

        assert (await stored(hub, "one"))["due_at"] == clock.now() - timedelta(seconds=11)


async def test_what_becomes_due_again_meanwhile_is_done_again(settings: Settings, clock: VirtualClock) -> None:
    ran: list[str] = []

    async def touched_at_first(deps: Deps, document: Document, lease: Lease) -> None:
        ran.append(lease.id)
        if len(ran) == 1:
            await deps.mongo[CHORES].update({"_id": lease.id}, {"$set": {"due_at": deps.clock.now()}})

    async with hub_with(settings, chore(touched_at_first), clock) as hub:
        await add(hub, "one")

        for _ in range(2):
            await sweep_once(hub.deps, chore(touched_at_first))

        assert ran == ["one", "one"]
        assert "due_at" not in await stored(hub, "one")


async def test_a_renewal_in_flight_does_not_lose_the_settling(settings: Settings, clock: VirtualClock) -> None:
    async def ends_as_it_is_renewed(deps: Deps, document: Document, lease: Lease) -> None:
        await deps.clock.sleep(10)

    kind = chore(ends_as_it_is_renewed, slots=100)
    async with hub_with(settings, kind, clock) as hub:
        for n in range(20):
            await add(hub, f"chore-{n}", account=f"account-{n}")
        desk = Desk(hub.deps, kind)
        await desk.sweep()

        await pass_time(clock, seconds=10)
        await desk.close(timeout_s=5)

        left = [await stored(hub, f"chore-{n}") for n in range(20)]
        assert [work for work in left if "due_at" in work] == []


async def test_what_is_cut_off_at_the_end_is_handed_back_at_once(settings: Settings, clock: VirtualClock) -> None:
    async with hub_with(settings, chore(forever), clock) as hub:
        await add(hub, "one")
        desk = Desk(hub.deps, chore(forever))
        await desk.offer("one")

        await desk.close(timeout_s=0.05)

        left = await stored(hub, "one")
        assert (left["due_at"], left["attempts"]) == (clock.now(), 0)


async def test_one_accounts_flood_leaves_places_for_another(settings: Settings) -> None:
    begun: list[str] = []

    async def hold(deps: Deps, document: Document, lease: Lease) -> None:
        begun.append(lease.account)
        await asyncio.Event().wait()

    kind = chore(hold, slots=8)
    async with hub_with(settings, kind) as hub:
        desk = Desk(hub.deps, kind)
        for n in range(30):
            await add(hub, f"flood-{n}", account="loud")
        await desk.sweep()
        await add(hub, "reply", account="quiet")

        await desk.offer("reply")
        await asyncio.sleep(0)

        assert Counter(begun) == {"loud": 4, "quiet": 1}
        await desk.close(timeout_s=0)


async def test_a_backlog_is_worked_off_without_waiting_for_the_next_sweep(settings: Settings) -> None:
    done = Done()
    kind = chore(done.note, slots=4)
    async with hub_with(settings, kind) as hub:
        for n in range(100):
            await add(hub, f"chore-{n}", account=f"account-{n % 3}")
        desk = Desk(hub.deps, kind)

        await desk.sweep()
        await done.wait_for(100)

        assert len(set(done.ids)) == 100
        await desk.close(timeout_s=5)


async def test_two_desks_never_do_the_same_work(settings: Settings) -> None:
    done = Done()
    kind = chore(done.note, slots=4)
    async with hub_with(settings, kind) as hub:
        for n in range(60):
            await add(hub, f"chore-{n}")
        desks = [Desk(hub.deps, kind) for _ in range(3)]

        await asyncio.gather(*(desk.sweep() for desk in desks))
        await done.wait_for(60)
        await asyncio.gather(*(desk.close(timeout_s=5) for desk in desks))

        assert sorted(done.ids) == sorted(set(done.ids))


async def sweep_once(deps: Deps, kind: object) -> None:
    """Begin what is due now, and wait for it."""
    desk = Desk(deps, kind)  # type: ignore[arg-type]
    await desk.sweep()
    await desk.close(timeout_s=5)


async def pass_time(clock: VirtualClock, **by: float) -> None:
    """Move the clock, and let what it woke reach the database and come back."""
    await clock.advance(**by)
    await asyncio.sleep(0.05)


async def test_work_made_due_again_while_it_runs_never_runs_twice_at_once(settings: Settings) -> None:
    running, most, finished = 0, 0, 0

    async def turn(deps: Deps, document: Document, lease: Lease) -> None:
        nonlocal running, most, finished
        running += 1
        most = max(most, running)
        try:
            await asyncio.sleep(0.2)
            finished += 1
        finally:
            running -= 1

    kind = chore(turn)
    async with hub_with(settings, kind) as hub:
        await add(hub, "one")
        desk = Desk(hub.deps, kind)
        for _ in range(12):
            await hub.deps.mongo[CHORES].update({"_id": "one"}, {"$set": {"due_at": hub.deps.clock.now()}})
            await desk.offer("one")
            await asyncio.sleep(0.02)
        await desk.close(timeout_s=5)

        left = await stored(hub, "one")
        assert (most, "buried" in left) == (1, False)
        assert finished == 1 or left["due_at"] <= hub.deps.clock.now()


async def test_work_made_due_again_while_it_is_being_claimed_is_begun_once_at_a_time(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = Counter[str]()
    claim, claimed, answered = repository.claim, asyncio.Event(), asyncio.Event()

    async def turn(deps: Deps, document: Document, lease: Lease) -> None:
        running.update(["at all", "now"])
        running["most"] = max(running["most"], running["now"])
        try:
            await asyncio.sleep(0.1)
        finally:
            running["now"] -= 1

    async def answer_late(*args: object, **named: object) -> Lease | None:
        lease = await claim(*args, **named)  # type: ignore[arg-type]
        claimed.set()
        await answered.wait()
        return lease

    kind = chore(turn)
    async with hub_with(settings, kind) as hub:
        await add(hub, "one")
        desk = Desk(hub.deps, kind)
        monkeypatch.setattr(repository, "claim", answer_late)
        first = asyncio.create_task(desk.offer("one"))
        await claimed.wait()
        await hub.deps.mongo[CHORES].update({"_id": "one"}, {"$set": {"due_at": hub.deps.clock.now()}})
        second = asyncio.create_task(desk.offer("one"))
        await asyncio.sleep(0.1)
        answered.set()
        await asyncio.gather(first, second)
        await asyncio.sleep(0.5)
        await desk.close(timeout_s=5)

        assert (running["most"], "due_at" in await stored(hub, "one")) == (1, False)


async def test_what_was_seen_before_it_was_begun_does_not_cut_it_off(settings: Settings) -> None:
    done = Done()

    async def slow(deps: Deps, document: Document, lease: Lease) -> None:
        await asyncio.sleep(0.2)
        await done.note(deps, document, lease)

    kind = chore(slow)
    async with hub_with(settings, kind) as hub:
        await add(hub, "one")
        desk = Desk(hub.deps, kind)

        seen_by_a_slow_look = await stored(hub, "one")
        await desk.offer("one")
        await desk._begin(seen_by_a_slow_look)
        await desk.close(timeout_s=5)

        assert done.ids == ["one"]


async def test_a_lasting_backlog_keeps_no_sweep_waiting(settings: Settings) -> None:
    done = Done()
    kind = chore(done.note, slots=2)
    async with hub_with(settings, kind) as hub:
        for n in range(200):
            await add(hub, f"chore-{n}", account=f"account-{n % 20}")
        desk = Desk(hub.deps, kind)

        await desk.sweep()
        begun_by_the_sweep = len(done.ids)
        await done.wait_for(200)

        assert begun_by_the_sweep <= 2
        await desk.close(timeout_s=5)


async def test_a_closed_desk_holds_no_claim(settings: Settings) -> None:
    done = Done()
    kind = chore(done.note, slots=4)
    async with hub_with(settings, kind) as hub:
        for n in range(60):
            await add(hub, f"chore-{n}", account=f"account-{n % 7}")
        desk = Desk(hub.deps, kind)
        await desk.sweep()

        await desk.close(timeout_s=5)

        left = [await stored(hub, f"chore-{n}") for n in range(60)]
        assert [work["_id"] for work in left if work.get("due_at", hub.deps.clock.now()) > hub.deps.clock.now()] == []
