"""Whoever says STOP is left alone within a second, also while an agent and a campaign are both about to write; and over
a line that is paused goes nothing more, also of what was about to go."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from hub.lines.actions import get_line
from hub.lines.channels import channel_of
from hub.lines.repository import change_line
from hub.sending.limits import take_turn
from hub.threads.models import Author, AuthorKind
from tests.fakes.sandbox import signed
from tests.hub.intake.webhooks import event_of, message, post
from tests.hub.sending.scene import AGENT, PHONE, Scene

CAMPAIGN = Author(AuthorKind.CAMPAIGN, "campaign")
STEP_S = 0.1
# Until a worker has come as far as it can without time passing.
A_MOMENT_S = 1


@contextlib.asynccontextmanager
async def at_work(scene: Scene) -> AsyncIterator[None]:
    """Somebody sends what is due, all the time."""
    worker = asyncio.create_task(work(scene))
    yield
    worker.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await worker


async def work(scene: Scene) -> None:
    while True:
        await scene.later()


async def pass_time(scene: Scene, seconds: float) -> None:
    """In small steps, in which others come to their turn."""
    for _ in range(round(seconds / STEP_S)):
        await scene.clock.advance(seconds=STEP_S)
        await asyncio.sleep(0.01)


async def say_stop(scene: Scene) -> httpx2.Response:
    """Their provider tells us, and we tell it that we have heard."""
    body = event_of(message("STOP", at=scene.clock.now(), sender=PHONE))
    return await post(scene.hub, scene.line, body, signed(body, scene.clock.now(), "secret"))


@pytest.mark.parametrize("after_s", [0, 0.1, 0.5, 0.9, 1, 1.1, 1.5, 2])
async def test_a_second_after_a_stop_nothing_goes_out_any_more(scene: Scene, after_s: float) -> None:
    said = [await scene.says(author=author) for author in (scene.member, AGENT, CAMPAIGN, AGENT)]

    async with at_work(scene):
        await pass_time(scene, after_s)
        answer = await say_stop(scene)
        await scene.deps.background.settle()
        await pass_time(scene, 1)
        by_then = len(scene.texts)
        await pass_time(scene, 8)

    assert answer.status_code == 200
    assert len(scene.texts) == by_then < len(said)
    failures = [(await scene.delivery(one)).failure for one in said[by_then:]]
    assert {failure and failure.code for failure in failures} == {"opted_out"}


async def schedule(scene: Scene, text: str, *, seconds: float) -> None:
    """The owner has it said then."""
    send_at = scene.clock.now() + timedelta(seconds=seconds)
    body = {"client_id": text, "text": text, "send_at": send_at.isoformat()}
    await scene.owner.does("POST", f"/threads/{(await scene.thread()).id}/messages", body)


async def not_said(scene: Scene) -> list[Any]:
    """What the screen shows of it, and why."""
    shown = await scene.owner.does("GET", f"/threads/{(await scene.thread()).id}/scheduled")
    return [(one["text"], one["state"], one["failure"] and one["failure"]["code"]) for one in shown["items"]]


async def test_what_was_to_be_said_later_is_not_said_after_a_stop_and_stands_there_with_the_reason(
    scene: Scene,
) -> None:
    await schedule(scene, "Soon", seconds=2)
    await schedule(scene, "Later", seconds=60)

    async with at_work(scene):
        await say_stop(scene)
        await scene.deps.background.settle()
        await pass_time(scene, 3)
        await scene.clock.advance(minutes=1)
        await pass_time(scene, 1)

    assert scene.texts == []
    assert await not_said(scene) == [("Later", "refused", "opted_out"), ("Soon", "refused", "opted_out")]


@pytest.mark.parametrize("after_s", [0.9, 1, 1.1, 1.5])
async def test_what_is_being_said_at_the_moment_of_a_stop_goes_out_within_a_second_or_not_at_all(
    scene: Scene, after_s: float
) -> None:
    for n in range(4):
        await schedule(scene, f"{n}", seconds=1 + n / 10)

    async with at_work(scene):
        await pass_time(scene, after_s)
        await say_stop(scene)
        await scene.deps.background.settle()
        await pass_time(scene, 1)
        by_then = len(scene.texts)
        await pass_time(scene, 8)

    assert len(scene.texts) == by_then < 4
    assert {code for _, _, code in await not_said(scene)} <= {"opted_out"}


async def test_what_waits_for_its_turn_goes_nowhere_once_the_line_is_paused(scene: Scene) -> None:
    await change_line(scene.deps.mongo, scene.account, scene.line.id, per_second=1)
    line = await get_line(scene.deps, scene.account, scene.line.id)
    await take_turn(scene.deps, line, channel_of(line).capabilities, "somebody else's")
    said = await scene.says("Yes")

    async with at_work(scene):
        await asyncio.sleep(A_MOMENT_S)
        await change_line(scene.deps.mongo, scene.account, scene.line.id, is_paused=True)
        await pass_time(scene, 3)

    assert (scene.texts, await scene.state(said)) == ([], "queued")
