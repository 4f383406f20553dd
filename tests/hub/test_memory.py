"""What a process remembers: for how long, for how many at once, and what it forgets."""

import asyncio

import pytest

from hub import memory
from hub.errors import NotFound
from hub.memory import Memory
from tests.clock import VirtualClock, settle


class Source:
    """What is asked: it counts, and can be slow or fail."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer: object = "first"
        self.is_open = asyncio.Event()
        self.is_open.set()

    async def read(self) -> object:
        self.asked += 1
        answer = self.answer
        await self.is_open.wait()
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def source() -> Source:
    """It answers at once."""
    return Source()


@pytest.fixture
def known(clock: VirtualClock) -> Memory:
    """Empty."""
    return Memory(clock)


async def test_an_answer_is_remembered_for_so_long_and_no_longer(
    known: Memory, source: Source, clock: VirtualClock
) -> None:
    await known.recall("q", source.read, for_s=2)
    source.answer = "second"

    await clock.advance(seconds=1.999)
    before = await known.recall("q", source.read, for_s=2)
    await clock.advance(seconds=0.001)

    assert (before, await known.recall("q", source.read, for_s=2)) == ("first", "second")


async def test_nothing_is_an_answer_too(known: Memory, source: Source) -> None:
    source.answer = None

    assert [await known.recall("q", source.read, for_s=2) for _ in range(3)] == [None] * 3
    assert source.asked == 1


async def test_questions_do_not_mix(known: Memory) -> None:
    one, two = Source(), Source()
    two.answer = "other"

    assert await known.recall("one", one.read, for_s=2) == "first"
    assert await known.recall("two", two.read, for_s=2) == "other"


async def test_all_who_ask_at_once_share_one_reading(known: Memory, source: Source) -> None:
    answers = await asyncio.gather(*(known.recall("q", source.read, for_s=2) for _ in range(50)))

    assert (set(answers), source.asked) == ({"first"}, 1)


async def test_a_failure_is_shared_by_those_who_wait_and_then_forgotten(known: Memory, source: Source) -> None:
    source.answer = NotFound("not there")

    failed = await asyncio.gather(*(known.recall("q", source.read, for_s=2) for _ in range(5)), return_exceptions=True)
    source.answer = "there"

    assert {type(one) for one in failed} == {NotFound}
    assert await known.recall("q", source.read, for_s=2) == "there"


async def test_a_late_failure_takes_nothing_from_what_was_read_since(known: Memory, source: Source) -> None:
    source.answer = NotFound("away")
    source.is_open.clear()
    failing = asyncio.create_task(known.recall("q", source.read, for_s=2))
    await settle()
    known.forget("q")
    source.answer = "second"
    good = asyncio.create_task(known.recall("q", source.read, for_s=2))
    await settle()
    source.is_open.set()

    await asyncio.wait([failing, good])

    assert isinstance(failing.exception(), NotFound)
    assert await known.recall("q", source.read, for_s=2) == "second"
    assert source.asked == 2


async def test_what_is_forgotten_is_read_again(known: Memory, source: Source) -> None:
    await known.recall("q", source.read, for_s=2)
    source.answer = "second"

    known.forget("q")
    known.forget("never asked")

    assert await known.recall("q", source.read, for_s=2) == "second"


async def test_what_was_being_read_when_it_changed_is_not_remembered(known: Memory, source: Source) -> None:
    source.is_open.clear()
    early = asyncio.create_task(known.recall("q", source.read, for_s=2))
    await settle()
    source.answer = "second"

    known.forget("q")
    source.is_open.set()

    assert await early == "first"
    assert await known.recall("q", source.read, for_s=2) == "second"


async def test_the_age_of_an_answer_counts_from_before_it_was_read(
    known: Memory, source: Source, clock: VirtualClock
) -> None:
    source.is_open.clear()
    slow = asyncio.create_task(known.recall("q", source.read, for_s=2))
    await settle()
    await clock.advance(seconds=2)
    source.is_open.set()
    await slow
    source.answer = "second"

    assert await known.recall("q", source.read, for_s=2) == "second"


async def test_whoever_hangs_up_takes_the_answer_from_nobody(known: Memory, source: Source) -> None:
    source.is_open.clear()
    first, second = (asyncio.create_task(known.recall("q", source.read, for_s=2)) for _ in range(2))
    await settle()

    first.cancel()
    source.is_open.set()

    assert await second == "first"
    assert source.asked == 1


async def test_memory_is_bounded_and_the_oldest_goes_first(known: Memory, source: Source) -> None:
    for one in range(memory.REMEMBERED + 1):
        await known.recall(f"q{one}", source.read, for_s=2)
    source.asked = 0

    await known.recall(f"q{memory.REMEMBERED}", source.read, for_s=2)
    await known.recall("q0", source.read, for_s=2)

    assert source.asked == 1
