"""Which models an account has, for what, and what is wrong with them."""

from typing import Any

import pytest

from hub.minds.models import MINDS
from tests.fakes.openai.provider import KEY, MODEL
from tests.fakes.sandbox.moods import Mood
from tests.hub.minds.scene import PATH, Scene


async def test_a_model_is_set_shown_and_removed(scene: Scene) -> None:
    before = await scene.shown()
    made = await scene.sets()

    shown = await scene.shown()
    await scene.owner.does("DELETE", PATH)

    assert (before, shown, await scene.shown()) == ([], [made], [])
    assert (made["use"], made["model"], made["has_key"], made["wrong"]) == ("transcription", MODEL, True, None)


async def test_without_a_url_it_is_openai(scene: Scene) -> None:
    made = await scene.owner.does("PUT", PATH, {"key": KEY})

    assert made["url"] == "https://api.openai.com/v1"


async def test_the_key_is_sealed_and_never_shown(scene: Scene) -> None:
    made = await scene.sets()

    (stored,) = await scene.hub.deps.mongo[MINDS].find({"account": scene.owner.account}, limit=2)

    assert KEY not in str(made)
    assert KEY not in str(stored)


async def test_the_key_stays_when_only_something_else_is_changed(scene: Scene) -> None:
    await scene.sets()

    changed = await scene.sets(key=None, model="whisper-1")

    assert (changed["has_key"], changed["model"], await scene.checks()) == (True, "whisper-1", WELL)


async def test_the_key_goes_to_no_other_endpoint_than_the_one_it_was_entered_for(scene: Scene) -> None:
    await scene.sets()

    answer = await scene.owner.asks("PUT", PATH, {"url": "https://models.example.com/v1"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_mind")
    assert (await scene.shown())[0]["url"] == scene.openai.base_url


async def test_an_empty_key_is_none(scene: Scene) -> None:
    await scene.sets()

    assert (await scene.sets(key=""))["has_key"] is False


async def test_a_model_can_be_for_nothing_else(scene: Scene) -> None:
    answer = await scene.owner.asks("PUT", "/minds/telepathy", {"key": KEY})

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_such_mind")


@pytest.mark.parametrize(
    "given",
    [{"url": "ftp://models.example.com"}, {"url": "https://user:word@models.example.com/v1"}, {"key": "two words"},
     {"url": "https://models.example.com/v1?key=1"}, {"model": "two words"}, {"per_day": 0}],
)  # fmt: skip
async def test_what_could_never_be_asked_is_refused(scene: Scene, given: Any) -> None:
    answer = await scene.owner.asks("PUT", PATH, given)

    assert answer.status_code == 400


WELL = {"is_well": True, "words": "The model answers."}


async def test_a_model_that_answers_is_well(scene: Scene) -> None:
    await scene.sets()

    assert await scene.checks() == WELL
    assert [(one.model, one.type) for one in scene.openai.heard] == [(MODEL, "audio/wav")]


CASES: list[tuple[dict[str, Any], str]] = [
    ({"key": "sk-another"}, "wrong_key"),
    ({"model": "gpt-unheard-of"}, "unknown_model"),
    ({"url": "http://10.0.0.1/v1"}, "address"),
]


@pytest.mark.parametrize(("given", "code"), CASES)
async def test_what_is_wrong_is_told_and_stands_at_the_model(scene: Scene, given: dict[str, Any], code: str) -> None:
    await scene.sets(**given)

    checked = await scene.checks()

    (shown,) = await scene.shown()
    assert (checked["is_well"], shown["wrong"]["code"], shown["wrong"]["words"]) == (False, code, checked["words"])


async def test_an_endpoint_that_is_not_there_is_away(scene: Scene) -> None:
    await scene.sets()

    async with scene.openai.gone():
        await scene.checks()

    assert (await scene.shown())[0]["wrong"]["code"] == "away"


async def test_since_when_it_is_wrong_stays_until_it_is_well(scene: Scene) -> None:
    await scene.sets()
    scene.openai.moods.all.append(Mood(does="refuse", code="insufficient_quota", times=2))
    await scene.checks()
    first = (await scene.shown())[0]["wrong"]
    await scene.checks()
    second = (await scene.shown())[0]["wrong"]

    await scene.checks()

    assert (first["code"], second, (await scene.shown())[0]["wrong"]) == ("no_credit", first, None)


async def test_what_was_wrong_with_the_model_before_is_not_wrong_with_this_one(scene: Scene) -> None:
    await scene.sets(key="sk-another")
    await scene.checks()

    assert (await scene.sets())["wrong"] is None
    assert (await scene.shown())[0]["wrong"] is None


async def test_nobody_is_asked_where_there_is_no_model(scene: Scene) -> None:
    answers = [await scene.owner.asks(verb, path) for verb, path in (("DELETE", PATH), ("POST", f"{PATH}/check"))]

    assert [answer.json()["error"]["code"] for answer in answers] == ["no_such_mind"] * 2
