"""Reading what a stranger has made, apart: in a process of its own, which gets nothing but that, and is ended when it
takes too long or grows too large. Some input keeps the best of parsers busy for hours."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from hub.errors import Unavailable

ROOT = Path(__file__).parents[2]
# By the clock on the wall: the processor may be busy with others. What it may have of that, it knows itself.
TIMEOUT_S = 30.0
AT_ONCE, MOST_WAITING = 2, 20
# The largest mail and the largest picture become less.
MOST_SAID_BYTES, PIECE_BYTES = 128 * 1024 * 1024, 256 * 1024
# Whoever stops Parley stops these as well: that says nothing of what they were reading.
STOPPED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What is to be read; or who fetches it, once there is a place: whoever waits for one holds nothing large.
Given = bytes | Callable[[], Awaitable[bytes]]


class ReadersBusy(Unavailable):
    """More waits to be read apart than can be in good time."""

    code = "readers_busy"


class Unreadable(Exception):
    """It took too long, grew too large, or nobody can make sense of it."""


class Queue:
    """So many at once, and the others in turn."""

    def __init__(self, at_once: int, *, most_waiting: int = MOST_WAITING) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = at_once + most_waiting
        self._present = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Ours for the length of the block, or ReadersBusy where too many wait already."""
        if self._present >= self._most:
            raise ReadersBusy("Too much is being opened: try again in a moment.", retry_after_s=2)
        self._present += 1
        try:
            async with self._places:
                yield
        finally:
            self._present -= 1


class Apart:
    """Whoever reads apart, so many at once."""

    def __init__(self, at_once: int = AT_ONCE, *, most_waiting: int = MOST_WAITING) -> None:
        self._queue = Queue(at_once, most_waiting=most_waiting)

    async def read(self, module: str, *words: str, given: Given) -> bytes:
        """What the module, run as a program with these words, makes of it; or Unreadable."""
        async with self._queue.place():
            content = given if isinstance(given, bytes) else await given()
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", module, *words),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                # No setting and no key is given to it.
                env={},
                cwd=ROOT,
            )
            try:
                return await answer_of(process, content)
            finally:
                await end(process)


async def answer_of(process: asyncio.subprocess.Process, given: bytes) -> bytes:
    """What it says, once it has ended well."""
    try:
        async with asyncio.timeout(TIMEOUT_S):
            said, _ = await asyncio.gather(heard(process), tell(process, given))
            await process.wait()
    except TimeoutError:
        # Its own time of the processor was not over: that is no fault of what it was given.
        raise ReadersBusy("The machine is too busy to open this: try again in a moment.", retry_after_s=30) from None
    if -(process.returncode or 0) in STOPPED:
        raise ReadersBusy("Parley was being stopped: try again in a moment.", retry_after_s=5)
    if process.returncode != 0:
        raise Unreadable
    return said


async def tell(process: asyncio.subprocess.Process, given: bytes) -> None:
    """All that it gets, as far as it listens."""
    stdin = cast(asyncio.StreamWriter, process.stdin)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stdin.write(given)
        await stdin.drain()
    stdin.close()


async def heard(process: asyncio.subprocess.Process) -> bytes:
    """What it says. Whoever says more than anything becomes is ended: somebody else may speak in there by then."""
    stdout, said = cast(asyncio.StreamReader, process.stdout), bytearray()
    while piece := await stdout.read(PIECE_BYTES):
        if len(said) <= MOST_SAID_BYTES:
            said += piece
        else:
            kill(process)
    return bytes(said)


def kill(process: asyncio.subprocess.Process) -> None:
    """End it; it may have ended by itself."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()


async def end(process: asyncio.subprocess.Process) -> None:
    """Also when whoever waited for it has gone."""
    if process.returncode is None:
        kill(process)
        # asyncio does not call it over before all that it has said was taken.
        await heard(process)
        await process.wait()
