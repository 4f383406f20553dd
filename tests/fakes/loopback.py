"""A server on loopback that counts every connection, keeps what it was sent, and plays a script."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

# Then the server hangs up, so that a client without a deadline fails its test instead of hanging.
PATIENCE_S = 40.0

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

Play = Callable[[asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes = b"", *, status: str = "200 OK", headers: str = "") -> bytes:
    """A complete HTTP answer."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


def says(*parts: bytes) -> Play:
    """Write these bytes and hang up."""

    async def play(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return play


def says_forever(start: bytes, again: bytes, *, every_s: float = 0.0) -> Play:
    """Write the start, then the same bytes again and again, as long as somebody listens and patience lasts."""

    async def play(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(every_s)

    return play


class Loopback:
    """What a test asks about the server it started."""

    def __init__(self, play: Play, *, listens: bool) -> None:
        self.hits = 0
        self.requests: list[bytes] = []
        self.port = 0
        self._play = play
        self._listens = listens
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    async def hung_up(self) -> None:
        """Return once the other side has closed every connection."""
        async with asyncio.timeout(PATIENCE_S - 1):
            while self._tasks:
                await asyncio.sleep(0.01)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.hits += 1
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            async with asyncio.timeout(PATIENCE_S):
                if self._listens:
                    self.requests.append(await _read_request(reader))
                await self._play(writer)
        writer.close()
        self._tasks.discard(task)

    async def stop(self) -> None:
        for task in (tasks := tuple(self._tasks)):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
    return head + await reader.readexactly(length)


@contextlib.asynccontextmanager
async def listening(
    play: Play, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None, listens: bool = True
) -> AsyncIterator[Loopback]:
    """Serve until the block ends; with `listens=False` it plays without waiting for a request."""
    loopback = Loopback(play, listens=listens)
    server = await asyncio.start_server(loopback.handle, host, port, ssl=tls)
    loopback.port = server.sockets[0].getsockname()[1]
    try:
        yield loopback
    finally:
        server.close()
        await loopback.stop()
