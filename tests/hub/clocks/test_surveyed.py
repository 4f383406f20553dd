"""Hearing how it went, while the question is still on its way."""

from typing import Any

import pytest

from hub.clocks import surveying
from hub.sending.saying import say
from hub.threads import ownership
from hub.threads.happenings import Closed, OwnerKind, SurveyAnswered, SurveyAsked
from hub.threads.state import reopen
from tests.hub.clocks.watching import ask_soon, entries_of, finish, survey, take
from tests.hub.sending.scene import Scene, work_off

QUESTION = "How was it, from 1 to 5?"


class Killed(RuntimeError):
    """Whoever was at work is gone."""


def die_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The first who comes to this step of asking comes no further."""
    real, died = getattr(surveying, name), list[str]()

    async def dying(*told: Any, **more: Any) -> Any:
        if not died:
            died.append(name)
            raise Killed(name)
        return await real(*told, **more)

    monkeypatch.setattr(surveying, name, dying)


async def surveys(scene: Scene) -> list[tuple[str, str | None]]:
    """What has become of each survey, and why."""
    found = await scene.deps.mongo["surveys"].find({"account": scene.account}, sort=[("_id", 1)], limit=9)
    return [(one["state"], one.get("skipped")) for one in found]


async def done(scene: Scene) -> None:
    """A member has spoken with them, and has closed it: they will be asked."""
    await survey(scene)
    await take(scene)
    await finish(scene)


async def test_a_number_before_the_question_is_a_message(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await done(scene)
    die_once(monkeypatch, "say")
    await ask_soon(scene)

    await scene.hears("2")

    assert scene.texts == []
    assert await entries_of(scene, SurveyAnswered) == []
    assert (await scene.thread()).status == "open"


async def test_an_answer_counts_before_it_is_known_that_they_were_asked(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await done(scene)
    die_once(monkeypatch, "asked")
    await ask_soon(scene)

    await scene.hears("5")

    assert await surveys(scene) == [("answered", None)]
    assert (await scene.thread()).status == "closed"


async def test_whoever_was_asked_is_asked_though_they_have_written_since(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await done(scene)
    die_once(monkeypatch, "asked")
    await ask_soon(scene)
    await scene.hears("Another question first")

    await ask_soon(scene)
    await finish(scene)
    await ask_soon(scene)

    assert scene.texts == [QUESTION]
    assert await surveys(scene) == [("asked", None), ("skipped", "asked_lately")]
    assert len(await entries_of(scene, SurveyAsked)) == 1


async def test_nobody_is_asked_in_what_was_just_opened_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await done(scene)
    before_say(monkeypatch, lambda thread: reopen(scene.deps, thread, scene.member))

    await ask_soon(scene)

    assert scene.texts == []
    assert await surveys(scene) == [("skipped", "reopened")]


async def test_whoever_gets_it_meanwhile_keeps_nobody_from_being_asked(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await done(scene)
    before_say(monkeypatch, lambda thread: ownership.release(scene.deps, thread, scene.member))

    await ask_soon(scene)
    early = scene.texts
    await ask_soon(scene)

    assert (early, scene.texts) == ([], [QUESTION])
    assert (await scene.thread()).owner.kind is OwnerKind.NOBODY


async def test_a_question_that_never_went_out_is_not_answered(scene: Scene) -> None:
    await done(scene)
    await scene.clock.advance(minutes=5)
    await work_off(scene.deps, surveying.KINDS)
    await ownership.release(scene.deps, await scene.thread(), scene.member)
    await scene.work()

    await scene.hears("3")

    assert scene.texts == []
    assert await entries_of(scene, SurveyAnswered) == []
    assert len(await entries_of(scene, Closed)) == 1


def before_say(monkeypatch: pytest.MonkeyPatch, happens: Any) -> None:
    """This happens just before they are asked for the first time."""
    happened = list[bool]()

    async def late(deps: Any, thread: Any, *told: Any, **more: Any) -> Any:
        if not happened:
            happened.append(True)
            await happens(thread)
        return await say(deps, thread, *told, **more)

    monkeypatch.setattr(surveying, "say", late)
