"""Screens by the thousand: WebSockets that speak Engine.IO and Socket.IO by hand, so that whoever measures a server
with them does not measure a client's library."""

import asyncio
import os
import zlib
from base64 import b64encode
from collections.abc import Callable
from itertools import count
from typing import Any

import msgspec

PATH = "/socket.io/?EIO=4&transport=websocket"
PATIENCE_S = 60
# A frame that was compressed, and what a sender leaves away at its end.
IS_DEFLATED, DEFLATE, TAIL = 0x40, b"permessage-deflate", b"\x00\x00\xff\xff"
# How an event begins that the bench has asked for; servers have some of their own to tell.
TOLD = b'["told",'
# What is read at a time, from whichever socket: uvloop hands it over before it reads the next.
ROOM = bytearray(256 * 1024)
VIEW = memoryview(ROOM)

# (an event, as it stands on the wire)
Hear = Callable[[bytes], None]


class _Kind:
    TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Lost(Exception):
    """The server has ended it, or was not there."""


class Line(asyncio.BufferedProtocol):
    """One socket. `heard` is how many events of the bench's own came; `hear`, if there is one, gets all, as they stand
    on the wire."""

    def __init__(self, namespace: str) -> None:
        self.heard = 0
        self.hear: Hear | None = None
        self._prefix = f"{namespace}," if namespace else ""
        self._rest = b""
        self._is_open = False
        self._inflate: Any = None
        self._numbers = count()
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost = asyncio.Event()

    def connection_made(self, transport: Any) -> None:
        """The way is there."""
        self.transport = transport

    def get_buffer(self, _: int) -> memoryview:
        """The one that all share."""
        return VIEW

    def buffer_updated(self, size: int) -> None:
        """Something came; what is no whole frame waits for the rest."""
        data = self._rest + VIEW[:size]
        if not self._is_open and b"\r\n\r\n" in data:
            head, _, data = data.partition(b"\r\n\r\n")
            self._is_open = b" 101 " in head.partition(b"\r\n")[0]
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if DEFLATE in head else None
        self._rest = self._read(data) if self._is_open else data

    def _read(self, data: bytes) -> bytes:
        """All frames in it; gives what is left."""
        at, end = 0, len(data)
        while end - at >= 2:
            length, begins = data[at + 1], at + 2
            if length > 125:
                begins += 2 if length == 126 else 8
                length = int.from_bytes(data[at + 2 : begins])
            if begins + length > end:
                break
            self._take(data[at], data[begins : begins + length])
            at = begins + length
        return data[at:]

    def _take(self, kind: int, text: bytes) -> None:
        match kind & 15:
            case _Kind.TEXT:
                self._hear(self._inflate.decompress(text + TAIL) if kind & IS_DEFLATED else text)
            case _Kind.PING:
                self._write(_Kind.PONG, text)
            case _Kind.CLOSE:
                self.transport.close()

    def _hear(self, text: bytes) -> None:
        if text.startswith(b"42"):
            self.heard += TOLD in text[:20]
            if self.hear:
                self.hear(text)
        elif text.startswith(b"0"):
            self._say(self._greeting)
        elif text == b"2":
            self._say("3")
        elif text.startswith(b"43"):
            number, _, answer = text[2:].decode().removeprefix(self._prefix).partition("[")
            said = msgspec.json.decode(f"[{answer}")
            self._answers.pop(int(number)).set_result(said[0] if said else None)
        elif text.startswith(b"40"):
            self._greeted.set_result(None)
        elif text.startswith(b"44"):
            self._greeted.set_exception(Lost(text.decode()))

    def connection_lost(self, _: Exception | None) -> None:
        """Whoever waits for something waits in vain."""
        for waiting in (self._greeted, *self._answers.values()):
            if not waiting.done():
                waiting.set_exception(Lost("The connection is gone."))
                waiting.exception()
        self.lost.set()

    def eof_received(self) -> None:
        """Nothing more comes."""

    async def greet(self, token: str, address: str) -> None:
        """Return when the server has let us in."""
        key = b64encode(os.urandom(16)).decode()
        head = ("connection: upgrade", "upgrade: websocket", "sec-websocket-version: 13", f"sec-websocket-key: {key}")
        # As browsers do: a server that wants to may compress.
        more = ("host: bench", f"x-forwarded-for: {address}", "sec-websocket-extensions: permessage-deflate")
        self.transport.write("\r\n".join([f"GET {PATH} HTTP/1.1", *head, *more, "", ""]).encode())
        self._greeting = f"40{self._prefix}{msgspec.json.encode({'token': token}).decode()}"
        async with asyncio.timeout(PATIENCE_S):
            await self._greeted

    async def ask(self, name: str, body: Any = None) -> Any:
        """One question, and its answer."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        question = msgspec.json.encode([name, {} if body is None else body]).decode()
        self._say(f"42{self._prefix}{number}{question}")
        async with asyncio.timeout(PATIENCE_S):
            return await answer

    def _say(self, text: str) -> None:
        self._write(_Kind.TEXT, text.encode())

    def _write(self, kind: int, data: bytes) -> None:
        """A masked frame, as a client's must be; a mask of zeros leaves it as it is."""
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2)
        self.transport.write(bytes([0x80 | kind]) + size + bytes(4) + data)

    def close(self) -> None:
        """Hang up."""
        self.transport.close()


async def open_line(port: int, namespace: str, token: str, address: str) -> Line:
    """A socket that was let in, or Lost."""
    try:
        _, line = await asyncio.get_running_loop().create_connection(lambda: Line(namespace), "127.0.0.1", port)
    except OSError as error:
        raise Lost(str(error)) from None
    try:
        await line.greet(token, address)
    except BaseException:
        line.close()
        raise
    return line
