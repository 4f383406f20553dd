"""What the benchmarks of live screens need: servers with sockets on the first core, and on the others the databases and
a thousand screens."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import psutil

from bench.door import cpu_s_of, listener, made
from bench.intake_stage import Founded, account_with_line, environ_of
from bench.live_lines import Line, open_line
from bench.machine import on, shared_out
from bench.processes import started
from bench.start import answers, until
from hub.children import Report
from hub.settings import Secret, Settings, load
from hub.store.embedded import free_port, open_servers
from hub.store.ids import new_id
from hub.store.mongo import open_mongo
from hub.store.sealed import new_master_key

ROOT = Path(__file__).parents[1]
NODE_SERVER = ROOT / "bench" / "reference" / "node" / "sockets.mjs"
# So many screens of each key, and so many at a time that come.
PER_KEY, AT_ONCE = 25, 50
EVENT_BYTES = 200


@dataclass(frozen=True)
class Server:
    """One that holds sockets, for one measurement."""

    port: int
    process: psutil.Process
    namespace: str
    # What an event says beside its text.
    envelope: int
    tokens: Sequence[str]

    @property
    def cpu_s(self) -> float:
        """What the process has used so far."""
        return cpu_s_of(self.process)

    @property
    def size(self) -> int:
        """What the process has of the machine's memory."""
        return int(self.process.memory_info().rss)

    @property
    def text(self) -> str:
        """What makes an event as large as it should be."""
        return "x" * (EVENT_BYTES - self.envelope)

    async def screen(self, number: int) -> Line:
        """The socket of this number, come from an address of its own."""
        token = self.tokens[number // PER_KEY % len(self.tokens)]
        return await open_line(self.port, self.namespace, token, address_of(number))

    async def screens(self, numbers: range) -> list[Line]:
        """Many, some at a time."""
        lines: list[Line] = []
        for first in range(0, len(numbers), AT_ONCE):
            lines += await asyncio.gather(*map(self.screen, numbers[first : first + AT_ONCE]))
        return lines


@dataclass(frozen=True)
class Stage:
    """What stays open from one measurement to the next; each has a server of its own, because what one has had of the
    memory it does not give back."""

    settings: Settings
    founded: Founded
    keys: Sequence[str]

    @asynccontextmanager
    async def ours(self) -> AsyncIterator[Server]:
        """The web process."""
        async with self._server("-m", "bench.live_web", "{port}", environ=environ_of_live(self.settings)) as server:
            envelope = len(f'{{"account":"{self.founded.account}","thread":"of-50-123","rev":123,"text":""}}')
            yield replace(server, namespace="/inbox", envelope=envelope, tokens=self.keys)

    @asynccontextmanager
    async def python(self, how: str) -> AsyncIterator[Server]:
        """python-socketio, `bare` or `tuned`."""
        more = (how, self.settings.mongodb_url.reveal(), self.settings.mongodb_database)
        async with self._server("-m", "bench.reference.sockets", "{port}", *more) as server:
            yield server

    @asynccontextmanager
    async def node(self) -> AsyncIterator[Server]:
        """socket.io."""
        ours = ROOT / ".tools" / "node" / "bin" / "node"
        program = str(ours) if ours.exists() else shutil.which("node")
        if program is None:
            raise SystemExit("There is no node: `make test` sets it up.")
        async with self._server("--expose-gc", str(NODE_SERVER), "{port}", program=program) as server:
            yield server

    @asynccontextmanager
    async def _server(self, *argv: str, environ: dict[str, str] | None = None, **more: str) -> AsyncIterator[Server]:
        port, (cores, _) = free_port(), shared_out()
        async with AsyncExitStack() as stack:
            with on(cores):
                argv = tuple(word.format(port=port) for word in argv)
                process = await stack.enter_async_context(started(*argv, environ=environ or {}, **more))
            await until(port, answers, process)
            yield Server(port, listener(port), "", len('{"text":""}'), ["nobody"])


@asynccontextmanager
async def open_stage(screens: int, report: Report) -> AsyncIterator[Stage]:
    """The databases, and an account with keys for so many screens."""
    async with open_databases(report) as settings:
        empty = Stage(settings, Founded("", "", ""), ())
        async with empty.ours() as server:
            report("live: an account, and its keys")
            founded, keys = await account_with_keys(server.port, screens // PER_KEY + 1)
        yield Stage(settings, founded, keys)


@asynccontextmanager
async def open_databases(report: Report) -> AsyncIterator[Settings]:
    """Those of the settings or the embedded ones, beside the load; we are there too."""
    given = load(os.environ)
    _, load_cores = shared_out()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-bench-")))
        stack.enter_context(on(load_cores))
        opening = open_servers(replace(given, data=folder), role="command", report=report)
        servers = await stack.enter_async_context(opening)
        database = f"bench{new_id(datetime.now(UTC))}"
        if given.mongodb_url:
            # The embedded one goes with its folder.
            opened = open_mongo(servers.mongodb_url, database, timeout_s=30)
            stack.push_async_callback((await stack.enter_async_context(opened)).drop)
        yield replace(
            given,
            data=folder,
            mongodb_url=Secret(servers.mongodb_url),
            mongodb_database=database,
            redis_url=Secret(servers.redis_url),
            master_key=servers.master_key or given.master_key or Secret(new_master_key()),
        )


async def account_with_keys(port: int, keys: int) -> tuple[Founded, list[str]]:
    """An account, and keys that see all conversations."""
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        founded = await account_with_line(client, "live")
        bodies = [{"name": f"{number}", "grants": [{"permission": "threads.view"}]} for number in range(keys)]
        return founded, [(await made(client, "/api/v1/keys", body, founded.key))["secret"] for body in bodies]


def environ_of_live(settings: Settings) -> dict[str, str]:
    """Each screen comes from an address of its own, as it says: or they were all one stranger too many."""
    return {**environ_of(settings), "PARLEY_TRUSTED_PROXIES": "127.0.0.1/32"}


def address_of(number: int) -> str:
    """The one of this screen."""
    return f"10.0.{number // 250}.{number % 250}"
