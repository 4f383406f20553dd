"""Running the sandbox: on loopback, for the length of a block."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import httpx2
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from tests.fakes.sandbox import api, control
from tests.fakes.sandbox.provider import Sandbox

KEY = "key-of-the-sandbox"
TIMEOUT_S = 30


class Protocol(HttpToolsProtocol):
    """HTTP that can also hang up."""

    def on_message_begin(self) -> None:
        """Every request comes with the way to do so."""
        super().on_message_begin()
        self.scope[api.HANG_UP] = self.transport.abort  # type: ignore[literal-required]


class RunningSandbox(Sandbox):
    """The sandbox with its server, which can be away for a while."""

    port = 0

    async def open(self, port: int = 0) -> None:
        """Listen, at the same port as before. Without uvicorn's own server, which takes its time to stop."""
        self._state = ServerState()
        app = Starlette(routes=[*api.routes(self), *control.routes(self)])
        config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False)
        config.load()
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Protocol(config, self._state, app_state={}), "127.0.0.1", self.port or port
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def close(self) -> None:
        """Hang up on everybody, and listen no more."""
        self._server.close()
        for connection in self._state.connections:
            connection.transport.abort()
        for task in (tasks := tuple(self._state.tasks)):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def gone(self) -> AsyncIterator[None]:
        """Nobody listens there for the length of the block."""
        await self.close()
        try:
            yield
        finally:
            await self.open()


def real_time() -> datetime:
    """That of this machine."""
    return datetime.now(UTC)


@contextlib.asynccontextmanager
async def running_sandbox(
    *, now: Callable[[], datetime] = real_time, key: str = KEY, port: int = 0
) -> AsyncIterator[RunningSandbox]:
    """Serve until the block ends; `now` is the hub's clock, since signatures grow old by it."""
    async with httpx2.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as client:
        sandbox = RunningSandbox(now, client, key=key)
        await sandbox.open(port)
        try:
            yield sandbox
        finally:
            await sandbox.stop()
            await sandbox.close()
