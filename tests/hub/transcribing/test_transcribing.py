"""What somebody says aloud stands in the conversation as words."""

import asyncio

import pytest

from hub.files.models import FILES
from hub.inbox import repository
from hub.inbox.indexing import make_findable
from hub.inbox.models import Findable
from hub.store.mongo import Mongo
from hub.transcribing.transcribing import KINDS, PATIENCE
from hub.work.desk import Desk
from tests.fakes.openai.provider import words_in
from tests.fakes.sandbox.moods import Does, Mood
from tests.hub.files.samples import PDF
from tests.hub.intake.webhooks import only_thread
from tests.hub.sending.dying import When, work_dying
from tests.hub.threads.talk import log_of
from tests.hub.transcribing.scene import PATH, Scene, voice

DONE = {"state": "done", "text": words_in(voice()), "language": "en", "reason": None}
WAITING = {"state": "waiting", "text": None, "language": None, "reason": None}


async def test_a_voice_note_is_read_where_it_stands(scene: Scene) -> None:
    await scene.sets()
    await scene.gets_sound(voice())
    await scene.fetch()
    before, rev = await scene.transcripts(), await scene.rev()

    await scene.work()

    assert (before, await scene.transcripts()) == ([WAITING], [DONE])
    assert await scene.rev() > rev
    assert [one.content for one in scene.openai.heard] == [voice()]


async def test_the_words_are_sealed(scene: Scene) -> None:
    await scene.sets()
    await scene.gets_sound(voice())

    await scene.work()

    (stored,) = await scene.deps.mongo[FILES].find({"account": scene.owner.account}, limit=2)
    assert words_in(voice()) not in str(stored)
    assert stored["transcript"]["seconds"] == 1


async def test_without_a_model_nothing_is_said_of_it(scene: Scene) -> None:
    await scene.gets_sound(voice())

    await scene.work()

    assert await scene.transcripts() == [None]


async def test_what_is_no_sound_is_not_listened_to(scene: Scene) -> None:
    await scene.sets()
    await scene.gets(scene.sandbox.keep("audio/ogg", "voice.ogg", PDF))

    await scene.work()

    assert (await scene.transcripts(), scene.openai.heard) == ([None], [])


async def test_a_sound_in_which_nobody_speaks_has_no_words(scene: Scene) -> None:
    await scene.sets()
    scene.openai.words_in = lambda content: ""
    await scene.gets_sound(voice())

    await scene.work()

    assert await scene.transcripts() == [{**DONE, "text": ""}]


PASSING: list[tuple[Does, str]] = [
    ("down", ""), ("vanish", ""), ("hang_up", ""), ("nonsense", ""), ("refuse", "invalid_api_key"),
    ("refuse", "insufficient_quota"), ("refuse", "server_error"), ("refuse", "rate_limit_exceeded"),
]  # fmt: skip


@pytest.mark.parametrize(("does", "code"), PASSING)
async def test_what_may_pass_is_tried_again_and_stands_at_the_model_meanwhile(
    scene: Scene, does: Does, code: str
) -> None:
    await scene.sets()
    scene.openai.moods.all.append(Mood(does=does, code=code))
    await scene.gets_sound(voice())
    await scene.work()
    before, wrong = await scene.transcripts(), await scene.wrong()

    await scene.pass_time(seconds=10)

    assert (before, await scene.transcripts()) == ([WAITING], [DONE])
    assert (bool(wrong), await scene.wrong()) == (True, None)


async def test_an_endpoint_is_left_alone_for_as_long_as_it_wants(scene: Scene) -> None:
    await scene.sets()
    scene.openai.moods.all.append(Mood(does="refuse", code="rate_limit_exceeded", wait_s=600))
    await scene.gets_sound(voice())
    await scene.work()
    await scene.pass_time(seconds=590)
    before = await scene.transcripts()

    await scene.pass_time(seconds=20)

    assert (before, await scene.transcripts()) == ([WAITING], [DONE])


@pytest.mark.parametrize(("code", "reason"), [("invalid_value", "unreadable"), ("too_large", "too_large")])
async def test_what_the_model_cannot_read_is_given_up_at_once(scene: Scene, code: str, reason: str) -> None:
    await scene.sets()
    scene.openai.moods.all.append(Mood(does="refuse", code=code))
    await scene.gets_sound(voice())

    await scene.work()
    await scene.pass_time(hours=2)

    (shown,) = await scene.transcripts()
    assert (shown["state"], shown["reason"]["code"], scene.openai.heard) == ("failed", reason, [])
    assert await scene.wrong() is None


@pytest.mark.parametrize(
    ("does", "code", "reason"), [("down", "", "unreachable"), ("refuse", "invalid_api_key", "refused")]
)
async def test_what_does_not_pass_is_given_up_and_screens_say_why(
    scene: Scene, does: Does, code: str, reason: str
) -> None:
    await scene.sets()
    scene.openai.moods.all.append(Mood(does=does, code=code, times=None))
    await scene.gets_sound(voice())
    await scene.work()

    await scene.pass_time(seconds=PATIENCE.total_seconds())

    (shown,) = await scene.transcripts()
    assert (shown["state"], shown["text"], shown["reason"]["code"]) == ("failed", None, reason)


async def test_a_model_that_was_removed_meanwhile_is_asked_nothing(scene: Scene) -> None:
    await scene.sets()
    await scene.gets_sound(voice())
    await scene.fetch()
    await scene.owner.does("DELETE", PATH)

    await scene.work()

    assert ((await scene.transcripts())[0]["reason"]["code"], scene.openai.heard) == ("no_model", [])


async def test_two_workers_ask_once(scene: Scene) -> None:
    await scene.sets()
    await scene.gets_sound(voice())
    await scene.fetch()
    desks = [Desk(scene.deps, *KINDS) for _ in range(2)]

    await asyncio.gather(*(desk.sweep() for desk in desks))
    await asyncio.gather(*(desk.close(timeout_s=10) for desk in desks))

    assert (await scene.transcripts(), len(scene.openai.heard)) == ([DONE], 1)


@pytest.mark.parametrize(("when", "heard"), [("before", 2), ("after", 1)])
async def test_a_worker_that_dies_over_writing_it_down_leaves_it_to_the_next(
    scene: Scene, when: When, heard: int
) -> None:
    await scene.sets()
    await scene.gets_sound(voice())
    await scene.fetch()
    (file,) = await scene.deps.mongo[FILES].find({"account": scene.owner.account}, limit=2)
    await work_dying(scene.deps, KINDS[0], file["_id"], when, 1)

    await scene.pass_time(minutes=3)

    assert (await scene.transcripts(), len(scene.openai.heard)) == ([DONE], heard)


async def test_a_conversation_is_found_by_what_was_said_aloud_in_it(scene: Scene) -> None:
    await scene.sets()
    scene.openai.words_in = lambda content: "The greenhouse is leaking again."
    await scene.gets_sound(voice())
    before = await scene.search("greenhouse")

    await scene.work()

    (hit,) = await scene.search("greenhouse")
    assert (before, "greenhouse is leaking" in hit["snippet"]) == ([], True)


async def test_words_that_are_heard_while_the_message_is_indexed_again_are_not_lost(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.sets()
    scene.openai.words_in = lambda content: "The greenhouse is leaking again."
    await scene.gets_sound(voice())
    await scene.fetch()
    store, was_read = repository.make_findable, asyncio.Event()

    async def store_late(mongo: Mongo, findable: Findable) -> None:
        if not was_read.is_set():
            was_read.set()
            await scene.work()
        await store(mongo, findable)

    monkeypatch.setattr(repository, "make_findable", store_late)
    thread = await only_thread(scene.deps, scene.owner.account)
    for entry in await log_of(scene.hub, thread):
        await make_findable(scene.deps, thread, entry)

    assert len(await scene.search("greenhouse")) == 1
