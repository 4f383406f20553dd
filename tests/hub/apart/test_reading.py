"""Whatever a stranger makes of a program that is run apart, it is only that program which has the trouble."""

import asyncio

import pytest

from hub.apart import reading
from hub.apart.reading import Apart, ReadersBusy, Unreadable
from tests.hub.apart import strangers
from tests.hub.apart.strangers import LEFT_BEHIND

PROGRAM = strangers.__name__


async def test_it_says_what_it_makes_of_what_it_was_given() -> None:
    assert await Apart().read(PROGRAM, "be slow", given=b"Hello") == b"Hello"


async def test_whoever_says_more_than_anything_becomes_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_SAID_BYTES", 5_000_000)

    async with asyncio.timeout(20):
        with pytest.raises(Unreadable):
            await Apart().read(PROGRAM, "say all", given=b"")


async def test_whoever_is_in_the_middle_of_it_when_the_time_is_over_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "TIMEOUT_S", 0.5)
    monkeypatch.setattr(reading, "MOST_SAID_BYTES", 10**12)

    async with asyncio.timeout(20):
        with pytest.raises(ReadersBusy):
            await Apart().read(PROGRAM, "say all", given=b"")


async def test_nothing_is_left_behind_on_the_disk() -> None:
    with pytest.raises(Unreadable):
        await Apart().read(PROGRAM, "leave", given=b"")

    assert not LEFT_BEHIND.exists() or LEFT_BEHIND.read_bytes() == b""


async def test_what_is_to_be_read_is_fetched_once_there_is_a_place_for_it() -> None:
    apart, fetched = Apart(at_once=1), list[int]()

    async def fetch() -> bytes:
        fetched.append(1)
        return b"Hello"

    async def read() -> int:
        await apart.read(PROGRAM, "be slow", given=fetch)
        return len(fetched)

    assert [*await asyncio.gather(read(), read(), read())] == [1, 2, 3]


async def test_so_many_wait_and_no_more() -> None:
    apart = Apart(at_once=1, most_waiting=1)

    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(apart.read(PROGRAM, "be slow", given=b"Hello")) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(ReadersBusy):
            await apart.read(PROGRAM, "be slow", given=b"Hello")

    assert [task.result() for task in waiting] == [b"Hello", b"Hello"]
