"""The web process."""

import asyncio
import math
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from hub import telemetry
from hub.app import create_app
from hub.background import stop
from hub.children import Report
from hub.deps import Deps
from hub.errors import Unavailable
from hub.postbox.listening import open_postbox
from hub.running.websockets import WebSocketLine
from hub.settings import Settings
from hub.sockets.engine import FRAME_BYTES

BACKLOG = 2048
KEEP_ALIVE_S = 65


class PortTaken(Unavailable):
    """Something else listens there."""

    code = "port_taken"


async def serve(settings: Settings, sock: socket.socket, report: Report) -> None:
    """Answer requests on the socket until told to stop, then finish what has begun."""
    app = create_app(settings, report=report)
    telemetry.watch(app, settings)
    async with app.router.lifespan_context(app), open_postbox(app.state.deps, report):
        server = server_of(app, settings)
        listening = asyncio.create_task(unless_deaf(app.state.deps, server), name="unless deaf")
        try:
            await server.serve(sockets=[sock])
        finally:
            await stop(listening)
        if server.is_deaf:
            raise Deaf("This process does not hear the others any more, though Redis answers: it has to start anew.")


async def unless_deaf(deps: Deps, server: "Server") -> None:
    """End a process that cannot hear the others and could not be helped: whoever supervises it starts it anew."""
    await deps.bus.speaker.until_hopeless()
    server.is_deaf = server.should_exit = True


class Deaf(Unavailable):
    """The process hears nothing of what others tell screens."""

    code = "deaf"


def server_of(app: Starlette, settings: Settings, *, heeds_signals: bool = True) -> "Server":
    """uvicorn as we run it: our own log, our own notion of who the client is, and no compression of sockets, which
    costs 64 KiB a connection."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws=WebSocketLine,
        ws_per_message_deflate=False,
        ws_max_size=FRAME_BYTES,
        # Engine.IO asks its clients by itself whether they are there.
        ws_ping_interval=None,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=math.ceil(settings.stop_timeout_s),
    )
    return Server(config, app, settings.drain_s if heeds_signals else 0, heeds_signals)


class Server(uvicorn.Server):
    """Says "not ready" for a while before it stops accepting, so that a load balancer has looked elsewhere by then."""

    def __init__(self, config: uvicorn.Config, app: Starlette, drain_s: float, heeds_signals: bool) -> None:
        super().__init__(config)
        self._app = app
        self._drain_s = drain_s
        self._heeds_signals = heeds_signals
        self.is_deaf = False

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn would raise the signal again at the end, and the process would die before it has closed the rest."""
        numbers = (signal.SIGTERM, signal.SIGINT) if self._heeds_signals else ()
        loop = asyncio.get_running_loop()
        for number in numbers:
            loop.add_signal_handler(number, self._told_to_stop, number)
        try:
            yield
        finally:
            for number in numbers:
                loop.remove_signal_handler(number)

    def _told_to_stop(self, number: int) -> None:
        """The first signal drains; the second one stops at once."""
        if self._app.state.is_draining or not self._drain_s:
            self.handle_exit(number, None)
            return
        self._app.state.is_draining = True
        self._app.state.sockets.gateway.send_away(self._drain_s)
        asyncio.get_running_loop().call_later(self._drain_s, self.handle_exit, number, None)


def listen(host: str, port: int, *, setting: str = "PARLEY_PORT") -> socket.socket:
    """Take the address, or say plainly that it is taken, and which setting names another one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise PortTaken(
            f"Cannot listen on {host}:{port}: {error.strerror}. Stop what uses it, or take another port: "
            f"{setting}={port + 1}"
        ) from error
    sock.listen(BACKLOG)
    sock.setblocking(False)
    return sock


def inherited(descriptor: int) -> socket.socket:
    """A listening socket that whoever started us holds: it outlives us, so a restart refuses nobody."""
    return socket.socket(fileno=descriptor)
