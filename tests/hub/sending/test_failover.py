"""A line whose provider is down: its messages go over the second one, none twice and none not at all."""

from collections.abc import AsyncIterator

import pytest

from hub.lines import outages
from hub.lines.repository import change_line
from tests.fakes.sandbox.running import running_sandbox
from tests.hub.sending.scene import Scene, connect_to
from tests.hub.sending.two_lines import Two, two_lines


@pytest.fixture
async def two(scene: Scene) -> AsyncIterator[Two]:
    """One line behind the other."""
    async with two_lines(scene) as two:
        yield two


async def test_where_nobody_answers_it_goes_over_the_second_line_at_once(two: Two) -> None:
    async with two.scene.sandbox.gone():
        said = await two.scene.says("Yes")
        await two.scene.work()

    assert (two.came, await two.scene.state(said)) == (["Yes"], "sent")
    assert (await two.scene.entry(said)).line == two.second.id


async def test_the_log_says_which_line_was_down(two: Two) -> None:
    async with two.scene.sandbox.gone():
        said = await two.scene.says("Yes")
        await two.scene.work()

    path = f"/threads/{said.thread.id}/messages"
    [entry] = [one for one in (await two.scene.owner.does("GET", path))["items"] if one["id"] == said.entry.id]
    assert entry["delivery"]["moved_from_line_id"] == two.scene.line.id


async def test_what_is_on_a_paused_line_goes_over_no_other(two: Two) -> None:
    async with two.scene.sandbox.gone():
        for text in ("One", "Two"):
            await two.scene.says(text)
            await two.scene.work()
        before = two.came
        said = await two.scene.says("Three")
        await two.scene.owner.does("POST", f"/lines/{two.scene.line.id}/pause")

        await two.scene.pass_time(minutes=5)

    assert (before, two.came) == (["One", "Two"], ["One", "Two"])
    assert await two.scene.state(said) == "queued"


async def test_without_a_second_line_it_waits(scene: Scene) -> None:
    async with scene.sandbox.gone():
        said = await scene.says("Yes")
        await scene.work()

    assert await scene.state(said) != "sent"
    await scene.pass_time(minutes=1)
    assert scene.texts == ["Yes"]


async def test_what_the_first_has_taken_and_not_told_does_not_go_over_the_second(two: Two) -> None:
    two.scene.sandbox.mood("hang_up")
    said = await two.scene.says("Yes")
    await two.scene.work()

    await two.scene.pass_time(minutes=2)

    assert (two.came, await two.scene.state(said)) == (["Yes"], "sent")
    assert (await two.scene.entry(said)).line == two.scene.line.id


async def test_what_may_have_been_taken_moves_once_the_first_says_that_it_was_not(two: Two) -> None:
    two.scene.sandbox.mood("down")
    said = await two.scene.says("Yes")
    await two.scene.work()
    before = two.came

    await two.scene.pass_time(minutes=2)

    assert (before, two.came) == ([], ["Yes"])
    assert (await two.scene.entry(said)).line == two.second.id


async def test_while_it_is_down_nobody_asks_it(two: Two) -> None:
    async with two.scene.sandbox.gone():
        for text in ("1", "2"):
            await two.scene.says(text)
            await two.scene.work()
        assert outages.is_down(await two.first())
    await two.scene.says("3")
    await two.scene.work()

    assert two.scene.texts == []
    assert two.came == ["1", "2", "3"]


async def test_after_a_while_one_tries_and_all_go_back(two: Two) -> None:
    async with two.scene.sandbox.gone():
        for text in ("1", "2"):
            await two.scene.says(text)
            await two.scene.work()
    await two.scene.clock.advance(seconds=31)
    for text in ("3", "4"):
        await two.scene.says(text)
        await two.scene.work()

    assert two.scene.texts == ["3", "4"]
    assert (await two.first()).outage is None


async def test_two_lines_that_are_down_do_not_play_ball(two: Two) -> None:
    await two.scene.owner.does("PUT", f"/lines/{two.second.id}/second", {"line_id": two.scene.line.id})
    async with two.scene.sandbox.gone(), two.other.gone():
        said = await two.scene.says("Yes")
        await two.scene.work()
        await two.scene.pass_time(minutes=3)

    await two.scene.pass_time(minutes=30)
    assert (two.came, await two.scene.state(said)) == (["Yes"], "sent")


async def test_a_paused_second_line_is_none(two: Two) -> None:
    await change_line(two.scene.deps.mongo, two.scene.account, two.second.id, is_paused=True)
    async with two.scene.sandbox.gone():
        await two.scene.says("Yes")
        await two.scene.work()

    await two.scene.pass_time(minutes=1)
    assert two.scene.texts == ["Yes"]


async def test_what_the_second_may_not_send_waits_for_the_first(scene: Scene) -> None:
    first = await scene.connect("sandbox_whatsapp")
    await scene.hears("Hello", line=first)
    async with running_sandbox(now=scene.clock.now) as other:
        second = await connect_to(scene.deps, scene.account, other, "sandbox_whatsapp", address="+4930123457")
        await scene.owner.does("PUT", f"/lines/{first.id}/second", {"line_id": second.id})
        async with scene.sandbox.gone():
            said = await scene.says("Yes", line=first.id)
            await scene.work()
        away = await scene.state(said)
        await scene.pass_time(minutes=1)

    assert (away, await scene.state(said), scene.texts) == ("sending", "sent", ["Yes"])


async def test_what_waits_on_the_second_is_not_overtaken_by_what_comes_over_to_it(two: Two) -> None:
    async with two.scene.sandbox.gone():
        for text in ("1", "2", "3"):
            if text == "2":
                two.other.mood("refuse", code="rate_limited")
            await two.scene.says(text)
            await two.scene.work()
        await two.scene.pass_time(seconds=31)
        await two.scene.pass_time(minutes=2)

    assert two.came == ["1", "2", "3"]


async def test_what_has_moved_is_not_overtaken_by_what_stays_behind(two: Two) -> None:
    two.scene.sandbox.mood("refuse", code="temporarily_down")
    two.other.mood("refuse", code="rate_limited")
    for text in ("1", "2"):
        await two.scene.says(text)
    for _ in range(2):
        await two.scene.work()
    before = two.came
    await two.scene.pass_time(seconds=6)
    await two.scene.work()

    assert before == []
    assert [sent.text for sent in two.other.sent] == ["1"]
    assert two.scene.texts == ["2"]


async def test_what_stays_behind_need_not_wait_once_the_one_that_has_moved_is_taken_back(two: Two) -> None:
    two.scene.sandbox.mood("refuse", code="temporarily_down")
    two.other.mood("refuse", code="rate_limited")
    first, _ = await two.scene.says("1"), await two.scene.says("2")
    await two.scene.work()

    await two.scene.owner.does("POST", f"/threads/{first.thread.id}/messages/{first.entry.id}/cancel")
    await two.scene.work()

    assert two.came == ["2"]


async def test_where_the_second_line_helps_nobody_the_first_is_tried_with_pauses(two: Two) -> None:
    await change_line(two.scene.deps.mongo, two.scene.account, two.second.id, is_paused=True)
    async with two.scene.sandbox.gone():
        said = await two.scene.says("Yes")
        for _ in range(5):
            await two.scene.work()

    assert (await two.scene.delivery(said)).tries == 2


async def test_a_no_is_a_no_and_not_an_outage(two: Two) -> None:
    two.scene.sandbox.mood("refuse", code="unreachable_number")
    said = await two.scene.says("Yes")
    await two.scene.work()

    assert (two.came, await two.scene.state(said)) == ([], "failed")
    assert (await two.first()).outage is None


async def test_a_line_stands_behind_no_other_medium_and_not_behind_itself(two: Two) -> None:
    mail = await two.scene.connect("sandbox_email", address="hello@acme.test")

    for line in (two.scene.line, mail):
        answer = await two.scene.owner.asks("PUT", f"/lines/{two.scene.line.id}/second", {"line_id": line.id})
        assert answer.json()["error"]["code"] == "bad_line"
