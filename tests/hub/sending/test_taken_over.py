"""R6: whatever was written under an epoch ends with it, also on its way to the provider and in another thread."""

import asyncio

import pytest
from msgspec.structs import replace

from hub.sending.models import Saying
from hub.sending.saying import say
from hub.threads import log, merging, ownership, repository
from hub.threads.errors import StaleEpoch, ThreadBusy
from hub.threads.models import Author, AuthorKind, Thread
from tests.hub.sending.scene import AGENT, RULE, Scene

CAMPAIGN = Author(AuthorKind.CAMPAIGN, "campaign")


async def another_thread(scene: Scene) -> Thread:
    """A second conversation with the same person, under the same epoch as the first."""
    first = await scene.thread()
    other = replace(first, id="another", key="another", seq=0, rev=0, heard=None, followed=0)
    await repository.add_thread(scene.deps.mongo, other)
    return other


@pytest.mark.parametrize("author", [AGENT, RULE, CAMPAIGN], ids=lambda author: author.kind.value)
async def test_what_waits_ends_with_its_epoch_though_nobody_owns_it_by_then(scene: Scene, author: Author) -> None:
    said = await scene.says("It is ten", author=author)
    thread = await ownership.take_over(scene.deps, await scene.thread(), scene.member, scene.owner.member)
    await ownership.release(scene.deps, thread, scene.member)

    await scene.work()

    failure = (await scene.delivery(said)).failure
    assert scene.texts == []
    assert failure and failure.code == "taken_over"


async def test_what_a_member_has_said_goes_out_whoever_takes_over(scene: Scene) -> None:
    await scene.says("I am on it")
    await ownership.release(scene.deps, await scene.thread(), scene.member)

    await scene.work()

    assert scene.texts == ["I am on it"]


async def test_an_epoch_says_nothing_about_the_thread_that_it_goes_on_in(scene: Scene) -> None:
    other = await another_thread(scene)
    await merging.merge(scene.deps, await scene.thread(), other, scene.member)
    ended = await log.get_thread(scene.deps, scene.account, other.id)
    survivor = await scene.thread()

    with pytest.raises(StaleEpoch):
        await say(scene.deps, ended, Saying(client_id="late", text="Hi"), AGENT, epoch=survivor.epoch)


async def test_a_repeat_is_told_from_what_comes_too_late(scene: Scene) -> None:
    other, saying = await another_thread(scene), Saying(client_id="once", text="Hi", line=scene.line.id)
    first = await say(scene.deps, other, saying, AGENT)
    await merging.merge(scene.deps, await scene.thread(), other, scene.member)
    ended = await log.get_thread(scene.deps, scene.account, other.id)

    again = await say(scene.deps, ended, saying, AGENT, epoch=other.epoch)

    assert again.entry.id == first.entry.id


async def test_two_that_go_on_in_each_other_hold_nobody_up(scene: Scene) -> None:
    thread, other = await scene.thread(), await another_thread(scene)
    for one, into in ((thread, other), (other, thread)):
        await repository.change_thread(scene.deps.mongo, scene.account, one.id, {}, {"$set": {"merged_into": into.id}})
    lost = await log.get_thread(scene.deps, scene.account, thread.id)

    async with asyncio.timeout(30):
        with pytest.raises(ThreadBusy):
            await say(scene.deps, lost, Saying(client_id="lost", text="Hi"), scene.member)
