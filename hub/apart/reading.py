"""Reading what a stranger has made, apart: in a process of its own, which gets nothing but that, and is ended when it
takes too long or grows too large. Some input keeps the best of parsers busy for hours."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hub.errors import Unavailable

ROOT = Path(__file__).parents[2]
# By the clock on the wall: the processor may be busy with others. What it may have of that, it knows itself.
TIMEOUT_S = 30.0
AT_ONCE, MOST_WAITING = 2, 20
# Whoever stops Parley stops these as well: that says nothing of what they were reading.
STOPPED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ReadersBusy(Unavailable):
    """More waits to be read apart than can be in good time."""

    code = "readers_busy"


class Unreadable(Exception):
    """It took too long, grew too large, or nobody can make sense of it."""


class Apart:
    """So many at once, and the others in turn."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._present = 0

    async def read(self, module: str, *words: str, given: bytes) -> bytes:
        """What the module, run as a program with these words, makes of it; or Unreadable."""
        async with self._place():
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", module, *words),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                # Whoever gets the better of a parser finds no secret there.
                env={},
                cwd=ROOT,
            )
            try:
                return await answer_of(process, given)
            finally:
                await end(process)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        if self._present >= AT_ONCE + MOST_WAITING:
            raise ReadersBusy("Too much is being opened: try again in a moment.", retry_after_s=2)
        self._present += 1
        try:
            async with self._places:
                yield
        finally:
            self._present -= 1


async def answer_of(process: asyncio.subprocess.Process, given: bytes) -> bytes:
    """What it says, once it has ended well."""
    try:
        async with asyncio.timeout(TIMEOUT_S):
            said, _ = await process.communicate(given)
    except TimeoutError:
        # Its own time of the processor was not over: that is no fault of what it was given.
        raise ReadersBusy("The machine is too busy to open this: try again in a moment.", retry_after_s=30) from None
    if -(process.returncode or 0) in STOPPED:
        raise ReadersBusy("Parley was being stopped: try again in a moment.", retry_after_s=5)
    if process.returncode != 0:
        raise Unreadable
    return said


async def end(process: asyncio.subprocess.Process) -> None:
    """Also when whoever waited for it has gone."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
