"""Nobody can spend the money of a business without end by sending sounds; and what was left out can be asked for."""

from hub.transcribing.transcribing import PATIENCE
from hub.transcribing.wanting import MOST_UNASKED_BYTES, OF_PERSON
from tests.hub.transcribing.scene import Scene, voice


async def sends(scene: Scene, count: int) -> None:
    """So many voice notes at once."""
    await scene.gets(*(scene.sandbox.keep("audio/ogg", "voice.ogg", voice(str(n))) for n in range(count)))


async def test_of_one_person_so_many_are_listened_to_in_a_day(scene: Scene) -> None:
    await scene.sets()
    await sends(scene, OF_PERSON.times + 2)

    await work_through(scene)

    states = [one["state"] for one in await scene.transcripts()]
    assert (states.count("done"), states.count("failed")) == (OF_PERSON.times, 2)
    assert {one["reason"]["code"] for one in await scene.transcripts() if one["reason"]} == {"too_many"}


async def work_through(scene: Scene) -> None:
    """All of them: a worker has two places for each kind."""
    for _ in range(OF_PERSON.times):
        await scene.work()


async def test_a_long_one_is_listened_to_only_when_somebody_asks(scene: Scene) -> None:
    await scene.sets()
    await scene.gets_sound(voice() + bytes(MOST_UNASKED_BYTES))
    await scene.work()
    before = await scene.transcripts()

    await scene.asks()
    await scene.work()

    assert (before[0]["reason"]["code"], (await scene.transcripts())[0]["state"]) == ("long", "done")


async def test_what_is_more_than_a_day_has_waits_for_the_next(scene: Scene) -> None:
    await scene.sets(per_day=1)
    await sends(scene, 2)
    await scene.work()
    before = [one["state"] for one in await scene.transcripts()]

    await scene.pass_time(hours=24.1)

    assert sorted(before) == ["done", "waiting"]
    assert [one["state"] for one in await scene.transcripts()] == ["done", "done"]


async def test_what_has_waited_for_days_is_left_out(scene: Scene) -> None:
    await scene.sets(per_day=1)
    await sends(scene, 8)
    await scene.work()

    for _ in range(days := PATIENCE.days + 1):
        await scene.pass_time(hours=24.1)

    shown = await scene.transcripts()
    assert {one["state"] for one in shown} == {"done", "failed"}
    assert {one["reason"]["code"] for one in shown if one["reason"]} == {"day_full"}
    assert len(scene.openai.heard) <= 1 + days
