"""Children: kept alive while they are wanted, and never there when they are not."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psutil
import pytest

from hub.children import LEASH, Child, ChildFailed, Command

READY = "open(sys.argv[1], 'w').close()"
FOREVER = "while True: signal.pause()"
POLITE = f"signal.signal(signal.SIGTERM, lambda *_: sys.exit(7)); {READY}\n{FOREVER}"
STUBBORN = f"signal.signal(signal.SIGTERM, signal.SIG_IGN); {READY}\n{FOREVER}"
SLEEPY = f"{READY}\n{FOREVER}"
GONE_WITHIN_S = 30


class Script:
    """A program whose processes a test can tell from all others: they carry the path of a file of its own, which the
    program makes when it is ready."""

    def __init__(self, folder: Path, text: str) -> None:
        self.mark = folder / "ready"
        self.argv = (sys.executable, "-I", "-S", "-c", f"import os, signal, sys; {text}", str(self.mark))
        self.reports: list[str] = []

    @property
    def processes(self) -> list[psutil.Process]:
        """Those that live: a leash and the program, each with whatever it has started."""
        found = (process for process in psutil.process_iter() if self._is_ours(process))
        return sorted(found, key=lambda process: process.pid)

    @property
    def programs(self) -> list[psutil.Process]:
        """Without the leashes; none while a leash has forked and not yet become the program."""
        return [process for process in self.processes if str(LEASH) not in process.cmdline()]

    @property
    def program(self) -> psutil.Process:
        return self.programs[0]

    async def is_ready(self) -> bool:
        return self.mark.exists()

    def child(self, **choices: object) -> Child:
        command = Command(name="script", argv=self.argv, **choices)  # type: ignore[arg-type]
        return Child(command, is_ready=self.is_ready, report=self.reports.append)

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return str(self.mark) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False


@contextlib.asynccontextmanager
async def kept(child: Child) -> AsyncIterator[Child]:
    await child.start(timeout_s=10)
    try:
        yield child
    finally:
        await child.stop()


async def until(holds: Callable[[], object], within_s: float = GONE_WITHIN_S) -> None:
    async with asyncio.timeout(within_s):
        while not holds():
            await asyncio.sleep(0.01)


@pytest.fixture
def leashed(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a script on a leash, and wait for it."""
    started: list[subprocess.Popen[bytes]] = []

    def start(script: Script, grace_s: float = 10) -> subprocess.Popen[bytes]:
        argv = [sys.executable, "-I", "-S", str(LEASH), str(grace_s), *script.argv]
        started.append(subprocess.Popen(argv, stdin=subprocess.PIPE, start_new_session=True))
        while not script.mark.exists() and started[-1].poll() is None:
            time.sleep(0.01)
        return started[-1]

    yield start
    for process in started:
        let_go(process)
        process.wait(timeout=10)


def let_go(leash: subprocess.Popen[bytes]) -> None:
    assert leash.stdin
    leash.stdin.close()


# The leash


@pytest.mark.parametrize(
    ("text", "code"),
    [("sys.exit()", 0), ("sys.exit(3)", 3), ("os.kill(os.getpid(), 9)", 137), ("os.kill(os.getpid(), 15)", 143)],
)
def test_leash_ends_as_its_command_does(
    leashed: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, text: str, code: int
) -> None:
    assert leashed(Script(tmp_path, text)).wait(timeout=5) == code


def test_leash_passes_on_that_it_shall_end(leashed: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    leash = leashed(Script(tmp_path, POLITE))

    leash.terminate()

    assert leash.wait(timeout=5) == 7


def test_letting_go_of_the_leash_ends_the_command(
    leashed: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    leash = leashed(Script(tmp_path, POLITE))

    let_go(leash)

    assert leash.wait(timeout=5) == 7


def test_command_that_does_not_listen_is_killed_after_the_grace(
    leashed: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    leash, began_s = leashed(Script(tmp_path, STUBBORN), grace_s=0.3), time.monotonic()

    let_go(leash)

    assert leash.wait(timeout=5) == 137
    assert 0.3 <= time.monotonic() - began_s < 2


def test_interrupt_of_the_terminal_is_not_for_the_leash(
    leashed: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    leash = leashed(script := Script(tmp_path, POLITE))

    leash.send_signal(signal.SIGINT)

    with pytest.raises(subprocess.TimeoutExpired):
        leash.wait(timeout=0.2)
    assert script.program.is_running()


def test_command_can_be_interrupted(leashed: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    leash = leashed(script := Script(tmp_path, SLEEPY))

    script.program.send_signal(signal.SIGINT)

    assert leash.wait(timeout=5) == 130
    assert script.processes == []


def test_command_reads_nothing(leashed: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    assert leashed(Script(tmp_path, "sys.exit(5 + len(sys.stdin.read()))")).wait(timeout=5) == 5


# Starting


async def test_start_returns_when_the_child_is_ready(tmp_path: Path) -> None:
    script = Script(tmp_path, f"import time; time.sleep(0.2); {SLEEPY}")

    async with kept(script.child()):
        assert script.mark.exists()


async def test_child_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    script, log = Script(tmp_path, "sys.exit('no space left')"), tmp_path / "log"

    with pytest.raises(ChildFailed) as failed:
        await script.child(log=log).start(timeout_s=10)

    assert "ended at once with code 1" in failed.value.message
    assert failed.value.message.endswith(f"in {log}:\nno space left")


async def test_last_words_are_of_this_start(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("of an earlier start\n")

    with pytest.raises(ChildFailed) as failed:
        await Script(tmp_path, "sys.exit(3)").child(log=log).start(timeout_s=10)

    assert "earlier" not in failed.value.message


async def test_child_that_is_never_ready_is_told_and_ended(tmp_path: Path) -> None:
    script = Script(tmp_path, f"print('waiting', flush=True)\n{FOREVER}")

    with pytest.raises(ChildFailed, match=r"not ready after 0.2 s.*\n?waiting"):
        await script.child(log=tmp_path / "log").start(timeout_s=0.2)

    assert script.processes == []


async def test_program_that_does_not_exist_is_told(tmp_path: Path) -> None:
    async def is_ready() -> bool:
        return False

    command = Command(name="ghost", argv=("no-such-program",), log=tmp_path / "log")
    with pytest.raises(ChildFailed, match="no-such-program"):
        await Child(command, is_ready=is_ready, report=lambda _: None).start(timeout_s=10)


async def test_start_that_is_given_up_leaves_no_process(tmp_path: Path) -> None:
    script = Script(tmp_path, f"\n{FOREVER}")
    starting = asyncio.create_task(script.child().start(timeout_s=60))
    await until(lambda: len(script.processes) == 2)

    starting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await starting
    assert script.processes == []


async def test_readiness_that_fails_leaves_no_process(tmp_path: Path) -> None:
    async def is_ready() -> bool:
        raise PermissionError

    command = Command(name="script", argv=(script := Script(tmp_path, f"\n{FOREVER}")).argv)
    with pytest.raises(PermissionError):
        await Child(command, is_ready=is_ready, report=print).start(timeout_s=10)

    assert script.processes == []


async def test_child_inherits_what_it_is_given(tmp_path: Path) -> None:
    here, there = os.pipe()
    script = Script(tmp_path, f"os.write({there}, b'hello'); {SLEEPY}")

    async with kept(script.child(pass_fds=(there,))):
        assert os.read(here, 100) == b"hello"

    os.close(here)
    os.close(there)


@pytest.mark.parametrize(("gets_settings", "told"), [(True, b"PARLEY_CANARY"), (False, b"nothing")])
async def test_only_our_own_processes_get_the_settings(tmp_path: Path, gets_settings: bool, told: bytes) -> None:
    here, there = os.pipe()
    seen = "[name for name in os.environ if name.startswith('PARLEY_')] or ['nothing']"
    script = Script(tmp_path, f"os.write({there}, ' '.join({seen}).encode()); {SLEEPY}")
    os.environ["PARLEY_CANARY"] = "secret"

    async with kept(script.child(pass_fds=(there,), gets_settings=gets_settings)):
        del os.environ["PARLEY_CANARY"]

        assert os.read(here, 100) == told

    os.close(here)
    os.close(there)


# Keeping alive


async def test_child_that_dies_is_started_again(tmp_path: Path) -> None:
    script = Script(tmp_path, POLITE)
    async with kept(script.child()) as child:
        first = script.program

        first.kill()

        await until(lambda: child.restarts == 1 and len(script.programs) == 1)
        assert script.program != first
    assert script.reports == ["the script ended with code 137; starting it again"]


async def test_command_whose_leash_is_killed_is_ended_and_started_again(tmp_path: Path) -> None:
    script = Script(tmp_path, POLITE)
    async with kept(script.child()) as child:
        leash, program = script.processes

        leash.kill()

        await until(lambda: child.restarts == 1 and len(script.processes) == 2)
        assert program not in script.processes


async def test_child_that_dies_again_and_again_is_given_more_and_more_time(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    script = Script(tmp_path, f"import time; print(time.time(), file=open({str(starts)!r}, 'a')); {READY}")

    async with kept(script.child()):
        await until(lambda: len(starts.read_text().split()) >= 3)

    first, second, third = map(float, starts.read_text().split()[:3])
    assert 0.1 <= second - first < 0.6
    assert third - second >= 0.5


async def test_child_comes_back_though_it_cannot_be_started_for_a_while(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    script = Script(tmp_path, POLITE)
    async with kept(script.child(log=folder / "log")):
        shutil.rmtree(folder)
        script.program.kill()
        await until(lambda: any("cannot be started" in report for report in script.reports))

        folder.mkdir()

        await until(lambda: len(script.processes) == 2)


# Stopping


async def test_stopped_child_is_gone_and_stays_away(tmp_path: Path) -> None:
    script = Script(tmp_path, POLITE)
    async with kept(script.child()):
        pass

    assert script.processes == []
    await asyncio.sleep(0.2)
    assert script.processes == []
    assert script.reports == []


async def test_child_that_does_not_listen_is_ended_after_the_grace(tmp_path: Path) -> None:
    script, began_s = Script(tmp_path, STUBBORN), time.monotonic()
    async with kept(script.child(grace_s=0.3)):
        pass

    assert script.processes == []
    assert script.reports == ["the script does not stop by itself; ending it"]
    assert time.monotonic() - began_s < 3


async def test_grandchildren_go_too(tmp_path: Path) -> None:
    script = Script(tmp_path, f"os.fork(); {SLEEPY}")
    async with kept(script.child()):
        assert len(script.processes) == 3

    await until(lambda: script.processes == [])


async def test_stopping_twice_is_harmless(tmp_path: Path) -> None:
    script = Script(tmp_path, POLITE)
    async with kept(script.child()) as child:
        await child.stop()

    assert script.processes == []


async def test_stopping_what_was_never_started_is_harmless(tmp_path: Path) -> None:
    await Script(tmp_path, POLITE).child().stop()


@pytest.mark.slow
@pytest.mark.parametrize("after_ms", range(90, 190, 5))
async def test_stop_at_any_moment_of_a_restart_leaves_no_process(tmp_path: Path, after_ms: int) -> None:
    script = Script(tmp_path, POLITE)
    async with kept(script.child()):
        script.program.kill()

        await asyncio.sleep(after_ms / 1000)

    assert script.processes == []


HOLDER = """
import asyncio, sys
from hub.children import Child, Command

async def is_ready():
    return True

async def hold():
    await Child(Command(name="script", argv=tuple(sys.argv[1:])), is_ready=is_ready, report=print).start(10)
    await asyncio.Event().wait()

asyncio.run(hold())
"""


async def test_kill_of_the_holder_leaves_no_process(tmp_path: Path) -> None:
    script = Script(tmp_path, POLITE)
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, *script.argv])  # noqa: ASYNC220
    await until(script.mark.exists)
    assert len(script.processes) == 3

    holder.kill()

    assert holder.wait() == -signal.SIGKILL
    await until(lambda: script.processes == [])
