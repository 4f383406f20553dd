"""Parley as people start it: a process of its own, watched from outside."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import psutil

# The longest that a command may take on a busy machine.
COMMAND_S = 120
ROOT = Path(__file__).parents[1]


@dataclass
class Program:
    """One `python -m hub …`, and what it has said so far."""

    process: asyncio.subprocess.Process
    said: list[str] = field(default_factory=list)

    async def hear(self, words: str, within_s: float = 30) -> str:
        """Wait for a line with these words."""
        assert self.process.stderr
        async with asyncio.timeout(within_s):
            while line := (await self.process.stderr.readline()).decode():
                self.said.append(line)
                if words in line:
                    return line
        raise AssertionError(f"it ended without saying {words!r}: {''.join(self.said)}")

    async def end(self, number: signal.Signals = signal.SIGINT, within_s: float = 40) -> int:
        """Tell it to stop, and give its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        async with asyncio.timeout(within_s):
            _, rest = await self.process.communicate()
        self.said += rest.decode().splitlines(keepends=True)
        assert self.process.returncode is not None
        return self.process.returncode

    def family(self) -> list[psutil.Process]:
        """Every process that it has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def member(self, *words: str) -> psutil.Process:
        """The one whose command line has these words, and not the leash that holds it."""
        for process in filter(is_there, self.family()):
            line = line_of(process)
            if line and all(word in line for word in words) and not any("leash.py" in part for part in line):
                return process
        raise AssertionError(f"no process with {words}")


@asynccontextmanager
async def program(*argv: str, **environ: str) -> AsyncIterator[Program]:
    """Start it; whatever the test has left of it is killed at the end of the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "hub", *argv),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    started = Program(process)
    try:
        yield started
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@dataclass(frozen=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str


async def command(*argv: str, typed: str = "", **environ: str) -> Result:
    """Run one command to its end, with this on its standard input."""
    async with program(*argv, **environ) as started, asyncio.timeout(COMMAND_S):
        out, err = await started.process.communicate(typed.encode())
    assert started.process.returncode is not None
    return Result(started.process.returncode, out.decode(), err.decode())


async def until_gone(processes: list[psutil.Process], within_s: float = 15) -> list[psutil.Process]:
    """Those that are still there after the wait: none, when all is well."""
    deadline = asyncio.get_running_loop().time() + within_s
    while left := [process for process in processes if is_there(process)]:
        if asyncio.get_running_loop().time() > deadline:
            return left
        await asyncio.sleep(0.05)
    return []


def is_there(process: psutil.Process) -> bool:
    """Alive, and no zombie that waits for its parent to look."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def line_of(process: psutil.Process) -> list[str]:
    """By which command it was started; nothing, where it has ended at this moment."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


async def get_ready(url: str, within_s: float = 60) -> httpx2.Response:
    """The first answer of /ready that is green."""
    async with httpx2.AsyncClient(base_url=url, timeout=5) as client, asyncio.timeout(within_s):
        while True:
            try:
                answer = await client.get("/ready")
                if answer.json()["state"] == "ready":
                    return answer
            except (httpx2.TransportError, ValueError):
                pass
            await asyncio.sleep(0.1)
