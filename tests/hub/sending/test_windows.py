"""Where a provider says that its window is over, it is, whatever our clock shows."""

from channels.base import State
from hub.lines.models import Line
from tests.hub.sending.scene import Scene


async def asked(scene: Scene) -> str | None:
    """What the gate says to a text."""
    verdict = await scene.asks_gate("Still there?")
    return None if verdict["is_allowed"] else str(verdict["code"])


async def on_whatsapp(scene: Scene) -> Line:
    """They have written just now."""
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears("Hello", line=line)
    return line


async def test_after_a_no_for_its_window_the_gate_says_no_by_itself(scene: Scene) -> None:
    await on_whatsapp(scene)
    before = await asked(scene)
    scene.sandbox.mood("refuse", code="window_closed")

    said = await scene.says("Hi")
    await scene.work()

    assert (before, await scene.state(said), await asked(scene)) == (None, "failed", "window_closed")


async def test_a_status_that_says_so_later_counts_as_well(scene: Scene) -> None:
    line = await on_whatsapp(scene)
    await scene.says("Hi")
    await scene.work()

    await scene.hears_of(scene.sandbox.sent[0].id, State.FAILED, code="window_closed", line=line)

    assert await asked(scene) == "window_closed"


async def test_what_they_write_then_opens_it_again(scene: Scene) -> None:
    line = await on_whatsapp(scene)
    scene.sandbox.mood("refuse", code="window_closed")
    await scene.says("Hi")
    await scene.work()

    await scene.clock.advance(minutes=1)
    await scene.hears("Hello again", line=line)

    assert await asked(scene) is None


async def test_a_no_that_is_older_than_their_last_word_closes_nothing(scene: Scene) -> None:
    line = await on_whatsapp(scene)
    await scene.says("Hi")
    await scene.work()
    await scene.hears("Hello again", line=line)

    await scene.hears_of(scene.sandbox.sent[0].id, State.FAILED, code="window_closed", line=line)

    assert await asked(scene) is None


async def test_other_failures_leave_it_open(scene: Scene) -> None:
    await on_whatsapp(scene)
    scene.sandbox.mood("refuse", code="unreachable_number")

    await scene.says("Hi")
    await scene.work()

    assert await asked(scene) is None
