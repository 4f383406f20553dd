"""How a line fares, in the word that a list at a terminal has room for."""

from typing import Any

from hub.connecting.commands import health_of
from hub.lines import outages
from hub.lines.looking import note_wrong
from hub.lines.shapes import LineWrong
from hub.lines.showing import line_shown
from tests.clock import VirtualClock
from tests.hub.connecting.desk import Desk


async def word_for(desk: Desk, line: Any) -> str:
    """As the line stands now."""
    return health_of(await line_shown(desk.hub.deps, await desk.stored(line)))


async def test_a_line_is_new_then_well_then_failing_until_something_is_sent_again(
    desk: Desk, clock: VirtualClock
) -> None:
    line = await desk.connect()
    words = [await word_for(desk, line)]
    mood = desk.sandbox.mood("refuse", code="account_suspended", times=0)

    for times_refused in (0, 1, 0):
        mood.times = times_refused
        await desk.tests(line)
        words.append(await word_for(desk, line))
        await clock.advance(minutes=1)

    assert words == ["new", "well", "failing", "well"]


async def test_a_line_that_lacks_something_is_not_called_well(desk: Desk) -> None:
    line = await desk.connect()
    await desk.tests(line)
    wrong = [LineWrong(about="key", words="It expires.", advice="Enter another.")]

    await note_wrong(desk.hub.deps, await desk.stored(line), wrong, told_at=None, away_since=None)

    assert await word_for(desk, line) == "lacking"


async def test_what_stops_it_comes_before_how_it_fared(desk: Desk) -> None:
    line = await desk.connect()
    for _ in range(outages.DOUBTS):
        await outages.note_down(desk.hub.deps, await desk.stored(line))
    down = await word_for(desk, line)

    await desk.owner.does("POST", f"/lines/{line['id']}/pause")

    assert (down, await word_for(desk, line)) == ("down", "paused")


async def test_webhooks_that_are_refused_are_told_by_a_word(desk: Desk) -> None:
    line = await desk.connect()
    desk.sandbox.connect(line["address"], webhook=line["webhook_url"], secret="another", client=desk.hub.client)

    await desk.sandbox.say("+4915112345678", line["address"], "Hello")

    assert await word_for(desk, line) == "unsigned"
