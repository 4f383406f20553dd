"""What a process may remember for some seconds: for what is asked at every request and seldom changes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeVar

from hub.clock import Clock

Value = TypeVar("Value")
REMEMBERED = 20_000


class Remembered(NamedTuple):
    """An answer, and until when it is good."""

    until_s: float
    answer: asyncio.Future[Any]


class Memory:
    """Answers by their question. Whoever asks the same meanwhile waits for the same answer; failures are forgotten."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, Remembered] = {}

    async def recall(self, question: str, read: Callable[[], Awaitable[Value]], *, for_s: float) -> Value:
        """The answer, read again when it is older than this."""
        now_s = self._clock.monotonic_s()
        known = self._known.get(question)
        if known is None or known.until_s <= now_s:
            # The age counts from before the reading: what changed during it is seen in time all the same.
            known = Remembered(now_s + for_s, asyncio.ensure_future(read()))
            self._remember(question, known)
        value: Value = await asyncio.shield(known.answer)
        return value

    def forget(self, question: str) -> None:
        """It has changed, and we know."""
        self._known.pop(question, None)

    def _remember(self, question: str, known: Remembered) -> None:
        self._known.pop(question, None)
        self._known[question] = known
        known.answer.add_done_callback(lambda answer: self._drop_failure(question, known))
        if len(self._known) > REMEMBERED:
            self._known.pop(next(iter(self._known)))

    def _drop_failure(self, question: str, known: Remembered) -> None:
        has_failed = known.answer.cancelled() or known.answer.exception() is not None
        if has_failed and self._known.get(question) is known:
            del self._known[question]
