"""Clocks: whole milliseconds in UTC, and a virtual one that moves when told."""

import asyncio
from datetime import UTC, datetime, timedelta

from hub.clock import SystemClock, whole_ms
from tests.clock import VirtualClock


def test_time_is_cut_to_whole_milliseconds_and_never_rounded_up() -> None:
    moment = datetime(2026, 3, 2, 9, 0, 0, 999_999, tzinfo=UTC)

    assert whole_ms(moment) == datetime(2026, 3, 2, 9, 0, 0, 999_000, tzinfo=UTC)


def test_system_time_is_now_in_utc() -> None:
    now = SystemClock().now()

    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=1)


async def test_system_clock_sleeps_for_as_long_as_asked() -> None:
    clock = SystemClock()
    began_s = clock.monotonic_s()

    await clock.sleep(0.05)

    assert clock.monotonic_s() - began_s >= 0.05


async def test_virtual_sleepers_wake_in_the_order_of_their_times() -> None:
    clock, woken = VirtualClock(), list[str]()

    async def sleeper(name: str, hours: float) -> None:
        await clock.sleep(hours * 3600)
        woken.append(f"{name} at {clock.now():%H:%M}")

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sleeper("late", 3))
        tasks.create_task(sleeper("early", 1))
        await asyncio.sleep(0)
        await clock.advance(hours=4)

    assert woken == ["early at 10:00", "late at 12:00"]
    assert f"{clock.now():%H:%M}" == "13:00"


async def test_virtual_sleeper_stays_asleep_until_its_time() -> None:
    clock = VirtualClock()
    sleeper = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)

    await clock.advance(seconds=59)

    assert not sleeper.done()
    await clock.advance(seconds=1)
    assert sleeper.done()
