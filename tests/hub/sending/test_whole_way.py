"""The whole way of a conversation: the sandbox's webhooks come in, our answers go out, and it tells how they fare."""

import pytest

from hub.threads import log
from hub.threads.repository import list_after
from tests.fakes.sandbox.lines import Line
from tests.hub.sending.scene import PHONE, Scene, lines_address


@pytest.fixture
async def number(scene: Scene) -> Line:
    """The line's number, whose webhooks come to the hub."""
    address = await lines_address(scene.deps, scene.line)
    return scene.sandbox.connect(address, webhook=f"/in/{scene.line.id}", secret="secret", client=scene.hub.client)


async def spoken(scene: Scene) -> list[str]:
    """The words of the log, in order."""
    thread = await scene.thread()
    entries = await list_after(scene.deps.mongo, scene.account, thread.id, 0, limit=100)
    return [(await log.opened(scene.deps, entry)).text for entry in entries if entry.direction]


async def test_what_comes_five_times_in_a_wild_order_stands_in_the_log_once(scene: Scene, number: Line) -> None:
    number.is_held = True
    for text in ("One", "Two", "Three"):
        await scene.sandbox.say(PHONE, number.address, text)

    told = await number.release(batch=2, times=5)
    await scene.deps.background.settle()

    assert {answer for one in told for answer in one.answers} == {200}
    assert sorted(await spoken(scene)) == sorted(["Hello", "One", "Two", "Three"])


async def test_an_answer_whose_receipt_is_lost_goes_out_once_and_is_seen_read(scene: Scene, number: Line) -> None:
    scene.sandbox.mood("early")
    scene.sandbox.mood("hang_up")
    said = await scene.says("Yes, it is.")

    await scene.work()
    await scene.pass_time(minutes=2)
    [sent] = scene.sandbox.taken(scene.sandbox.sent[0].client_id)
    [told] = await scene.sandbox.report(sent, "read")
    await scene.deps.background.settle()

    assert told.answers == [200]
    assert scene.texts == ["Yes, it is."]
    assert await scene.state(said) == "read"


async def test_whoever_writes_stop_hears_nothing_more(scene: Scene, number: Line) -> None:
    await scene.sandbox.say(PHONE, number.address, "Stop!")
    await scene.deps.background.settle()

    verdict = await scene.asks_gate("Are you sure?")

    assert verdict["code"] == "opted_out"
