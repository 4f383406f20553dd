"""Clocks beside their threads: whatever is delivered twice, or by two, counts once."""

from msgspec.structs import replace

from hub.clocks import keeping, repository
from hub.clocks.keeping import bring_up, keep
from hub.clocks.models import Clocks, Measure
from hub.deps import Deps
from tests.hub.clocks.logs import state_of
from tests.hub.clocks.watching import clocks_of, finish, take
from tests.hub.sending.scene import Scene
from tests.hub.threads.talk import log_of
from tests.hubs import running_hub


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
