"""A business writes first to only so many people within a day, as its provider has said; the others wait, and nothing
else waits for them."""

from dataclasses import replace

import pytest

from channels.base import TemplateUse
from hub.consent.ledger import note_inquiry
from hub.lines.actions import get_line
from hub.lines.looking import note_allowed
from hub.lines.models import Allowed, Line
from hub.sending.models import Said
from tests.hub.sending.scene import Scene, make_someone

WELCOME = TemplateUse(name="welcome", language="en")


@pytest.fixture
async def line(scene: Scene) -> Line:
    """On WhatsApp, with a template."""
    scene.sandbox.add_template("welcome", "en", "Welcome to Acme")
    return await scene.connect("sandbox_whatsapp")


async def allow(scene: Scene, line: Line, people: int | None, *, shared: str = "acme") -> None:
    """The provider has said to how many the business may write first."""
    seen = await get_line(scene.deps, scene.account, line.id)
    await note_allowed(scene.deps, seen, Allowed(people=people, shared=shared))


async def meet(scene: Scene, line: Line, number: int) -> Scene:
    """Somebody who has agreed to be written to."""
    someone = await make_someone(scene.deps, scene.account, phone=f"+44770090{number:04}")
    return replace(scene, someone=await note_inquiry(scene.deps, someone, line.medium, scene.clock.now()))


async def begin(scene: Scene, line: Line, *numbers: int) -> list[tuple[Scene, Said]]:
    """They get the template, one after the other, as soon as they may."""
    said = []
    for number in numbers:
        met = await meet(scene, line, number)
        said.append((met, await met.says("", template=WELCOME, line=line.id)))
        await scene.work()
    return said


async def states(said: list[tuple[Scene, Said]]) -> list[str]:
    """How far they have come."""
    return [await one.state(message) for one, message in said]


async def test_one_too_many_waits_until_the_first_is_a_day_ago(scene: Scene, line: Line) -> None:
    await allow(scene, line, 2)
    said = await begin(scene, line, 1)
    await scene.clock.advance(hours=1)
    said += await begin(scene, line, 2, 3, 4)
    at_first = await states(said)

    await scene.pass_time(hours=23)
    next_day = await states(said)
    await scene.pass_time(hours=1)

    assert at_first == ["sent", "sent", "queued", "queued"]
    # Which of the two that wait for one place is first to ask is nobody's promise.
    assert sorted(next_day) == ["queued", "sent", "sent", "sent"]
    assert await states(said) == ["sent"] * 4


async def test_what_waits_says_why_and_until_when(scene: Scene, line: Line) -> None:
    await allow(scene, line, 1)
    (_, _), (waiting, message) = await begin(scene, line, 1, 2)

    delivery = await waiting.delivery(message)

    assert delivery.failure is not None
    assert delivery.failure.code == "new_people"
    assert delivery.failure.advice.endswith("expected on 03 March, 09:00 UTC.")


async def test_what_was_sent_after_all_has_failed_at_nothing(scene: Scene, line: Line) -> None:
    await allow(scene, line, 1)
    (_, _), (waiting, message) = await begin(scene, line, 1, 2)

    await scene.pass_time(hours=24)

    delivery = await waiting.delivery(message)
    assert (delivery.state, delivery.failure) == ("sent", None)


async def test_what_waits_can_be_taken_back(scene: Scene, line: Line) -> None:
    await allow(scene, line, 1)
    (_, _), (waiting, message) = await begin(scene, line, 1, 2)

    path = f"/threads/{message.thread.id}/messages/{message.entry.id}/cancel"
    await scene.owner.does("POST", path)

    delivery = await waiting.delivery(message)
    assert (delivery.state, delivery.failure) == ("cancelled", None)


async def test_all_lines_of_a_business_count_together(scene: Scene, line: Line) -> None:
    other, elsewhere = [await scene.connect("sandbox_whatsapp") for _ in range(2)]
    await allow(scene, line, 1)
    await allow(scene, other, 1)
    await allow(scene, elsewhere, 1, shared="another business")

    said = [*await begin(scene, line, 1), *await begin(scene, other, 2), *await begin(scene, elsewhere, 3)]

    assert await states(said) == ["sent", "queued", "sent"]


async def test_where_the_provider_has_told_no_limit_there_is_none(scene: Scene, line: Line) -> None:
    said = await begin(scene, line, 1, 2, 3)

    assert await states(said) == ["sent"] * 3


async def test_whoever_may_write_to_as_many_as_they_like_does(scene: Scene, line: Line) -> None:
    await allow(scene, line, None)

    said = await begin(scene, line, 1, 2, 3)

    assert await states(said) == ["sent"] * 3


async def test_whoever_has_written_takes_no_place_and_waits_for_none(scene: Scene, line: Line) -> None:
    await allow(scene, line, 1)
    await scene.hears("Hello", line=line)
    answered = await scene.says("Hi", line=line.id)

    said = await begin(scene, line, 1, 2)

    assert await scene.state(answered) == "sent"
    assert await states(said) == ["sent", "queued"]


async def test_an_answer_does_not_wait_for_a_beginning(scene: Scene, line: Line) -> None:
    """They write themselves before there was a place for them."""
    await allow(scene, line, 1)
    await begin(scene, line, 1)
    await note_inquiry(scene.deps, scene.someone, line.medium, scene.clock.now())
    early = await scene.says("", template=WELCOME, line=line.id)
    await scene.work()
    before = await scene.state(early)
    await scene.hears("Are you there?", line=line)

    answer = await scene.says("We are", line=line.id)
    await scene.work()

    assert (before, await scene.state(answer)) == ("queued", "sent")


async def test_a_raised_limit_lets_the_next_ones_go(scene: Scene, line: Line) -> None:
    await allow(scene, line, 1)
    said = await begin(scene, line, 1)

    said += await begin(scene, line, 2)
    await allow(scene, line, 2)
    said += await begin(scene, line, 3)
    at_once = await states(said)
    await allow(scene, line, 3)
    await scene.pass_time(hours=1)

    assert at_once == ["sent", "queued", "sent"]
    assert await states(said) == ["sent"] * 3


async def test_redis_forgets_and_nothing_is_lost(scene: Scene, line: Line) -> None:
    await allow(scene, line, 1)
    said = await begin(scene, line, 1, 2)
    wire = scene.deps.redis
    forgotten = [await wire.client.delete(key) async for key in wire.client.scan_iter(wire.key("ration", "*"))]

    await scene.pass_time(hours=1)

    assert forgotten
    assert await states(said) == ["sent", "sent"]
