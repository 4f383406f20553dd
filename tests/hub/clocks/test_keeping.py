"""Clocks beside their threads: whatever is delivered twice, or by two, counts once."""

from datetime import timedelta

from msgspec.structs import replace

from hub.clocks import keeping, repository
from hub.clocks.keeping import bring_up, keep
from hub.clocks.models import Clocks, Measure
from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads import ownership
from hub.threads.happening import drafted
from hub.threads.happenings import Happening, Offered, OfferPassed, Priority, PrioritySet, Tagged
from hub.threads.log import append
from hub.threads.models import THE_HUB, Thread
from tests.hub.clocks.logs import state_of
from tests.hub.clocks.watching import clocks_of, finish, take
from tests.hub.sending.scene import Scene
from tests.hub.threads.talk import log_of
from tests.hubs import running_hub
from tests.people import join


async def stored(scene: Scene) -> Clocks | None:
    """As the database has them."""
    return await repository.find_clocks(scene.deps.mongo, scene.account, (await scene.thread()).id)


async def measures(scene: Scene) -> list[Measure]:
    """All that was measured, the first first."""
    begin, end = scene.clock.now().replace(year=2000), scene.clock.now().replace(year=2100)
    found = await repository.list_measures(scene.deps.mongo, scene.account, begin, end, None, limit=100)
    return sorted(found, key=lambda measure: measure.id)


async def a_talk(scene: Scene) -> None:
    """Asked, taken, answered, asked again, answered, done."""
    await scene.clock.advance(minutes=4)
    await take(scene)
    await scene.clock.advance(minutes=6)
    await scene.says()
    await scene.hears("And two?")
    await scene.clock.advance(minutes=5)
    await scene.says()
    await finish(scene)


async def forget(deps: Deps, scene: Scene, thread: str) -> None:
    """As if there had never been clocks here."""
    await deps.mongo[repository.CLOCKS].delete({"_id": thread, "account": scene.account})
    await deps.mongo[repository.ROUNDS].delete_all({"account": scene.account})


async def test_they_are_what_the_log_makes(scene: Scene) -> None:
    await a_talk(scene)

    clocks = await stored(scene)

    assert clocks is not None
    assert clocks.state == state_of(await log_of(scene.hub, await scene.thread()))
    assert [(one.what, one.took_ms // 60_000) for one in await measures(scene)] == [
        *[("first_answer", 10), ("first_human_answer", 10), ("next_answer", 5), ("resolution", 15)]
    ]


async def test_the_same_entries_again_change_nothing(scene: Scene) -> None:
    await a_talk(scene)
    before = await stored(scene), await measures(scene)
    thread = await scene.thread()

    for entry in await log_of(scene.hub, thread):
        await keep(scene.deps, thread, entry)

    assert (await stored(scene), await measures(scene)) == before


async def test_clocks_that_are_missing_are_made_from_the_log(scene: Scene) -> None:
    await a_talk(scene)
    before, thread = (await stored(scene), await measures(scene)), await scene.thread()
    await forget(scene.deps, scene, thread.id)

    await keep(scene.deps, thread, (await log_of(scene.hub, thread))[-1])

    assert (await stored(scene), await measures(scene)) == before


async def test_two_processes_count_everything_once(scene: Scene) -> None:
    await a_talk(scene)
    before, thread = (await stored(scene), await measures(scene)), await scene.thread()
    await forget(scene.deps, scene, thread.id)

    async with running_hub(scene.deps.settings, clock=scene.clock) as other:
        for entry in await log_of(scene.hub, thread):
            for deps in (scene.deps, other.deps):
                deps.background.start(keep(deps, thread, entry), "keep")
            await scene.deps.background.settle()
            await other.deps.background.settle()

    assert (await stored(scene), await measures(scene)) == before


async def test_whoever_dies_over_it_leaves_nothing_twice(scene: Scene) -> None:
    await a_talk(scene)
    before, thread = (await stored(scene), await measures(scene)), await scene.thread()
    await forget(scene.deps, scene, thread.id)
    read = await keeping.read_on(scene.deps, thread)
    for measure in read.measures:
        await repository.add_measure(scene.deps.mongo, measure)

    await bring_up(scene.deps, thread)

    assert (await stored(scene), await measures(scene)) == before


async def test_a_slower_one_does_not_turn_them_back(scene: Scene) -> None:
    thread = await scene.thread()
    late = await keeping.read_on(scene.deps, thread)
    await a_talk(scene)
    before = await stored(scene)

    was_stored = await keeping.store(scene.deps, late._replace(now=replace(late.now, late="warned")))

    assert not was_stored
    assert await stored(scene) == before


async def test_they_are_shown_as_they_are_at_this_moment(scene: Scene) -> None:
    await scene.clock.advance(minutes=4)
    await take(scene)
    await scene.clock.advance(minutes=3)

    shown = await clocks_of(scene)

    spent = {name: seconds for name, seconds in shown["round"]["spent"].items() if seconds}
    assert spent == {"queue_s": 240, "human_s": 180}
    assert sorted(one["clock"] for one in shown["clocks"]) == ["first_answer", "resolution"]


async def happens(scene: Scene, event: Happening) -> Thread:
    """It stands in the log."""
    thread, _ = await append(scene.deps, await scene.thread(), drafted(new_id(scene.clock.now()), THE_HUB, event))
    return thread


async def reaches(scene: Scene) -> tuple[list[str], list[str]]:
    """Who may see the thread, and who may see its clocks."""
    await scene.deps.background.settle()
    clocks = await stored(scene)
    return (await scene.thread()).reach, clocks.reach if clocks else []


async def test_whoever_is_offered_it_may_see_its_clocks_until_the_offer_is_over(scene: Scene) -> None:
    rep = (await join(scene.owner, "rep@acme.test")).member

    await happens(scene, Offered(member=rep, until=scene.clock.now() + timedelta(minutes=1)))
    offered = await reaches(scene)
    await happens(scene, OfferPassed(member=rep, why="declined"))

    assert offered == ([f"member:{rep}"], [f"member:{rep}"])
    assert await reaches(scene) == ([], [])


async def test_whoever_gets_it_while_something_else_is_reckoned_may_see_its_clocks(scene: Scene) -> None:
    await happens(scene, Tagged(put=("new",)))
    thread = await happens(scene, PrioritySet(priority=Priority.HIGH))

    await ownership.assign(scene.deps, thread, THE_HUB, member=scene.owner.member, team=None)

    assert await reaches(scene) == ([f"member:{scene.owner.member}"], [f"member:{scene.owner.member}"])


async def test_an_entry_that_its_thread_has_not_counted_is_seen_with_all_it_changes(scene: Scene) -> None:
    before = await scene.thread()
    scene.deps.declared.reactions.clear()  # type: ignore[attr-defined]
    await take(scene)

    await keep(scene.deps, before, (await log_of(scene.hub, before))[-1])

    assert await reaches(scene) == ([f"member:{scene.owner.member}"], [f"member:{scene.owner.member}"])


async def test_a_thread_of_before_does_not_hide_them_again(scene: Scene) -> None:
    before = await scene.thread()
    await take(scene)

    await bring_up(scene.deps, before)

    assert await reaches(scene) == ([f"member:{scene.owner.member}"], [f"member:{scene.owner.member}"])
