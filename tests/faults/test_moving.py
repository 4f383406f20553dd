"""Failover under a provider that goes and comes back: `make moves` moves a thousand messages, the suite some."""

from collections import Counter
from collections.abc import Sequence
from itertools import cycle

import pytest

from hub.consent import ledger
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.threads import log
from hub.threads.models import Thread
from tests.hub.sending.conftest import *  # noqa: F403 - its scene
from tests.hub.sending.scene import Scene, make_someone
from tests.hub.sending.two_lines import Two, two_lines

IN_THE_SUITE = 60


async def thread_of(scene: Scene, phone: str) -> Thread:
    """Of somebody else who has written."""
    someone = await make_someone(scene.deps, scene.account, phone=phone)
    await ledger.note_inquiry(scene.deps, someone, scene.line.medium, scene.clock.now())
    return await log.find_or_make(scene.deps, scene.account, someone.id)


async def say_to(scene: Scene, threads: Sequence[Thread], texts: Sequence[str]) -> None:
    """One to each of them in turn."""
    for thread, text in zip(cycle(threads), texts, strict=False):
        saying = Saying(client_id=text, text=text, line=scene.line.id)
        await say(scene.deps, await log.get_thread(scene.deps, scene.account, thread.id), saying, scene.member)


@pytest.mark.slow
async def test_whatever_breaks_each_message_comes_once_over_either_line(
    scene: Scene, request: pytest.FixtureRequest
) -> None:
    number: int = request.config.getoption("--moves", default=None) or IN_THE_SUITE
    texts = [str(each) for each in range(number)]
    async with two_lines(scene) as two:
        await say_to(scene, [await thread_of(scene, f"+4930{each:07}") for each in range(number // 10)], texts)
        for mood in ("down", "hang_up", "vanish"):
            scene.sandbox.mood(mood, times=5)
        await until_sent(two, number * 3 // 10)
        async with scene.sandbox.gone():
            await until_sent(two, number * 7 // 10)

        await until_sent(two, number)

    assert Counter(two.came) == Counter(texts)
    assert scene.texts
    assert two.other.sent


async def until_sent(two: Two, most: int) -> None:
    """Time goes on until so many have come."""
    for _ in range(400):
        if len(two.came) >= most:
            return
        await two.scene.clock.advance(seconds=5)
        await two.scene.work()
