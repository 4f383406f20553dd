"""Clients that misbehave on the wire."""

import asyncio
from urllib.parse import urlsplit

MEBIBYTE = 1 << 20
# Far longer than any answer takes, and shorter than the hub's own patience with those who say nothing.
PATIENCE_S = 30

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def head(path: str, *headers: str) -> bytes:
    """The head of a POST."""
    lines = [f"POST {path} HTTP/1.1", "host: parley.test", "content-type: application/json", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


async def connect(url: str) -> Connection:
    """A connection and nothing more."""
    parts = urlsplit(url)
    return await asyncio.open_connection(parts.hostname, parts.port)


async def dribble(url: str, start: bytes) -> bytes:
    """Send the start, then nothing more; everything that comes back until the hub hangs up."""
    reader, writer = await connect(url)
    writer.write(start)
    async with asyncio.timeout(PATIENCE_S):
        answer = await reader.read()
    writer.close()
    return answer


async def flood(url: str, start: bytes, *, size: int) -> bytes:
    """Send the start and then `size` bytes without listening; the head of what comes back."""
    reader, writer = await connect(url)
    writer.write(start)
    for _ in range(size // MEBIBYTE):
        writer.write(bytes(MEBIBYTE))
        await writer.drain()
    answer = await reader.readuntil(b"\r\n\r\n")
    writer.close()
    return answer


async def hang_up(url: str, start: bytes) -> None:
    """Send the start and go."""
    _, writer = await connect(url)
    writer.write(start)
    await writer.drain()
    writer.close()


async def ask(url: str, path: str) -> bytes:
    """Ask for exactly this path, which a client's library would tidy up; everything that comes back."""
    return await dribble(url, f"GET {path} HTTP/1.1\r\nhost: parley.test\r\nconnection: close\r\n\r\n".encode())
