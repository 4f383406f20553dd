"""Processes to measure: each ends with its block, and with us however we end."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

from hub.children import LEASH, kill_group

GRACE_S = 30
POLL_S = 0.01
READY = "ready"


class Moment(NamedTuple):
    """When a piece of work was begun, by the clock that all processes of a machine share, and the CPU time that the
    worker had used by then."""

    at_ns: int
    cpu_ns: int


class Process:
    """A running process and what it says."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lines: list[str] = []
        self.moments: dict[str, Moment] = {}

    @property
    def words(self) -> str:
        """Everything that it said, on both outputs, besides moments."""
        return "\n".join(self._lines)

    async def listen(self) -> None:
        """Keep what it says, until it ends."""
        assert self._process.stdout
        async for line in self._process.stdout:
            self._note(line.decode(errors="replace").rstrip())

    async def until_ready(self, timeout_s: float = 30) -> None:
        """Return when it has said so."""
        async with self._patience("is not ready", timeout_s):
            while READY not in self._lines:
                await asyncio.sleep(POLL_S)

    async def until_begun(self, ids: Collection[str], timeout_s: float = 60) -> list[Moment]:
        """When each of these was begun, in the same order."""
        async with self._patience("has not begun everything", timeout_s):
            while not self.moments.keys() >= set(ids):
                await asyncio.sleep(POLL_S)
        return [self.moments[id] for id in ids]

    def _note(self, line: str) -> None:
        match line.split():
            case ["begun", id, at_ns, cpu_ns]:
                self.moments.setdefault(id, Moment(int(at_ns), int(cpu_ns)))
            case _:
                self._lines.append(line)

    @asynccontextmanager
    async def _patience(self, what: str, timeout_s: float) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(timeout_s):
                yield
        except TimeoutError:
            raise SystemExit(f"A process {what} after {timeout_s:g} s. Its last words:\n{self.words[-2000:]}") from None


def tell_begun(id: str) -> None:
    """The first line of a handler in a measured worker."""
    os.write(1, f"begun {id} {time.monotonic_ns()} {time.process_time_ns()}\n".encode())


@asynccontextmanager
async def started(*argv: str, environ: Mapping[str, str], program: str = sys.executable) -> AsyncIterator[Process]:
    """`python …`, or another program, for the length of the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-S", str(LEASH), str(GRACE_S), program, *argv),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **environ},
        start_new_session=True,
        limit=2**20,
    )
    listened = Process(process)
    listening = asyncio.create_task(listened.listen())
    try:
        yield listened
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), GRACE_S)
        await kill_group(process.pid)
        await asyncio.gather(listening, return_exceptions=True)
