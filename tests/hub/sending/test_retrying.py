"""Sending again, and taking back."""

from typing import Any

import pytest

from channels.base import State, Unsure
from hub.egress import EgressRefused
from hub.lines.channels import channel_of
from hub.sending.delivery import KINDS as DELIVERY
from hub.sending.delivery import errand_for, hand_over
from hub.sending.models import Said
from hub.store.ids import new_id
from hub.threads import ownership
from hub.threads.models import DeliveryState
from hub.work import repository
from hub.work.kinds import Later
from tests.hub.sending.dying import work_dying
from tests.hub.sending.scene import AGENT, Scene, work_off
from tests.people import code_of


async def asks(scene: Scene, said: Said, what: str) -> Any:
    """The owner wants something done about a message."""
    return await scene.owner.asks("POST", f"/threads/{said.thread.id}/messages/{said.entry.id}/{what}")


async def fail(scene: Scene, code: str) -> Said:
    """A message that the provider refuses."""
    scene.sandbox.mood("refuse", code=code)
    said = await scene.says("Ten")
    await scene.work()
    return said


async def unreachable(scene: Scene) -> Said:
    """A message for which nobody was there in an hour."""
    said = await scene.says("Ten")
    async with scene.sandbox.gone():
        for _ in range(14):
            await scene.pass_time(minutes=16)
    await scene.comes_back()
    return said


async def test_what_has_failed_for_now_is_sent_again_under_the_same_id(scene: Scene) -> None:
    said = await unreachable(scene)

    answer = await asks(scene, said, "retry")
    await scene.work()

    assert answer.json()["message"]["delivery"]["state"] == "queued"
    assert scene.texts == ["Ten"]
    assert scene.sandbox.sent[0].client_id == f"{said.entry.id}.0"
    assert await scene.state(said) == "sent"


async def test_what_has_failed_for_good_is_sent_again_once_a_person_has_mended_the_cause(scene: Scene) -> None:
    said = await fail(scene, "wrong_key")

    answer = await asks(scene, said, "retry")
    await scene.work()

    assert answer.is_success
    assert await scene.state(said) == "sent"


async def test_what_is_on_its_way_or_has_arrived_is_not_sent_again(scene: Scene) -> None:
    said = await scene.says("Ten")
    waiting = await asks(scene, said, "retry")
    await scene.work()

    sent = await asks(scene, said, "retry")

    assert [code_of(answer) for answer in (waiting, sent)] == [(409, "not_retryable")] * 2


async def test_sending_again_asks_the_gate(scene: Scene) -> None:
    said = await unreachable(scene)
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    answer = await asks(scene, said, "retry")

    assert code_of(answer) == (409, "send_refused")
    assert await scene.state(said) == "failed"


async def test_what_the_provider_had_taken_and_failed_over_gets_a_new_id_there(scene: Scene) -> None:
    """Under the old one it would take it for a repeat, and do nothing."""
    said = await scene.says("Ten")
    await scene.work()
    await scene.hears_of(scene.sandbox.sent[0].id, State.FAILED, code="temporarily_down")

    await asks(scene, said, "retry")
    await scene.work()

    assert [sent.client_id for sent in scene.sandbox.sent] == [f"{said.entry.id}.0", f"{said.entry.id}.0~2"]
    assert await scene.state(said) == "sent"


async def test_what_only_waits_is_taken_back_and_never_sent(scene: Scene) -> None:
    said = await scene.says("Ten")

    answer = await asks(scene, said, "cancel")
    await scene.work()

    assert answer.json()["message"]["delivery"]["state"] == "cancelled"
    assert scene.texts == []


async def test_what_was_sent_is_not_taken_back(scene: Scene) -> None:
    said = await scene.says("Ten")
    await scene.work()

    answer = await asks(scene, said, "cancel")

    assert code_of(answer) == (409, "not_cancellable")


async def test_what_the_provider_has_turned_away_for_now_says_why_and_is_taken_back(scene: Scene) -> None:
    scene.sandbox.mood("refuse", code="rate_limited")
    said = await scene.says("Ten")
    await scene.work()
    waiting = await scene.delivery(said)

    answer = await asks(scene, said, "cancel")
    await scene.pass_time(minutes=2)

    assert (waiting.state.value, waiting.failure and waiting.failure.code) == ("sending", "rate_limited")
    assert answer.json()["message"]["delivery"]["state"] == "cancelled"
    assert answer.json()["message"]["delivery"]["failure"] is None
    assert scene.texts == []


async def test_what_did_not_reach_the_provider_says_that_it_is_tried_again(scene: Scene) -> None:
    said = await scene.says("Ten")
    async with scene.sandbox.gone():
        await scene.work()
        waiting = (await scene.delivery(said)).failure
    await scene.pass_time(seconds=6)

    assert waiting and (waiting.code, "send it again" in waiting.advice) == ("not_reached", False)
    assert (await scene.delivery(said)).failure is None
    assert await scene.state(said) == "sent"


async def test_what_may_have_been_sent_is_not_taken_back(scene: Scene) -> None:
    scene.sandbox.mood("hang_up")
    said = await scene.says("Ten")
    await scene.work()

    answer = await asks(scene, said, "cancel")

    assert await scene.state(said) == "unknown"
    assert code_of(answer) == (409, "not_cancellable")


async def test_what_is_half_sent_is_not_taken_back(scene: Scene) -> None:
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=line)
    said = await scene.says("Look", files=(await scene.keep("a.png"),))
    await work_dying(scene.deps, DELIVERY[0], said.entry.id, "after", 2)

    answer = await asks(scene, said, "cancel")

    assert code_of(answer) == (409, "not_cancellable")


async def test_what_was_taken_back_holds_nobody_up(scene: Scene) -> None:
    first = await scene.says("One")
    await scene.says("Two")

    await asks(scene, first, "cancel")
    await scene.work()

    assert scene.texts == ["Two"]


async def test_what_is_taken_back_while_a_worker_is_about_to_send_it_is_not_sent(scene: Scene) -> None:
    now, said = scene.clock.now(), await scene.says("Ten")
    seen: Any = await repository.find(scene.deps.mongo, DELIVERY[0], said.entry.id)
    lease = await repository.claim(scene.deps.mongo, DELIVERY[0], seen, token=new_id(now), now=now)
    assert lease
    errand = await errand_for(scene.deps, await scene.entry(said), lease)

    await asks(scene, said, "cancel")
    with pytest.raises(Later):
        await hand_over(errand)

    assert scene.texts == []
    assert await scene.state(said) == "cancelled"


async def test_a_message_of_the_person_is_none_of_ours(scene: Scene) -> None:
    thread, entry = await scene.thread(), await scene.hears()

    answer = await scene.owner.asks("POST", f"/threads/{thread.id}/messages/{entry.id}/retry")

    assert code_of(answer) == (404, "no_such_message")


@pytest.mark.parametrize("what", ["retry", "cancel"])
async def test_both_stand_in_the_audit_log(scene: Scene, what: str) -> None:
    said = await (unreachable(scene) if what == "retry" else scene.says())

    await asks(scene, said, what)

    entries = (await scene.owner.does("GET", "/audit"))["items"]
    assert entries[0]["action"] == f"message.{what}"
    assert entries[0]["target"]["message"] == said.entry.id


async def test_after_so_many_deaths_people_are_told_where_the_message_stands(scene: Scene) -> None:
    said = await scene.says()
    where = {"_id": said.entry.id}
    await scene.deps.mongo["messages"].update(where, {"$set": {"delivery.attempts": 7}})

    await scene.work()

    delivery = await scene.delivery(said)
    assert delivery.state is DeliveryState.FAILED
    assert delivery.failure and delivery.failure.code == "given_up"


async def test_a_part_that_the_provider_is_still_to_be_asked_about_is_not_sent_blindly(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R5: the first part fails afterwards, while nobody knows yet of the second."""
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=line)
    scene.sandbox.mood("forget", times=None)
    channel = type(channel_of(line))
    send = channel.send

    async def unsure(self: Any, http: Any, access: Any, message: Any) -> Any:
        receipt = await send(self, http, access, message)
        if message.id.endswith(".1"):
            raise Unsure
        return receipt

    monkeypatch.setattr(channel, "send", unsure)
    said = await scene.says("Look", files=(await scene.keep("a.png"),), line=line.id)
    await work_off(scene.deps, DELIVERY)
    first = (await scene.delivery(said)).parts[0].provider_id or ""
    await scene.hears_of(first, State.FAILED, code="temporarily_down", line=line)

    answer = await asks(scene, said, "retry")
    for _ in range(3):
        await scene.pass_time(seconds=5)

    assert answer.status_code == 200
    assert [sent.client_id.partition(".")[2] for sent in scene.sandbox.sent] == ["0", "1", "0~2"]
    assert await scene.state(said) == "sent"


async def test_who_sends_an_agents_message_again_is_the_one_who_speaks(scene: Scene) -> None:
    said = await scene.says("Ten", author=AGENT)
    async with scene.sandbox.gone():
        for _ in range(14):
            await scene.pass_time(minutes=16)
    await scene.comes_back()
    await ownership.take_over(scene.deps, await scene.thread(), scene.member, scene.owner.member)

    answer = await asks(scene, said, "retry")
    await scene.work()

    assert answer.status_code == 200
    assert scene.texts == ["Ten"]
    assert await scene.state(said) == "sent"


async def test_what_could_not_go_by_the_lines_settings_is_sent_again_once_they_are_mended(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_: Any, **__: Any) -> Any:
        raise EgressRefused("not public")

    with monkeypatch.context() as patch:
        patch.setattr(scene.deps.egress, "request", refused)
        said = await scene.says("Ten")
        await scene.work()
    failed = await scene.delivery(said)

    answer = await asks(scene, said, "retry")
    await scene.work()

    assert failed.failure and failed.failure.code == "address_not_allowed"
    assert answer.status_code == 200
    assert scene.texts == ["Ten"]
