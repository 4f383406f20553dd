"""Processes of ours that are kept alive, and that never outlive us."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from hub.errors import Unavailable
from hub.settings import PREFIX

LEASH = Path(__file__).with_name("leash.py")
READY_POLL_S = 0.02
ASK_AGAIN_S = 6.0
GONE_WITHIN_S = 2.0
RESTART_DELAYS_S = (0.1, 0.5, 1, 2, 5)
# A child that ran this long was well: its next death starts the delays from the shortest again.
WELL_AFTER_S = 30
LAST_WORDS_BYTES = 1200

Ready = Callable[[], Awaitable[bool]]
Report = Callable[[str], None]


class ChildFailed(Unavailable):
    """A process that Parley starts does not come up."""

    code = "child_failed"


@dataclass(frozen=True, kw_only=True)
class Command:
    """What to run, and how it is told to stop."""

    name: str
    argv: tuple[str, ...]
    log: Path | None = None
    pass_fds: tuple[int, ...] = ()
    grace_s: float = 10.0
    # The settings hold secrets: servers that are not ours need none of them.
    gets_settings: bool = False


class Child:
    """One process, started anew whenever it dies until it is stopped."""

    def __init__(self, command: Command, *, is_ready: Ready, report: Report) -> None:
        self.command = command
        self.restarts = 0
        self._is_ready = is_ready
        self._report = report
        self._log_begins = 0
        self._spawning: asyncio.Task[asyncio.subprocess.Process] | None = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self, timeout_s: float) -> None:
        """Return when it is ready, or raise ChildFailed with its last words."""
        try:
            process = await self._spawn()
            async with asyncio.timeout(timeout_s):
                await self._until_ready(process)
        except TimeoutError:
            await self.stop()
            raise self._failure(f"was not ready after {timeout_s:g} s") from None
        except BaseException:
            await self.stop()
            raise
        self._watch = asyncio.create_task(self._keep_alive(process), name=f"watch {self.command.name}")

    async def stop(self) -> None:
        """Ask it to end, and end it if it does not listen."""
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        if self._spawning:
            with contextlib.suppress(OSError):
                await self._end(await self._spawning)

    async def _spawn(self) -> asyncio.subprocess.Process:
        # Shielded: whoever is cancelled meanwhile leaves a process that `stop` must find.
        self._spawning = asyncio.create_task(self._exec(), name=f"spawn {self.command.name}")
        return await asyncio.shield(self._spawning)

    async def _exec(self) -> asyncio.subprocess.Process:
        command = self.command
        with contextlib.ExitStack() as stack:
            log = stack.enter_context(command.log.open("ab")) if command.log else None
            self._log_begins = log.tell() if log else 0
            return await asyncio.create_subprocess_exec(
                sys.executable,
                *("-I", "-S", str(LEASH), str(command.grace_s), *command.argv),
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT if log else None,
                env=dict(os.environ) if command.gets_settings else environ_without(PREFIX),
                pass_fds=command.pass_fds,
                start_new_session=True,
            )

    async def _until_ready(self, process: asyncio.subprocess.Process) -> None:
        while not await self._is_ready():
            if process.returncode is not None:
                raise self._failure(f"ended at once with code {process.returncode}")
            await asyncio.sleep(READY_POLL_S)

    async def _keep_alive(self, process: asyncio.subprocess.Process) -> None:
        loop, deaths = asyncio.get_running_loop(), 0
        while True:
            started = loop.time()
            code = await process.wait()
            await kill_group(process.pid)
            deaths = 1 if loop.time() - started > WELL_AFTER_S else deaths + 1
            self._report(f"the {self.command.name} ended with code {code}; starting it again")
            process = await self._spawn_again(deaths)
            self.restarts += 1

    async def _spawn_again(self, deaths: int) -> asyncio.subprocess.Process:
        while True:
            await asyncio.sleep(RESTART_DELAYS_S[min(deaths, len(RESTART_DELAYS_S)) - 1])
            try:
                return await self._spawn()
            except OSError as error:
                self._report(f"the {self.command.name} cannot be started: {error.strerror}; trying again")
                deaths += 1

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        try:
            async with asyncio.timeout(self.command.grace_s):
                await ask_until_ended(process)
        except TimeoutError:
            self._report(f"the {self.command.name} does not stop by itself; ending it")
        await kill_group(process.pid)
        await process.wait()

    def _failure(self, what: str) -> ChildFailed:
        return ChildFailed(f"The {self.command.name} {what}.{self._last_words()}")

    def _last_words(self) -> str:
        log = self.command.log
        if log is None or not log.exists():
            return ""
        with log.open("rb") as file:
            file.seek(max(self._log_begins, log.stat().st_size - LAST_WORDS_BYTES))
            words = file.read().decode(errors="replace").strip()
        return f" Its last words, in {log}:\n{words}" if words else ""


def environ_without(prefix: str) -> dict[str, str]:
    """What surrounds this process, less what begins like this."""
    return {name: value for name, value in os.environ.items() if not name.startswith(prefix)}


async def ask_until_ended(process: asyncio.subprocess.Process) -> None:
    """Tell it to stop, and tell it again: a server that is just starting can miss the signal."""
    while process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ASK_AGAIN_S):
                await process.wait()


async def kill_group(leader: int) -> None:
    """End what a leash held, and return when it is gone: a leash may have been killed alone."""
    with contextlib.suppress(ProcessLookupError, PermissionError, TimeoutError):
        async with asyncio.timeout(GONE_WITHIN_S):
            while True:
                os.killpg(leader, signal.SIGKILL)
                await asyncio.sleep(READY_POLL_S)
