"""Engine.IO as we run it: WebSocket only, one task a socket, and what is sent goes straight to the line.

The library's own sockets have a queue without end and three tasks each; ours write at once, and a reader who does not
keep up is cut off with a code to come back by.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol, cast
from urllib.parse import parse_qs

import engineio
import structlog
from engineio.async_socket import AsyncSocket
from engineio.packet import MESSAGE, OPEN, PING, PONG, Packet

from hub.sockets.budget import Budget

log = structlog.get_logger()

FRAME_BYTES = 64 * 1024
PING_S, PONG_S, LOOK_S = 25, 20, 1.0
# Somebody who connects says within this time who they are.
GREET_S = 5.0
# So many of one address may be about to say it: an office that comes back at once, and hardly a burden.
MOST_UNKNOWN = 200
# What a client sends at most, whatever it is: more than its questions may be.
FRAMES_PER_S, MOST_FRAMES = 50.0, 250.0
# The first letter of a frame says what it is.
IS_PING, IS_PONG, IS_MESSAGE = str(PING), str(PONG), str(MESSAGE)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Code:
    """Why a socket was ended by us. docs/live.md says what a client does about each."""

    SERVER_STOPS = 4000
    NOBODY = 4001
    BAD_FRAME = 4002
    TOO_SLOW = 4008
    TOO_MUCH = 4029


class Line(Protocol):
    """What carries the bytes."""

    def write(self, frame: bytes) -> bool:
        """False when too much waits for the reader already."""

    def settle(self) -> None:
        """It is open: what was said to open it is of no more use."""

    @property
    def is_gone(self) -> bool:
        """Whether it has ended, though somebody may still be answering what came over it."""

    def cut(self, code: int, reason: str) -> None:
        """End it, and say why."""


Framed = Callable[[bytes], bytes]
# From which address a connection comes, as limits count it.
AddressOf = Callable[[Scope], str]


class Socket(AsyncSocket):  # type: ignore[misc]
    """One connection of one client."""

    server: "Engine"

    def __init__(self, server: "Engine", sid: str, line: Line, scope: Scope) -> None:
        super().__init__(server, sid)
        self.line, self.scope, self.address = line, scope, server.address_of(scope)
        self.connected = self.upgraded = True
        self._budget = Budget(FRAMES_PER_S, MOST_FRAMES)
        # In how many namespaces it is known who speaks, and when it ends if in none.
        self._known_in = 0
        self._greeting: asyncio.TimerHandle | None = None
        # When the last ping went out that was not answered.
        self.last_ping: float | None = None
        self.next_ping_s = time.monotonic() + PING_S

    async def send(self, pkt: Packet) -> None:
        """Straight to the line."""
        self.write(self.server.framed(pkt.encode().encode()))

    def write(self, frame: bytes) -> None:
        """A frame that may be the same for many."""
        if not self.line.write(frame):
            self.end(Code.TOO_SLOW, "too_slow")

    def end(self, code: int, reason: str) -> None:
        """No more from us; the listening ends by it."""
        self.closing = True
        self.line.cut(code, reason)

    async def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """As the library wants it closed."""
        self.end(Code.SERVER_STOPS, reason or "closed")

    def await_greeting(self) -> None:
        """Somebody who does not say who they are takes a place from others. They may be slow rather than nobody, and
        come back."""
        self.server.unknown[self.address] += 1
        self._greeting = asyncio.get_running_loop().call_later(GREET_S, self.end, Code.TOO_SLOW, "no_token")

    def is_greeted(self) -> None:
        """Nobody waits any more for who it is."""
        if self._greeting:
            self._greeting.cancel()
            self._greeting = None
            self.server.forget_unknown(self.address)

    def is_refused(self) -> None:
        """It may say again who it is, or another one."""
        if not self._known_in and not self.closed:
            self.await_greeting()

    def enter(self) -> None:
        """It is in one namespace more."""
        self._known_in += 1
        self.is_greeted()

    def leave(self) -> None:
        """It is in one less."""
        self._known_in -= 1
        if not self._known_in and not self.closed:
            self.await_greeting()

    async def receive(self, text: str) -> None:
        """What the client has sent; raises for what no client of ours sends."""
        kind = text[:1]
        if kind == IS_PONG:
            self.last_ping = None
        elif kind == IS_MESSAGE:
            await self.server.handlers["message"](self.sid, text[1:])
        elif kind == IS_PING:
            await self.send(Packet(PONG))
        else:
            raise ValueError("a packet that means nothing here")

    async def listen(self, receive: Receive) -> None:
        """Take one frame after the other, until either side ends it: what a client asks first is answered first."""
        while (event := await receive())["type"] == "websocket.receive" and not self.closing:
            if self._budget.take(1):
                self.end(Code.TOO_MUCH, "too_much")
                return
            try:
                await self.receive(text_of(event))
            except Exception as error:  # the outermost loop of a socket: whoever sends rubbish is let go of
                log.info("socket_frame_refused", error=type(error).__name__)
                self.end(Code.BAD_FRAME, "bad_frame")
                return


def is_our_version(scope: Scope) -> bool:
    """Whether the client speaks Engine.IO 4 over WebSocket, from the beginning."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    return asked.get("EIO") == ["4"] and asked.get("transport") == ["websocket"] and "sid" not in asked


def text_of(event: MutableMapping[str, Any]) -> str:
    """What is in a frame; raises for one of bytes."""
    text = event.get("text")
    if not isinstance(text, str):
        raise ValueError("not a frame of ours")
    return text


class Engine(engineio.AsyncServer):  # type: ignore[misc]
    """All sockets of a process."""

    def __init__(self, *, framed: Framed, address_of: AddressOf, **options: Any) -> None:
        super().__init__(
            **{
                **options,
                "async_mode": "asgi",
                "transports": ["websocket"],
                "ping_interval": PING_S,
                "ping_timeout": PONG_S,
                "max_http_buffer_size": FRAME_BYTES,
                "monitor_clients": False,
                # Who may come from where is asked with the token: each namespace has its own answer.
                "cors_allowed_origins": "*",
                "http_compression": False,
            }
        )
        self.framed, self.address_of = framed, address_of
        self.is_closing = False
        # How many of an address have not said yet who they are.
        self.unknown: Counter[str] = Counter()
        self._looking: asyncio.Task[None] | None = None

    def create_queue(self, *_: Any, **__: Any) -> None:
        """There is none: see `Socket.send`."""

    def start(self) -> None:
        """Look after the sockets from now on."""
        self._looking = asyncio.create_task(self._look_always(), name="sockets")

    def send_away(self, within_s: float) -> None:
        """Tell one after the other to come back, once proxies have had time to look elsewhere."""
        loop, sockets = asyncio.get_running_loop(), [*self.sockets.values()]
        for place, socket in enumerate(sockets):
            loop.call_later(
                within_s * (0.5 + 0.5 * place / len(sockets)), socket.end, Code.SERVER_STOPS, "server_stops"
            )

    async def stop(self) -> None:
        """Tell all of them to come back, and that it is not their fault."""
        self.is_closing = True
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        for socket in [*self.sockets.values()]:
            socket.end(Code.SERVER_STOPS, "server_stops")

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection, by WebSocket and in our version of the protocol. The library's own way here keeps a
        description of the request, and three frames more, for as long as the connection lasts."""
        await receive()
        socket = Socket(self, self.generate_id(), cast(Line, scope["extensions"]["parley.line"]), scope)
        is_full = self.unknown[socket.address] >= MOST_UNKNOWN
        if self.is_closing or is_full or not is_our_version(scope):
            log.info("socket_request_refused", error="full" if is_full else "version")
            await send({"type": "websocket.close"})
            return
        await send({"type": "websocket.accept"})
        socket.line.settle()
        self.sockets[socket.sid] = socket
        socket.await_greeting()
        try:
            await self._serve(socket, receive)
        finally:
            socket.closed = True
            socket.is_greeted()
            await self.handlers["disconnect"](socket.sid, self.reason.TRANSPORT_CLOSE)
            self.sockets.pop(socket.sid, None)

    def forget_unknown(self, address: str) -> None:
        """One of this address has said who they are, or has gone."""
        self.unknown[address] -= 1
        if not self.unknown[address]:
            del self.unknown[address]

    async def _serve(self, socket: Socket, receive: Receive) -> None:
        """From the first word to the last."""
        hello = {"sid": socket.sid, "upgrades": [], "pingInterval": PING_S * 1000, "pingTimeout": PONG_S * 1000}
        await socket.send(Packet(OPEN, {**hello, "maxPayload": FRAME_BYTES}))
        await self.handlers["connect"](socket.sid, socket.scope)
        await socket.listen(receive)

    async def _look_always(self) -> None:
        """One task for all: pings go out, and whoever has not answered one is gone."""
        ping = self.framed(Packet(PING).encode().encode())
        while True:
            await asyncio.sleep(LOOK_S)
            for socket in [*self.sockets.values()]:
                with contextlib.suppress(Exception):
                    self._look_at(socket, time.monotonic(), ping)

    def _look_at(self, socket: Socket, now_s: float, ping: bytes) -> None:
        """Whether it has answered, and whether it is to be asked."""
        if socket.last_ping is not None and now_s - socket.last_ping > PONG_S:
            socket.end(Code.TOO_SLOW, "no_pong")
        elif socket.last_ping is None and now_s >= socket.next_ping_s:
            socket.last_ping, socket.next_ping_s = now_s, now_s + PING_S
            socket.write(ping)
