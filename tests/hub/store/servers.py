"""Servers that a test starts for itself, and processes that hold or join them."""

import asyncio
import contextlib
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import psutil

from hub.children import LEASH, Child, Command
from hub.settings import Secret, Settings
from hub.store.embedded import is_listening, stop
from hub.store.folder import Role

START_TIMEOUT_S = 20
GONE_WITHIN_S = 30
# What in the command line of a leash names the server that it holds.
FILES = {"database": "mongodb", "redis": "redis.conf"}
# Where nothing is: with it in the settings only Redis is started, which takes a twentieth of the time.
NO_DATABASE = Secret("mongodb://127.0.0.1:9/")

HOLDER = """
import asyncio, sys, uvloop
from pathlib import Path
from hub.settings import Secret, Settings
from hub.store.embedded import open_servers

async def hold(data, role, mongodb_url):
    settings = Settings(data=Path(data), mongodb_url=Secret(mongodb_url), start_timeout_s=20)
    async with open_servers(settings, role=role, report=lambda text: None) as servers:
        print(servers.redis_url, flush=True)
        await asyncio.to_thread(sys.stdin.read)

uvloop.run(hold(*sys.argv[1:]))
"""


@asynccontextmanager
async def database_alone(folder: Path, port: int, *options: str) -> AsyncIterator[None]:
    """An embedded database for everybody, on this port."""

    async def is_ready() -> bool:
        return await is_listening(port)

    where = ("--host", "127.0.0.1", "--port", str(port), "--storage-path", str(folder), "--log-level", "WARNING")
    argv = (sys.executable, "-m", "secantus", *where, *options)
    child = Child(Command(name="database", argv=argv), is_ready=is_ready, report=logging.warning)
    await child.start(START_TIMEOUT_S)
    try:
        yield
    finally:
        await stop(child, is_ready)


def redis_only(data: Path) -> Settings:
    """Settings under which this folder's only server is Redis."""
    return Settings(data=data, mongodb_url=NO_DATABASE, start_timeout_s=START_TIMEOUT_S)


class Holder:
    """Another process that has opened the servers of a folder."""

    def __init__(self, settings: Settings, role: Role) -> None:
        argv = [sys.executable, "-c", HOLDER, str(settings.data), role, settings.mongodb_url.reveal()]
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.redis_url = self.process.stdout.readline().strip()

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def family(self) -> list[psutil.Process]:
        """What it has started: leashes and servers."""
        found: list[psutil.Process] = psutil.Process(self.pid).children(recursive=True)
        return found

    def let_go(self) -> None:
        """Tell it to end."""
        assert self.process.stdin
        self.process.stdin.close()


@contextmanager
def holding(settings: Settings, *, role: Role) -> Iterator[Holder]:
    """For the length of the block, unless the test kills it first."""
    holder = Holder(settings, role)
    with holder.process:
        yield holder
        holder.process.kill()


def leashes_of(data: Path) -> dict[str, psutil.Process]:
    """What holds the servers of this folder, by the names of the servers."""
    found = {}
    for process in psutil.process_iter(["cmdline", "status"]):
        line = process.info["cmdline"] or []
        if str(LEASH) in line and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.update({name: process for name, path in FILES.items() if str(data / path) in line})
    return found


def servers_of(data: Path) -> dict[str, psutil.Process]:
    """The servers of this folder that run now."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return {name: leash.children()[0] for name, leash in leashes_of(data).items() if leash.children()}
    return {}


async def until(holds: Callable[[], object], within_s: float = GONE_WITHIN_S) -> float:
    """How long it took."""
    began_s = time.monotonic()
    async with asyncio.timeout(within_s):
        while not holds():
            await asyncio.sleep(0.02)
    return time.monotonic() - began_s
