"""What goes out as several messages: one after the other, and none of them twice."""

import pytest

from hub.sending.delivery import KINDS as DELIVERY
from tests.hub.sending.dying import When, work_dying
from tests.hub.sending.scene import Scene


def media_of(scene: Scene) -> list[int]:
    """How many files each message had that the provider has taken."""
    return [len(sent.body.get("media", [])) for sent in scene.sandbox.sent]


async def test_files_go_one_by_one_where_the_channel_does_not_mix_them(scene: Scene) -> None:
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=line)
    files = [await scene.keep(f"{name}.png") for name in ("a", "b")]
    said = await scene.says("Look", files=tuple(files))

    await scene.work()

    sent = [(one.text, len(one.body.get("media", []))) for one in scene.sandbox.sent]
    assert sent == [("Look", 0), ("", 1), ("", 1)]
    assert [part.state.value for part in (await scene.delivery(said)).parts] == ["sent", "sent", "sent"]


async def test_of_a_message_in_parts_only_what_was_not_taken_is_sent_again(scene: Scene) -> None:
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=line)
    said = await scene.says("Look", files=(await scene.keep("a.png"),))
    await work_dying(scene.deps, DELIVERY[0], said.entry.id, "after", 2)
    before = [part.state.value for part in (await scene.delivery(said)).parts]

    await scene.pass_time(seconds=61)

    assert before == ["sent", "queued"]
    assert media_of(scene) == [0, 1]
    assert await scene.state(said) == "sent"


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_worker_that_dies_before_it_has_written_how_a_part_fares_has_sent_it_once(
    scene: Scene, when: When
) -> None:
    """R5: that the provider calls it so is known by then, and no reason to take it for another one."""
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=line)
    scene.sandbox.mood("forget", times=None)
    said = await scene.says("Look", files=(await scene.keep("a.png"),))

    await work_dying(scene.deps, DELIVERY[0], said.entry.id, when, 1, into="sent_parts")
    for _ in range(3):
        await scene.pass_time(seconds=61)

    assert media_of(scene) == [0, 1]
    assert await scene.state(said) == "sent"
