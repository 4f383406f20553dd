"""What all fake providers have in common: a server on loopback that can be away for a while, and that can hang up."""

import asyncio
import contextlib
import ssl
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx2
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

HANG_UP = "fake.hang_up"
# How long it waits for whoever it tells something.
TIMEOUT_S = 30


class Protocol(HttpToolsProtocol):
    """HTTP that can also hang up."""

    def on_message_begin(self) -> None:
        """Every request comes with the way to do so."""
        super().on_message_begin()
        self.scope[HANG_UP] = self.transport.abort  # type: ignore[literal-required]


class HungUp(Response):
    """No answer: the connection is closed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close it, and see it closed."""
        scope[HANG_UP]()
        while (await receive())["type"] != "http.disconnect":
            pass


def json(content: Any, status: int = 200, **headers: str) -> Response:
    """An answer in JSON."""
    return Response(msgspec.json.encode(content), status, headers, "application/json")


class Busy:
    """A provider that goes on with something after it has answered."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Go on with this after the answer."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Until everything is told that was about to be."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """Tell nobody anything more."""
        await end(self._tasks)


class Served(Busy, ABC):
    """With its server, which can be away for a while."""

    port = 0
    url: str
    # From the next time on that it listens, in clear without.
    tls: ssl.SSLContext | None = None

    @abstractmethod
    def all_routes(self) -> Sequence[Route]:
        """Its HTTP API, and what it can be told."""

    async def open(self, port: int = 0) -> None:
        """Listen, at the same port as before. Without uvicorn's own server, which takes its time to stop."""
        self._state = ServerState()
        config = uvicorn.Config(Starlette(routes=self.all_routes()), lifespan="off", log_config=None, access_log=False)
        config.load()
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Protocol(config, self._state, app_state={}), "127.0.0.1", self.port or port, ssl=self.tls
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def close(self) -> None:
        """Hang up on everybody, and listen no more."""
        self._server.close()
        for connection in self._state.connections:
            connection.transport.abort()
        await end(self._state.tasks)

    @contextlib.asynccontextmanager
    async def gone(self) -> AsyncIterator[None]:
        """Nobody listens there for the length of the block."""
        await self.close()
        try:
            yield
        finally:
            await self.open()


Provider = TypeVar("Provider", bound=Served)


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cut them off."""
    for task in (cut_off := tuple(tasks)):
        task.cancel()
    await asyncio.gather(*cut_off, return_exceptions=True)


def real_time() -> datetime:
    """That of this machine."""
    return datetime.now(UTC)


@contextlib.asynccontextmanager
async def serving(make: Callable[[httpx2.AsyncClient], Provider], port: int = 0) -> AsyncIterator[Provider]:
    """A provider that tells by this client, until the block ends."""
    async with httpx2.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as client:
        provider = make(client)
        await provider.open(port)
        try:
            yield provider
        finally:
            await provider.stop()
            await provider.close()
