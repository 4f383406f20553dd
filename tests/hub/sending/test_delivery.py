"""The way of a message to the provider: once, in order, and whatever goes wrong on it stands with the message."""

import pytest

from channels.base import Address, IdentityKind, Medium
from hub.consent import ledger
from hub.consent.suppression import find_suppression
from hub.lines.actions import get_line
from hub.people.models import Basis, ConsentState
from hub.sending.delivery import KINDS as DELIVERY
from hub.threads.models import DeliveryState
from tests.hub.sending.dying import POINTS, When, work_dying
from tests.hub.sending.scene import AGENT, PHONE, Scene
from tests.people import sign_in


async def test_what_a_member_says_reaches_the_person(scene: Scene) -> None:
    said = await scene.says("Good morning")

    await scene.work()

    assert scene.texts == ["Good morning"]
    assert await scene.state(said) == "sent"


async def test_a_sent_message_has_the_providers_id_and_is_due_no_more(scene: Scene) -> None:
    said = await scene.says()

    await scene.work()

    entry = await scene.entry(said)
    assert entry.provider_id == scene.sandbox.sent[0].id
    assert entry.delivery and entry.delivery.due_at is None
    assert [step.state.value for step in entry.delivery.steps] == ["queued", "sending", "sent"]


async def test_a_provider_that_takes_it_and_hangs_up_gets_it_once(scene: Scene) -> None:
    """R5: it is asked what it has, and never sent the same again blindly."""
    scene.sandbox.mood("hang_up")
    scene.sandbox.mood("forget", times=None)
    said = await scene.says("Once")

    await scene.work()
    unknown = await scene.state(said)
    for _ in range(10):
        await scene.pass_time(seconds=30)
    await scene.deps.pulses.write()

    assert unknown == "unknown"
    assert scene.texts == ["Once"]
    assert await scene.state(said) == "sent"
    assert (await get_line(scene.deps, scene.account, scene.line.id)).health.sent_at


async def test_what_surely_was_not_taken_is_sent_again_once_that_is_sure(scene: Scene) -> None:
    scene.sandbox.mood("vanish")
    said = await scene.says("Twice tried")

    await scene.work()
    await scene.pass_time(seconds=30)
    early = scene.texts
    await scene.pass_time(seconds=31)

    assert early == []
    assert scene.texts == ["Twice tried"]
    assert await scene.state(said) == "sent"


async def test_nonsense_for_an_answer_is_no_yes_and_no_no(scene: Scene) -> None:
    scene.sandbox.mood("nonsense")
    scene.sandbox.mood("forget", times=None)
    said = await scene.says("Once")

    await scene.work()
    await scene.pass_time(seconds=5)

    assert scene.texts == ["Once"]
    assert await scene.state(said) == "sent"


async def test_a_provider_that_is_not_reached_is_tried_again(scene: Scene) -> None:
    said = await scene.says("Later")
    async with scene.sandbox.gone():
        await scene.work()
        waiting = await scene.delivery(said)

    await scene.pass_time(seconds=6)

    assert waiting.state is DeliveryState.SENDING
    assert waiting.tries == 1
    assert scene.texts == ["Later"]
    assert await scene.state(said) == "sent"


async def test_after_an_hour_of_trying_it_has_failed_and_can_be_sent_again(scene: Scene) -> None:
    said = await scene.says("Never")
    async with scene.sandbox.gone():
        for _ in range(14):
            await scene.pass_time(minutes=16)

    delivery = await scene.delivery(said)

    assert delivery.state is DeliveryState.FAILED
    assert delivery.failure and (delivery.failure.code, delivery.failure.is_passing) == ("unreachable", True)
    assert delivery.due_at is None


async def test_a_provider_that_fails_each_time_and_takes_nothing_is_not_asked_forever(scene: Scene) -> None:
    scene.sandbox.mood("down", times=None)
    said = await scene.says("Yes")
    await scene.work()

    for _ in range(40):
        await scene.pass_time(minutes=16)

    failure = (await scene.delivery(said)).failure
    assert (await scene.state(said), failure and failure.code) == ("failed", "unreachable")


async def test_a_refusal_for_good_stands_with_the_message_in_words(scene: Scene) -> None:
    scene.sandbox.mood("refuse", code="unreachable_number")
    said = await scene.says()

    await scene.work()

    delivery = await scene.delivery(said)
    assert delivery.state is DeliveryState.FAILED
    assert delivery.failure and delivery.failure.code == "unreachable_number"
    assert "cannot be reached" in delivery.failure.words


async def test_an_address_that_there_is_not_gets_nothing_more(scene: Scene) -> None:
    scene.sandbox.mood("refuse", code="unknown_address")
    said = await scene.says()

    await scene.work()

    entry = await scene.entry(said)
    assert entry.delivery and entry.delivery.state is DeliveryState.FAILED
    answer = await scene.owner.asks("POST", f"/threads/{entry.thread}/messages", {"client_id": "x", "text": "Again"})
    assert answer.json()["error"]["data"]["why"] == "suppressed"


async def test_a_refusal_for_now_waits_as_long_as_the_provider_asks(scene: Scene) -> None:
    scene.sandbox.mood("refuse", code="rate_limited", wait_s=40)
    said = await scene.says("Patience")

    await scene.work()
    await scene.pass_time(seconds=39)
    early = scene.texts
    await scene.pass_time(seconds=2)

    assert early == []
    assert scene.texts == ["Patience"]
    assert await scene.state(said) == "sent"


async def test_messages_to_somebody_come_in_the_order_of_the_log(scene: Scene) -> None:
    scene.sandbox.mood("refuse", code="temporarily_down")
    first, second = await scene.says("One"), await scene.says("Two")

    await scene.work()
    before = scene.texts
    await scene.pass_time(seconds=10)
    await scene.work()

    assert before == []
    assert scene.texts == ["One", "Two"]
    assert [await scene.state(one) for one in (first, second)] == ["sent", "sent"]


async def test_one_that_has_failed_holds_nobody_up(scene: Scene) -> None:
    scene.sandbox.mood("refuse", code="too_long")
    await scene.says("One")
    await scene.says("Two")

    await scene.work()

    assert scene.texts == ["Two"]


async def test_an_opt_out_between_saying_and_sending_is_obeyed(scene: Scene) -> None:
    """R7: the gate is asked again at the last moment."""
    said = await scene.says()
    await ledger.record(
        scene.deps,
        scene.account,
        scene.someone.id,
        medium=scene.line.medium,
        state=ConsentState.REVOKED,
        basis=Basis.OPT_OUT,
        evidence="STOP",
        by="line:x",
    )

    await scene.work()

    delivery = await scene.delivery(said)
    assert scene.texts == []
    assert delivery.failure and delivery.failure.code == "opted_out"


async def test_a_paused_line_keeps_what_waits_until_it_goes_on(scene: Scene) -> None:
    said = await scene.says("Wait")
    await scene.owner.does("POST", f"/lines/{scene.line.id}/pause")

    await scene.work()
    paused = await scene.delivery(said)
    await scene.owner.does("POST", f"/lines/{scene.line.id}/resume")
    await scene.pass_time(minutes=2)

    assert (paused.state.value, paused.failure and paused.failure.code) == ("queued", "line_paused")
    assert (scene.texts, (await scene.delivery(said)).failure) == (["Wait"], None)


async def test_whoever_ends_the_quiet_hours_wakes_what_waits_within_the_hour(scene: Scene) -> None:
    await scene.clock.advance(hours=10, minutes=59)
    await scene.hears("Anybody there?")
    said = await scene.says("Still awake", author=AGENT)
    await scene.pass_time(minutes=2)
    waiting = (await scene.delivery(said)).failure
    owner = await sign_in(scene.hub, scene.owner.email)
    await owner.does("PUT", "/sending-policy", {"quiet": None, "cap": 3})

    await scene.pass_time(hours=1)

    assert waiting and waiting.code == "quiet_hours"
    assert scene.texts == ["Still awake"]


async def test_an_agents_message_that_meets_the_night_waits_for_the_morning(scene: Scene) -> None:
    """Europe/Berlin, where the phone is from."""
    await scene.clock.advance(hours=10, minutes=59)
    await scene.hears("Anybody there?")
    said = await scene.says("Tomorrow", author=AGENT)
    async with scene.sandbox.gone():
        await scene.work()
    await scene.pass_time(minutes=2)
    at_night = scene.texts
    await scene.pass_time(hours=10)
    still_night = scene.texts

    await scene.pass_time(hours=1)

    assert at_night == still_night == []
    assert scene.texts == ["Tomorrow"]
    assert await scene.state(said) == "sent"


async def test_a_line_sends_no_faster_than_it_may(scene: Scene) -> None:
    line = await scene.connect("sandbox_sms", per_second=0.1)
    await scene.hears(line=line)
    await scene.says("One")
    await scene.says("Two")

    await scene.work()
    before = scene.texts
    await scene.pass_time(seconds=11)
    await scene.work()

    assert before == ["One"]
    assert scene.texts == ["One", "Two"]


@pytest.mark.parametrize(("when", "write"), POINTS)
async def test_a_worker_that_dies_anywhere_leaves_what_another_one_ends_rightly(
    scene: Scene, when: When, write: int
) -> None:
    scene.sandbox.mood("forget", times=None)
    said = await scene.says("Once")

    await work_dying(scene.deps, DELIVERY[0], said.entry.id, when, write)
    for _ in range(3):
        await scene.pass_time(seconds=61)

    delivery = await scene.delivery(said)
    assert scene.texts == ["Once"]
    assert (delivery.state, delivery.due_at) == (DeliveryState.SENT, None)


async def test_what_the_provider_has_taken_is_written_down_before_anything_else(scene: Scene) -> None:
    """Where a provider cannot be asked, whoever loses its answer loses sight of the message."""
    scene.sandbox.mood("refuse", code="temporarily_down")
    said = await scene.says("Once")
    await scene.work()
    await scene.clock.advance(seconds=6)

    await work_dying(scene.deps, DELIVERY[0], said.entry.id, "before", 1, into="lines")

    assert scene.texts == ["Once"]
    assert await scene.state(said) == "sent"


async def test_the_thread_has_another_rev_after_each_step(scene: Scene) -> None:
    await scene.says()
    before = await scene.thread()

    await scene.work()

    after = await scene.thread()
    assert after.rev == before.rev + 2
    assert after.seq == before.seq


async def test_nothing_goes_to_whoever_was_blocked_meanwhile(scene: Scene) -> None:
    said = await scene.says()
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    await scene.work()

    failure = (await scene.delivery(said)).failure
    assert scene.texts == []
    assert failure and failure.code == "person_blocked"


async def test_a_suppressed_address_is_known_on_the_medium_where_it_failed(scene: Scene) -> None:
    scene.sandbox.mood("refuse", code="blocked_by_person")
    await scene.says()
    await scene.work()

    address = [Address(kind=IdentityKind.PHONE, value=PHONE)]
    assert await find_suppression(scene.deps, scene.account, address, Medium.SMS)
    assert await find_suppression(scene.deps, scene.account, address, Medium.WHATSAPP) is None
