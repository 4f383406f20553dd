"""R4: however often a provider repeats itself, in whatever order and batches, and to however many processes at once,
everything is there once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.settings import Settings
from tests.clock import MORNING, VirtualClock
from tests.hub.intake.webhooks import count_messages, event_of, ledger_of, message, post, tell, texts
from tests.hub.lines.connected import connect
from tests.hubs import Hub, running_hub

TIMES = 5
SENDERS = [f"+4917000000{n}" for n in range(3)]


@pytest.fixture
async def hubs(settings: Settings, clock: VirtualClock) -> AsyncIterator[list[Hub]]:
    """Two processes' worth of hub, on the same servers."""
    async with running_hub(settings, clock=clock) as one, running_hub(settings, clock=clock) as other:
        yield [one, other]


async def settle(hubs: list[Hub]) -> None:
    """Until nobody has anything to do."""
    await asyncio.gather(*(hub.deps.background.settle() for hub in hubs))


async def test_one_event_five_times_at_once_is_one_message(hubs: list[Hub]) -> None:
    line = await connect(hubs[0].deps)
    body = event_of(message("Hello", at=MORNING))

    answers = await asyncio.gather(*(post(hub, line, body, event_id="e1") for hub in hubs for _ in range(TIMES)))
    await settle(hubs)

    (event,) = await ledger_of(hubs[0].deps)
    assert {answer.status_code for answer in answers} == {200}
    assert (event.repeats, await texts(hubs[0].deps)) == (2 * TIMES - 1, ["Hello"])


async def test_a_message_that_comes_in_two_events_is_one_message(hubs: list[Hub]) -> None:
    line = await connect(hubs[0].deps)
    said = message("Hello", at=MORNING)

    await asyncio.gather(*(tell(hub, line, said, event_id=f"e{n}") for n, hub in enumerate(hubs * 3)))
    await settle(hubs)

    assert len(await ledger_of(hubs[0].deps)) == 6
    assert await texts(hubs[0].deps) == ["Hello"]


batches = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=6)


@given(batches=batches, shuffle=st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_comes_again_shuffled_and_in_batches_is_there_once(
    hubs: list[Hub], batches: list[list[int]], shuffle: object
) -> None:
    line = await connect(hubs[0].deps)
    before = await count_messages(hubs[0].deps)
    said = {
        n: message(str(n), at=MORNING + timedelta(seconds=n), sender=SENDERS[n % len(SENDERS)])
        for batch in batches
        for n in batch
    }
    bodies = [event_of(*(said[n] for n in batch)) for batch in batches] * TIMES
    shuffle.shuffle(bodies)  # type: ignore[attr-defined]

    answers = await asyncio.gather(*(post(hubs[n % 2], line, body) for n, body in enumerate(bodies)))
    await settle(hubs)

    assert {answer.status_code for answer in answers} == {200}
    assert await count_messages(hubs[0].deps) - before == len(said)
