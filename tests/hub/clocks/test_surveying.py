"""Asking how it went, and hearing it."""

from typing import Any

import pytest
from msgspec.structs import replace

from hub.clocks.surveyed import hear
from hub.clocks.surveying import KINDS, plan
from hub.people.changing import change
from hub.threads import state
from hub.threads.happenings import Closed, SurveyAnswered, SurveyAsked
from hub.threads.log import opened
from hub.threads.models import THE_HUB
from tests.hub.clocks.watching import ask_soon, entries_of, finish, survey
from tests.hub.sending.dying import POINTS, When, work_dying
from tests.hub.sending.scene import Scene
from tests.hub.threads.talk import log_of

QUESTION = "How was it, from 1 to 5?"


async def asked(scene: Scene) -> None:
    """They were asked, and have not answered."""
    await survey(scene)
    await finish(scene)
    await ask_soon(scene)


async def scores(scene: Scene) -> list[int]:
    """What stands in the log."""
    found = [entry.event for entry in await entries_of(scene, SurveyAnswered)]
    return [event.score for event in found if isinstance(event, SurveyAnswered)]


async def report(scene: Scene) -> Any:
    """As the API has it."""
    await scene.comes_back()
    return await scene.owner.does("GET", "/reports/csat")


async def test_they_are_asked_once_a_member_is_done(scene: Scene) -> None:
    await survey(scene)
    await finish(scene)

    await ask_soon(scene, minutes=4)
    early = scene.texts
    await ask_soon(scene, minutes=1)

    assert (early, scene.texts) == ([], [QUESTION])
    assert len(await entries_of(scene, SurveyAsked)) == 1
    assert (await scene.thread()).status == "closed"


async def test_they_are_asked_in_their_language(scene: Scene) -> None:
    await change(scene.deps, scene.account, scene.someone.id, lambda now: replace(now, locale="de-AT"))

    await asked(scene)

    assert scene.texts == ["Wie war es, von 1 bis 5?"]


async def test_nobody_is_asked_unless_it_is_on_and_fits(scene: Scene) -> None:
    await finish(scene)
    await state.reopen(scene.deps, await scene.thread(), scene.member)
    await survey(scene, is_on=False)
    await finish(scene)
    await state.reopen(scene.deps, await scene.thread(), scene.member)
    await survey(scene, media=["email"])
    await finish(scene)

    await ask_soon(scene)

    assert scene.texts == []


async def test_nobody_is_asked_about_spam_or_what_no_member_has_closed(scene: Scene) -> None:
    await survey(scene)
    await finish(scene, why="spam")
    await state.reopen(scene.deps, await scene.thread(), scene.member)
    await state.close(scene.deps, await scene.thread(), THE_HUB)
    await scene.deps.background.settle()

    await ask_soon(scene)

    assert scene.texts == []


async def test_what_goes_on_is_not_asked_about(scene: Scene) -> None:
    await survey(scene)
    await finish(scene)
    await scene.hears("One more thing")

    await ask_soon(scene)

    assert scene.texts == []


async def test_what_was_opened_again_meanwhile_is_not_asked_about(scene: Scene) -> None:
    await survey(scene)
    await finish(scene)
    await scene.clock.advance(minutes=1)
    await state.reopen(scene.deps, await scene.thread(), scene.member)
    await state.close(scene.deps, await scene.thread(), THE_HUB)

    await ask_soon(scene)

    assert scene.texts == []


async def test_nobody_is_asked_twice_within_a_month(scene: Scene) -> None:
    await asked(scene)
    for days in (29, 2):
        await scene.hears("Hello again")
        await finish(scene)
        await ask_soon(scene)
        await scene.clock.advance(days=days)
    await scene.comes_back()
    await scene.hears("Hello again")
    await finish(scene)
    await ask_soon(scene)

    assert len(scene.texts) == 2


async def test_at_night_nobody_is_asked(scene: Scene) -> None:
    await survey(scene)
    await scene.clock.advance(hours=14)
    await finish(scene)

    await ask_soon(scene)
    at_night = scene.texts
    await scene.hears("5")
    await finish(scene)
    await ask_soon(scene, hours=12)

    assert (at_night, scene.texts) == ([], [QUESTION])
    assert await scores(scene) == []


async def test_who_lets_the_night_end_is_heard_within_the_hour(scene: Scene) -> None:
    await survey(scene)
    await scene.clock.advance(hours=14)
    await finish(scene)
    await ask_soon(scene)
    await scene.comes_back()
    await scene.owner.does("PUT", "/sending-policy", {"quiet": None, "cap": 3})

    await ask_soon(scene, minutes=61)

    assert scene.texts == [QUESTION]


async def test_whoever_wants_nothing_from_us_is_not_asked(scene: Scene) -> None:
    await survey(scene)
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")
    await finish(scene)

    await ask_soon(scene)

    assert scene.texts == []


async def test_a_score_is_recorded_and_opens_nothing(scene: Scene) -> None:
    await asked(scene)

    await scene.hears("⭐⭐⭐⭐")

    told = await report(scene)
    assert await scores(scene) == [4]
    assert (await scene.thread()).status == "closed"
    assert (told["asked"], told["answered"], told["average"], told["counts"]) == (1, 1, 4.0, [0, 0, 0, 1, 0])
    assert told["members"] == [{"member_id": scene.owner.member, "asked": 1, "answered": 1, "average": 4.0}]


async def test_a_score_with_words_is_recorded_and_leaves_it_open(scene: Scene) -> None:
    await asked(scene)

    await scene.hears("2 - nobody came")

    entry = (await entries_of(scene, SurveyAnswered))[0]
    assert await scores(scene) == [2]
    assert (await opened(scene.deps, entry)).text == "nobody came"
    assert (await scene.thread()).status == "open"


async def test_any_other_message_is_one(scene: Scene) -> None:
    await asked(scene)

    await scene.hears("Can you call me?")
    await scene.hears("5")

    assert await scores(scene) == [5]
    assert (await scene.thread()).status == "open"


async def test_only_the_first_score_counts(scene: Scene) -> None:
    await asked(scene)

    await scene.hears("5")
    await scene.hears("1")

    assert await scores(scene) == [5]
    assert (await scene.thread()).status == "open"


async def test_after_three_days_a_number_is_a_number(scene: Scene) -> None:
    await asked(scene)
    await scene.clock.advance(hours=73)

    await scene.hears("5")

    assert await scores(scene) == []
    assert (await scene.thread()).status == "open"


async def test_a_number_that_nobody_asked_for_is_a_message(scene: Scene) -> None:
    await survey(scene)

    await scene.hears("5")

    assert await scores(scene) == []


async def test_whatever_is_repeated_happens_once(scene: Scene) -> None:
    await asked(scene)
    thread = await scene.thread()
    await KINDS[0].handler(scene.deps, await the_document(scene), None)  # type: ignore[arg-type]
    await scene.hears("5")

    for entry in await log_of(scene.hub, thread):
        await plan(scene.deps, await scene.thread(), entry)
        await hear(scene.deps, await scene.thread(), entry)
    await ask_soon(scene)

    assert scene.texts == [QUESTION]
    assert (len(await entries_of(scene, SurveyAsked)), await scores(scene)) == (1, [5])
    assert len(await entries_of(scene, Closed)) == 2


@pytest.mark.parametrize(("when", "write"), POINTS)
async def test_a_worker_that_dies_over_asking_leaves_it_to_another_one(scene: Scene, when: When, write: int) -> None:
    await survey(scene)
    await finish(scene)
    await scene.clock.advance(minutes=5)

    await work_dying(scene.deps, KINDS[0], (await the_document(scene))["_id"], when, write)
    await ask_soon(scene, seconds=61)
    await ask_soon(scene, seconds=61)
    await scene.hears("5")

    assert scene.texts == [QUESTION]
    assert (len(await entries_of(scene, SurveyAsked)), await scores(scene)) == (1, [5])


async def the_document(scene: Scene) -> dict[str, Any]:
    """The work that asking was."""
    closed = (await entries_of(scene, Closed))[0]
    return {"account": scene.account, "_id": closed.id}
