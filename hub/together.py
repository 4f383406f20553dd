"""Questions that many ask at the same moment, such as a thousand screens that come back after a restart."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


class Together:
    """One reading answers all who have asked before it began. Nothing is remembered: nobody is told what was read
    before they asked."""

    def __init__(self) -> None:
        self._going: dict[Hashable, asyncio.Future[Any]] = {}
        self._next: dict[Hashable, asyncio.Future[Any]] = {}

    async def ask(self, question: Hashable, read: Callable[[], Awaitable[Value]]) -> Value:
        """The answer, which is shared: whoever gets it changes nothing of it."""
        answer = self._next.get(question)
        if answer is None:
            answer = self._next[question] = asyncio.ensure_future(self._read(question, read))
        # Whoever asked first may go; the others still wait.
        value: Value = await asyncio.shield(answer)
        return value

    async def _read(self, question: Hashable, read: Callable[[], Awaitable[Value]]) -> Value:
        """Behind the reading that is going on; whoever asks from then on waits for another one."""
        if going := self._going.get(question):
            await asyncio.wait([going])
        self._going[question] = self._next.pop(question)
        try:
            return await read()
        finally:
            del self._going[question]
