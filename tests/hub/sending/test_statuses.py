"""R8: what a provider says of a message of ours comes in any order and more than once; nothing goes back or is lost."""

import asyncio
from itertools import permutations

import pytest

from channels.base import State, Status
from hub.sending.delivery import KINDS as DELIVERY
from hub.sending.errand import Errand
from hub.sending.repository import EARLY
from hub.sending.statuses import record_status
from hub.threads.models import DeliveryState
from tests.hub.sending.dying import work_dying
from tests.hub.sending.scene import Scene
from tests.hub.sending.test_retrying import asks

WORDS = (State.SENT, State.DELIVERED, State.READ)


@pytest.mark.parametrize("order", [*permutations(WORDS)], ids=lambda order: "-".join(order))
async def test_in_whatever_order_statuses_come_the_furthest_counts(scene: Scene, order: tuple[State, ...]) -> None:
    said = await scene.says()
    await scene.work()

    for state in order:
        await scene.hears_of(scene.sandbox.sent[0].id, state)

    assert await scene.state(said) == "read"
    steps = [step.state for step in (await scene.delivery(said)).steps]
    assert len(steps) == len(set(steps))


async def test_what_was_read_does_not_fail_any_more(scene: Scene) -> None:
    said = await scene.says()
    await scene.work()

    await scene.hears_of(scene.sandbox.sent[0].id, State.DELIVERED)
    await scene.hears_of(scene.sandbox.sent[0].id, State.FAILED, code="unreachable_number")

    assert await scene.state(said) == "delivered"


async def test_what_was_sent_can_fail_later_and_says_why(scene: Scene) -> None:
    said = await scene.says()
    await scene.work()

    await scene.hears_of(scene.sandbox.sent[0].id, State.FAILED, code="unreachable_number")
    await scene.hears_of(scene.sandbox.sent[0].id, State.DELIVERED)

    delivery = await scene.delivery(said)
    assert delivery.state is DeliveryState.FAILED
    assert delivery.failure and "cannot be reached" in delivery.failure.words


async def test_a_code_that_nobody_knows_is_told_as_it_is(scene: Scene) -> None:
    said = await scene.says()
    await scene.work()

    await scene.hears_of(scene.sandbox.sent[0].id, State.FAILED, code="4711")

    failure = (await scene.delivery(said)).failure
    assert failure and failure.code == "4711"


async def test_a_failure_that_ends_all_writing_to_an_address_suppresses_it(scene: Scene) -> None:
    await scene.says()
    await scene.work()

    await scene.hears_of(scene.sandbox.sent[0].id, State.FAILED, code="blocked_by_person")

    verdict = await scene.asks_gate("Hi")
    assert verdict["code"] == "suppressed"


async def test_a_status_that_comes_before_the_answer_waits_for_it(scene: Scene) -> None:
    said = await scene.says()
    id = scene.next_sent_id()
    await scene.hears_of(id, State.DELIVERED)
    before = await scene.state(said)

    await scene.work()

    assert scene.sandbox.sent[0].id == id
    assert before == "queued"
    assert await scene.state(said) == "delivered"
    assert await scene.deps.mongo[EARLY].count({}, limit=9) == 0


@pytest.mark.parametrize("write", [1, 2])
async def test_an_early_status_is_not_lost_by_a_death_over_the_message(scene: Scene, write: int) -> None:
    said = await scene.says()
    await scene.hears_of(scene.next_sent_id(), State.READ)

    await work_dying(scene.deps, DELIVERY[0], said.entry.id, "after", write)
    for _ in range(3):
        await scene.pass_time(seconds=61)

    assert await scene.state(said) == "read"


async def test_many_at_once_with_the_sending_lose_none(scene: Scene) -> None:
    said = await scene.says()
    id = scene.next_sent_id()
    words = [Status(id=id, state=state, at=scene.clock.now()) for state in WORDS * 4]

    await asyncio.gather(scene.work(), *(record_status(scene.deps, scene.line, word) for word in words))
    await scene.work()

    assert await scene.state(said) == "read"


async def test_a_repeat_of_a_status_changes_nothing(scene: Scene) -> None:
    said = await scene.says()
    await scene.work()
    await scene.hears_of(scene.sandbox.sent[0].id, State.DELIVERED)
    before, rev = await scene.entry(said), (await scene.thread()).rev

    await scene.hears_of(scene.sandbox.sent[0].id, State.DELIVERED)

    assert await scene.entry(said) == before
    assert (await scene.thread()).rev == rev


async def test_a_message_in_parts_is_where_the_last_of_them_is(scene: Scene) -> None:
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=line)
    said = await scene.says("Look", files=(await scene.keep("a.png"),))
    await scene.work()
    first, second = scene.sandbox.sent

    await scene.hears_of(first.id, State.READ, line=line)
    between = await scene.state(said)
    await scene.hears_of(second.id, State.DELIVERED, line=line)

    assert between == "sent"
    assert await scene.state(said) == "delivered"


async def test_the_id_of_an_inbound_message_is_no_message_of_ours(scene: Scene) -> None:
    entry = await scene.hears()

    await scene.hears_of(entry.provider_id, State.READ)

    assert (await scene.entry(entry)).delivery is None


@pytest.mark.parametrize("state", [State.DELIVERED, State.FAILED], ids=lambda state: state.value)
async def test_a_status_of_a_part_that_comes_between_its_name_and_its_answer_stands(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, state: State
) -> None:
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=line)
    was = Errand.name_part

    async def name_part(self: Errand, n: int, id: str) -> None:
        await was(self, n, id)
        await scene.hears_of(id, state, line=line, code="temporarily_down" if state is State.FAILED else "")

    monkeypatch.setattr(Errand, "name_part", name_part)
    said = await scene.says("Look", files=(await scene.keep("a.png"),), line=line.id)

    await scene.work()

    assert (await scene.delivery(said)).parts[1].state.value == state.value


@pytest.mark.parametrize("late", [State.SENT, State.FAILED], ids=lambda state: state.value)
@pytest.mark.parametrize("part", [0, 1])
async def test_a_late_word_about_the_first_try_is_not_about_the_second(scene: Scene, late: State, part: int) -> None:
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=line)
    said = await scene.says("Look", files=(await scene.keep("a.png"),), line=line.id)
    await scene.work()
    first_try = (await scene.delivery(said)).parts[part].provider_id or ""
    await scene.hears_of(first_try, State.FAILED, code="temporarily_down", line=line)
    await asks(scene, said, "retry")

    await scene.hears_of(first_try, late, code="temporarily_down" if late is State.FAILED else "", line=line)
    await scene.work()

    assert [sent.client_id for sent in scene.sandbox.sent][2:] == [f"{said.entry.id}.{part}~2"]
    assert await scene.state(said) == "sent"
