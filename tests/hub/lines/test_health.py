"""How a line fares: noted at once, written now and then."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from hub.lines import health
from hub.lines.actions import get_line
from hub.lines.models import Line
from hub.lines.repository import LINES
from hub.settings import Settings
from tests.clock import MORNING, VirtualClock
from tests.contracts.matrix import Sent
from tests.hub.lines.connected import connect
from tests.hubs import Hub, running_hub


class Quiet(Sent):
    """Only what is asked about lines."""

    def take(self) -> list[str]:  # type: ignore[override]
        """The commands on lines since the last time."""
        return [name for command in super().take() for name, value in command.items() if value == LINES]


@pytest.fixture
def asked() -> Quiet:
    """What the database is asked."""
    return Quiet()


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock, asked: Quiet) -> AsyncIterator[Hub]:
    """A hub whose time stands still."""
    async with running_hub(settings, clock=clock, listeners=[asked]) as hub:
        yield hub


async def again(hub: Hub, line: Line) -> Line:
    """The line as it is stored, once what was noted is written."""
    await hub.deps.pulses.write()
    return await get_line(hub.deps, line.account, line.id)


async def test_what_passes_over_a_line_is_written_once_in_ten_seconds(
    hub: Hub, clock: VirtualClock, asked: Quiet
) -> None:
    line = await connect(hub.deps)
    asked.take()

    for _ in range(40):
        health.heard(hub.deps, line)
        health.sent(hub.deps, line)
        await clock.advance(seconds=0.5)
        # A write takes real time.
        await asyncio.sleep(0.01)
    await hub.deps.pulses.write()

    assert 1 <= len(asked.take()) <= 4


async def test_noting_asks_the_database_nothing(hub: Hub, asked: Quiet) -> None:
    line = await connect(hub.deps)
    asked.take()

    for _ in range(100):
        health.refused(hub.deps, line, "wrong")
    await asyncio.sleep(0.1)

    assert asked.take() == []


async def test_refusals_are_counted_from_the_first_to_the_last(hub: Hub, clock: VirtualClock) -> None:
    line = await connect(hub.deps)

    for why in ("missing", "wrong", "old"):
        health.refused(hub.deps, line, why)
        await clock.advance(minutes=1)

    refused = health.shown(await again(hub, line)).refused
    assert refused
    assert (refused.count, refused.since, refused.last_at, refused.why) == (
        3,
        MORNING,
        MORNING + timedelta(minutes=2),
        "old",
    )


async def test_a_good_event_makes_up_for_the_refused_ones_before_it(hub: Hub, clock: VirtualClock) -> None:
    line = await connect(hub.deps)
    health.refused(hub.deps, line, "wrong")
    line = await again(hub, line)
    await clock.advance(minutes=1)

    health.heard(hub.deps, line)
    await clock.advance(minutes=1)
    healed = await again(hub, line)
    health.refused(hub.deps, healed, "old")

    assert (healed.health.refused, healed.health.heard_at) == (0, MORNING + timedelta(minutes=1))
    assert (await again(hub, line)).health.refused == 1


async def test_two_processes_add_up_what_they_have_refused(hub: Hub, settings: Settings, clock: VirtualClock) -> None:
    line = await connect(hub.deps)
    async with running_hub(settings, clock=clock) as other:
        health.refused(hub.deps, line, "wrong")
        health.refused(other.deps, line, "wrong")
        await other.deps.pulses.write()

        assert (await again(hub, line)).health.refused == 2


async def test_what_was_noted_is_written_when_the_process_ends(
    hub: Hub, settings: Settings, clock: VirtualClock
) -> None:
    line = await connect(hub.deps)
    async with running_hub(settings, clock=clock) as other:
        health.sent(other.deps, line)

    assert (await again(hub, line)).health.sent_at == MORNING


async def test_a_failure_is_told_in_the_providers_words(hub: Hub) -> None:
    line = await connect(hub.deps)

    health.failed(hub.deps, line, "account_suspended")

    failed = health.shown(await again(hub, line)).failed
    assert failed
    assert failed.code == "account_suspended"
    assert failed.words
    assert failed.words != failed.code


async def test_an_address_that_is_not_contacted_is_told_with_what_opens_it(hub: Hub) -> None:
    line = await connect(hub.deps)

    health.failed(hub.deps, line, "address_not_allowed")

    failed = health.shown(await again(hub, line)).failed
    assert failed
    assert failed.words != failed.code
    assert "PARLEY_EGRESS_ALLOW" in failed.advice
