"""A line that has more to send than it may at once: it goes as fast as it may, and nobody else waits for it."""

import asyncio

from hub.consent import ledger
from hub.lines.repository import change_line
from hub.sending.delivery import KINDS as DELIVERY
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.threads import log
from hub.threads.models import Author
from hub.work.desk import Desk
from tests.hub.sending.scene import AGENT, Scene, make_someone


async def queue(scene: Scene, number: int, author: Author) -> None:
    """So many people are written to, over a line that takes one message a second."""
    await change_line(scene.deps.mongo, scene.account, scene.line.id, per_second=1)
    for text in map(str, range(number)):
        someone = await make_someone(scene.deps, scene.account, phone=f"+49301{text:0>6}")
        await ledger.note_inquiry(scene.deps, someone, scene.line.medium, scene.clock.now())
        thread = await log.find_or_make(scene.deps, scene.account, someone.id)
        await say(scene.deps, thread, Saying(client_id=text, text=text, line=scene.line.id), author)


async def test_what_is_too_much_at_once_goes_as_fast_as_the_line_may(scene: Scene) -> None:
    await queue(scene, 20, scene.member)
    for _ in range(3):
        await scene.work()

    counts = [len(scene.texts)]
    for _ in range(19):
        await scene.pass_time(seconds=1)
        counts.append(len(scene.texts))

    assert counts == [*range(1, 21)]
    assert len({*scene.texts}) == 20


async def test_a_reply_on_another_line_waits_for_none_of_them(scene: Scene) -> None:
    """Though all of them are older, and more than one account has places for."""
    other = await scene.connect("sandbox_sms")
    await scene.hears(line=other)
    await queue(scene, 20, scene.member)
    await scene.says("At once", line=other.id)

    desk = Desk(scene.deps, DELIVERY[0])
    async with asyncio.timeout(30):
        await desk.sweep()
        while "At once" not in scene.texts:
            await asyncio.sleep(0.01)
    await desk.close(timeout_s=0)

    assert len(scene.texts) <= 2


async def test_what_waits_for_the_morning_takes_nobodys_turn(scene: Scene) -> None:
    now = scene.clock.now()
    await scene.clock.advance(seconds=(now.replace(hour=19, minute=59) - now).total_seconds())
    await scene.hears("Anybody there?")
    await queue(scene, 8, AGENT)
    await scene.pass_time(hours=1)
    await scene.clock.advance(hours=1)
    await scene.work()

    await scene.says("I am here")
    await scene.work()

    assert scene.texts == ["I am here"]


async def test_who_raises_the_rate_of_a_line_waits_no_longer_behind_what_is_queued(scene: Scene) -> None:
    await queue(scene, 20, scene.member)
    for _ in range(3):
        await scene.work()
    await change_line(scene.deps.mongo, scene.account, scene.line.id, per_second=10)

    await scene.says("At once")
    await scene.work()

    assert (len(scene.texts), scene.texts[-1]) == (2, "At once")
