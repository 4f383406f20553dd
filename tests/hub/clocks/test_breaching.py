"""What was promised, and what is said when it is not kept."""

from typing import Any

import pytest
from msgspec import structs

from hub.accounts.hours import WEEKDAYS
from hub.clocks.breaching import KINDS, Moved, at_place, next_word
from hub.clocks.keeping import bring_up
from hub.threads.happenings import ClockBreached, Priority
from hub.threads.log import append
from hub.threads.models import Draft, Thread
from hub.threads.state import set_priority
from tests.hub.clocks.watching import clocks_of, entries_of, finish, pass_time, promise, take
from tests.hub.sending.scene import Scene, work_off
from tests.hubs import running_hub
from tests.people import code_of

HALF_AN_HOUR = {"first_answer_minutes": 30}


async def said(scene: Scene) -> list[tuple[str, bool]]:
    """Which clocks were said to be late, or soon to be."""
    found = [entry.event for entry in await entries_of(scene, ClockBreached)]
    return [(event.clock, event.is_warning) for event in found if isinstance(event, ClockBreached)]


async def asked_again(scene: Scene) -> None:
    """After an answer, by when the promise counts."""
    await scene.says()
    await finish(scene)
    await scene.hears("And now?")


async def test_it_is_warned_of_and_then_said_once(scene: Scene) -> None:
    await promise(scene, HALF_AN_HOUR)
    await asked_again(scene)

    steps = []
    for minutes in (23, 1, 5, 1, 600):
        await pass_time(scene, minutes=minutes)
        steps.append(await said(scene))

    warned, late = ("first_answer", True), ("first_answer", False)
    assert steps == [[], [warned], [warned], [warned, late], [warned, late]]


async def test_whoever_answers_in_time_has_kept_it(scene: Scene) -> None:
    await promise(scene, HALF_AN_HOUR)
    await asked_again(scene)

    await pass_time(scene, minutes=20)
    await scene.says()
    await pass_time(scene, minutes=600)

    assert await said(scene) == []


async def test_an_answer_that_only_the_log_has_counts(scene: Scene) -> None:
    await promise(scene, HALF_AN_HOUR)
    await asked_again(scene)
    scene.deps.declared.reactions.clear()  # type: ignore[attr-defined]
    await scene.clock.advance(minutes=29)
    await scene.says()

    await pass_time(scene, minutes=600)

    assert await said(scene) == []


async def test_two_workers_say_it_once(scene: Scene) -> None:
    await promise(scene, HALF_AN_HOUR)
    await asked_again(scene)
    await scene.clock.advance(minutes=31)

    async with running_hub(scene.deps.settings, clock=scene.clock) as other:
        for deps in (scene.deps, other.deps, scene.deps):
            document = {"account": scene.account, "_id": (await scene.thread()).id}
            await KINDS[0].handler(deps, document, None)  # type: ignore[arg-type]
            await deps.background.settle()

    assert await said(scene) == [("first_answer", False)]


async def word(scene: Scene) -> tuple[Thread, Draft]:
    """The conversation as it is, and what there will be to say of it."""
    thread = await scene.thread()
    clocks = await bring_up(scene.deps, thread)
    await scene.clock.advance(minutes=31)
    draft = next_word(clocks, scene.clock.now())
    assert draft is not None
    return thread, draft


async def test_an_answer_that_comes_at_the_same_moment_counts(scene: Scene) -> None:
    await promise(scene, HALF_AN_HOUR)
    await asked_again(scene)
    thread, draft = await word(scene)
    await scene.says()

    with pytest.raises(Moved):
        await append(scene.deps, thread, draft, check=at_place(thread.seq))

    assert await said(scene) == []


async def test_whoever_repeats_it_says_nothing_more(scene: Scene) -> None:
    await promise(scene, HALF_AN_HOUR)
    await asked_again(scene)
    thread, draft = await word(scene)

    for id in ("first", "second"):
        await append(scene.deps, thread, structs.replace(draft, id=id))

    assert await said(scene) == [("first_answer", False)]


async def test_who_has_no_promise_is_never_late(scene: Scene) -> None:
    await promise(scene)
    await asked_again(scene)

    await pass_time(scene, days=30)

    assert await said(scene) == []
    assert (await clocks_of_later(scene))["clocks"][0]["due_at"] is None


async def clocks_of_later(scene: Scene) -> Any:
    """Long after the owner has signed in."""
    await scene.comes_back()
    return await clocks_of(scene)


async def test_the_first_promise_that_fits_counts(scene: Scene) -> None:
    await promise(
        scene,
        {"priority": "urgent", "first_answer_minutes": 5},
        {"line_id": scene.line.id, "first_answer_minutes": 60},
        {"first_answer_minutes": 1},
    )
    await asked_again(scene)

    usual = (await clocks_of(scene))["clocks"]
    await set_priority(scene.deps, await scene.thread(), scene.member, Priority.URGENT)
    await scene.deps.background.settle()
    urgent = (await clocks_of(scene))["clocks"]

    assert [one["due_at"][11:16] for one in (*usual, *urgent) if one["due_at"]] == ["10:00", "09:05"]


async def test_time_counts_while_the_business_is_open(scene: Scene) -> None:
    spans = [{"opens": "09:00", "closes": "11:00"}]
    hours = {"zone": "Europe/Berlin", "week": dict.fromkeys(WEEKDAYS, spans)}
    await promise(scene, {"first_answer_minutes": 90}, hours=hours)
    await asked_again(scene)

    due_at = (await clocks_of(scene))["clocks"][1]["due_at"]

    # It was 10:00 in Berlin: one hour today, half an hour tomorrow.
    assert due_at == "2054-03-03T08:30:00Z"


async def test_the_end_may_be_promised_too_and_is_late_after_answers(scene: Scene) -> None:
    await promise(scene, {"resolution_minutes": 60})
    await asked_again(scene)
    await scene.says()

    await pass_time(scene, minutes=61)

    assert await said(scene) == [("resolution", False)]
    assert (await scene.thread()).priority == "normal"


async def test_what_is_late_stands_in_a_list_until_it_is_answered(scene: Scene) -> None:
    await promise(scene, HALF_AN_HOUR)
    await asked_again(scene)
    path, lists = "/sla?state=", []

    for by in ({"minutes": 25}, {"minutes": 6}):
        await pass_time(scene, **by)
        await scene.comes_back()
        found = [(await scene.owner.does("GET", path + state))["items"] for state in ("warned", "breached")]
        lists.append([len(items) for items in found])
    await scene.says()

    assert lists == [[1, 0], [0, 1]]
    assert (await scene.owner.does("GET", "/sla"))["items"] == []


async def test_another_promise_counts_when_the_old_time_is_over(scene: Scene) -> None:
    await promise(scene, HALF_AN_HOUR)
    await asked_again(scene)
    await promise(scene, {"first_answer_minutes": 120})

    await pass_time(scene, minutes=60)
    early = await said(scene)
    await pass_time(scene, minutes=61)

    assert (early, await said(scene)) == ([], [("first_answer", False)])


async def test_promises_about_what_is_not_there_are_refused(scene: Scene) -> None:
    for named in ({"team_id": "none"}, {"line_id": "none"}):
        refused = await scene.owner.asks("PUT", "/sla-policy", {"promises": [named]})

        assert code_of(refused)[0] == 404


async def test_a_thread_with_nothing_to_do_is_not_looked_at(scene: Scene) -> None:
    await promise(scene, HALF_AN_HOUR)
    await asked_again(scene)
    await take(scene)
    await finish(scene)

    await scene.clock.advance(days=1)
    await work_off(scene.deps, KINDS)

    assert await said(scene) == []
