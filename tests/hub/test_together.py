"""Many who ask the same at the same moment."""

import asyncio
from dataclasses import dataclass, field

import pytest

from hub.together import Together


@dataclass
class Book:
    """What is read, and how often; each reading takes until it is let on."""

    words: str = "one"
    readings: int = 0
    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> str:
        self.readings += 1
        words = self.words
        await self.may_go_on.wait()
        if words == "torn":
            raise ValueError(words)
        return words


async def begun(together: Together, book: Book, question: str = "what") -> asyncio.Task[str]:
    """Somebody asks, and waits."""
    asking = asyncio.create_task(together.ask(question, book.read))
    for _ in range(3):
        await asyncio.sleep(0)
    return asking


async def test_those_who_ask_at_the_same_moment_are_answered_by_one_reading() -> None:
    together, book = Together(), Book()
    book.may_go_on.set()

    answers = await asyncio.gather(*(together.ask("what", book.read) for _ in range(100)))

    assert answers == ["one"] * 100
    assert book.readings == 1


async def test_nobody_is_told_what_was_read_before_they_asked() -> None:
    together, book = Together(), Book()
    first = await begun(together, book)
    book.words = "two"

    later = [await begun(together, book) for _ in range(10)]
    book.may_go_on.set()

    assert await first == "one"
    assert await asyncio.gather(*later) == ["two"] * 10
    assert book.readings == 2


async def test_another_question_waits_for_nobody() -> None:
    together, slow, quick = Together(), Book(), Book("quick")
    waiting = await begun(together, slow)
    quick.may_go_on.set()

    assert await together.ask("else", quick.read) == "quick"
    slow.may_go_on.set()
    assert await waiting == "one"


async def test_nothing_is_remembered() -> None:
    together, book = Together(), Book()
    book.may_go_on.set()
    first = await together.ask("what", book.read)
    book.words = "two"

    assert (first, await together.ask("what", book.read)) == ("one", "two")


async def test_a_failure_is_told_to_all_who_asked_and_to_nobody_later() -> None:
    together, book = Together(), Book("torn")
    asking = [await begun(together, book)]
    asking += [await begun(together, book) for _ in range(2)]
    book.may_go_on.set()

    failed = await asyncio.gather(*asking, return_exceptions=True)
    book.words = "mended"

    assert [type(one) for one in failed] == [ValueError] * 3
    assert await together.ask("what", book.read) == "mended"


async def test_whoever_asked_first_may_go() -> None:
    together, book = Together(), Book()
    first, second = await begun(together, book), asyncio.create_task(together.ask("what", book.read))
    first.cancel()
    book.may_go_on.set()

    assert await second == "one"
    with pytest.raises(asyncio.CancelledError):
        await first
