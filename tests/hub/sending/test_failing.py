"""What did not get there leads somebody to it, and is never forgotten as an answer."""

from collections.abc import Awaitable, Callable

import pytest

from channels.base import Address, State
from hub.sending import delivery
from hub.sending.models import Said
from hub.threads import ownership
from hub.threads.models import DeliveryState
from tests.hub.sending.scene import AGENT, Scene
from tests.hub.sending.test_retrying import asks


async def listed(scene: Scene, view: str) -> list[str]:
    """The conversations that the owner sees in it."""
    return [row["id"] for row in (await scene.owner.does("GET", f"/threads?view={view}"))["items"]]


async def by_refusal(scene: Scene) -> Said:
    """The provider says no at once."""
    scene.sandbox.mood("refuse", code="unreachable_number")
    said = await scene.says("Ten", author=AGENT)
    await scene.work()
    return said


async def by_status(scene: Scene) -> Said:
    """The provider says no afterwards."""
    said = await scene.says("Ten", author=AGENT)
    await scene.work()
    await scene.hears_of(scene.sandbox.sent[-1].id, State.FAILED, code="temporarily_down")
    return said


WAYS = pytest.mark.parametrize("fail", [by_refusal, by_status], ids=lambda way: way.__name__)
Way = Callable[[Scene], Awaitable[Said]]


@WAYS
async def test_a_message_that_fails_is_found_though_nobody_owns_the_thread(scene: Scene, fail: Way) -> None:
    before = await listed(scene, "failed")

    said = await fail(scene)

    assert before == []
    assert await listed(scene, "failed") == [said.thread.id]


@WAYS
async def test_a_message_that_fails_is_unread_for_the_owner_until_they_have_read_it(scene: Scene, fail: Way) -> None:
    thread = await ownership.take_over(scene.deps, await scene.thread(), scene.member, scene.owner.member)
    before = await listed(scene, "unread")

    await fail(scene)
    unread, counts = await listed(scene, "unread"), await scene.owner.does("GET", "/threads/counts")
    await scene.owner.does("POST", f"/threads/{thread.id}/read", {})

    assert before == []
    assert unread == [thread.id]
    assert counts["unread"] == 1
    assert await listed(scene, "unread") == await listed(scene, "failed") == []


async def test_whatever_is_said_next_ends_the_looking(scene: Scene) -> None:
    await by_refusal(scene)

    said = await scene.says("Ten o'clock")

    assert not said.thread.has_failed
    assert await listed(scene, "failed") == []


async def test_what_the_person_says_next_does_not(scene: Scene) -> None:
    said = await by_refusal(scene)

    await scene.hears("Hello?")

    assert await listed(scene, "failed") == [said.thread.id]


async def test_sending_it_again_ends_the_looking_until_it_fails_again(scene: Scene) -> None:
    said = await by_status(scene)

    await asks(scene, said, "retry")
    between = await listed(scene, "failed")
    await scene.work()
    await scene.hears_of(scene.sandbox.sent[-1].id, State.FAILED, code="temporarily_down")

    assert between == []
    assert await listed(scene, "failed") == [said.thread.id]


async def test_what_is_sent_again_hides_no_other_that_has_failed(scene: Scene) -> None:
    first, second = await scene.says("Ten", author=AGENT), await scene.says("Or eleven", author=AGENT)
    await scene.work()
    for sent in [*scene.sandbox.sent]:
        await scene.hears_of(sent.id, State.FAILED, code="temporarily_down")

    await asks(scene, first, "retry")
    between = await listed(scene, "failed")
    await asks(scene, second, "retry")

    assert between == [first.thread.id]
    assert await listed(scene, "failed") == []


async def test_what_nobody_will_ever_know_of_is_found_too(scene: Scene) -> None:
    scene.sandbox.mood("hang_up")
    said = await scene.says("Ten", author=AGENT)
    await scene.work()
    first = await listed(scene, "failed")
    async with scene.sandbox.gone():
        for _ in range(8):
            await scene.pass_time(minutes=16)
    await scene.comes_back()

    assert first == []
    assert await listed(scene, "failed") == [said.thread.id]


async def test_what_cannot_even_be_begun_is_told_where_the_message_stands(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is that fails: people see it, and may try again."""

    async def breaks(*_: object) -> Address:
        raise ValueError

    monkeypatch.setattr(delivery, "to_of", breaks)
    said = await scene.says("Ten")
    for _ in range(10):
        await scene.pass_time(minutes=20)

    fares = await scene.delivery(said)
    assert fares.state is DeliveryState.FAILED
    assert fares.failure and (fares.failure.code, fares.failure.is_passing) == ("given_up", True)
