"""A member asks for the words of a sound."""

from typing import Any

from hub.files.models import FILES
from tests.fakes.openai.provider import words_in
from tests.fakes.sandbox.moods import Mood
from tests.hub.files.samples import PNG
from tests.hub.transcribing.scene import Scene, voice
from tests.people import join


async def test_a_voice_note_of_before_the_model_is_written_down_when_somebody_asks(scene: Scene) -> None:
    await scene.gets_sound(voice())
    await scene.work()
    await scene.sets()

    answer = await scene.asks()
    await scene.work()

    assert answer.json()["transcript"]["state"] == "waiting"
    assert (await scene.transcripts())[0]["text"] == words_in(voice())


async def test_one_that_was_given_up_can_be_asked_for_again(scene: Scene) -> None:
    await scene.sets()
    scene.openai.moods.all.append(Mood(does="refuse", code="invalid_value"))
    await scene.gets_sound(voice())
    await scene.work()
    before = await scene.transcripts()

    await scene.asks()
    await scene.work()

    assert [before[0]["state"], (await scene.transcripts())[0]["state"]] == ["failed", "done"]


async def test_what_is_known_is_not_asked_for_again(scene: Scene) -> None:
    await scene.sets()
    await scene.gets_sound(voice())
    await scene.work()

    answer = await scene.asks()
    await scene.work()

    assert (answer.json()["transcript"]["text"], len(scene.openai.heard)) == (words_in(voice()), 1)


async def test_without_a_model_there_is_nobody_to_ask(scene: Scene) -> None:
    await scene.gets_sound(voice())
    await scene.work()

    answer = await scene.asks()

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_mind")


async def test_a_picture_has_no_words(scene: Scene) -> None:
    await scene.sets()
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    await scene.work()

    answer = await scene.asks()

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "nothing_to_hear")


async def test_whoever_may_read_and_not_reply_cannot_ask(scene: Scene) -> None:
    await scene.sets()
    await scene.gets_sound(voice())
    await scene.work()
    id = (await scene.shown())[0]["file_id"]
    viewer = await join_with(scene, "threads.view")

    answer = await viewer.asks("POST", f"/files/{id}/transcript")

    assert answer.status_code == 403


async def join_with(scene: Scene, permission: str) -> Any:
    """A colleague who may do this alone."""
    granted = [{"permission": permission, "scope": "all"}]
    role = await scene.owner.does("POST", "/roles", {"name": "One thing", "grants": granted})
    return await join(scene.owner, "ben@acme.test", role=role["id"])


async def test_work_that_was_given_up_shows_and_can_be_begun_anew(scene: Scene) -> None:
    await scene.sets()
    await scene.gets_sound(voice())
    await scene.fetch()
    grave = {"$set": {"transcript.buried": {"at": scene.clock.now()}}, "$unset": {"transcript.due_at": ""}}
    await scene.deps.mongo[FILES].update({"account": scene.owner.account}, grave)
    before = await scene.transcripts()

    await scene.asks()
    await scene.work()

    assert (before[0]["reason"]["code"], (await scene.transcripts())[0]["state"]) == ("given_up", "done")
