"""Redis, the bell and the wire. Nothing is kept here that MongoDB does not know, and everybody has a way without it."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from hub.errors import Unavailable

# Longer than a slow answer, shorter than anybody waits.
TIMEOUT_S = 2.0
# After a failure nobody tries again for this long: a Redis that swallows packets must not cost each request a timeout.
PAUSE_S = 1.0
LISTEN_S = 1.0
# What "Redis is away" looks like from here; OSError covers a name that does not resolve.
REDIS_AWAY = (RedisError, OSError, TimeoutError)


class RedisAway(Unavailable):
    """Redis does not answer. Whoever asked goes on without it."""

    code = "redis_away"


class Wire:
    """The Redis client of a process, with a fuse."""

    def __init__(self, client: Redis, installation: str) -> None:
        self.client = client
        self._installation = installation
        self._pause_until_s = 0.0

    def key(self, *parts: str) -> str:
        """A key that no other installation on the same Redis has."""
        return ":".join(("parley", self._installation, *parts))

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Around every use: failures become RedisAway, at once while the fuse is out."""
        if time.monotonic() < self._pause_until_s:
            raise RedisAway("Redis is away.")
        try:
            yield
        except REDIS_AWAY as error:
            # A command that Redis refuses fails alone; only a silent Redis is left in peace for a while.
            if not isinstance(error, ResponseError):
                self._pause_until_s = time.monotonic() + PAUSE_S
            raise RedisAway("Redis is away.") from error

    async def listen(self, channel: str) -> AsyncIterator[bytes]:
        """What is published there from now on, until the connection breaks: RedisAway."""
        try:
            async with self.client.pubsub(ignore_subscribe_messages=True) as hearing:
                await hearing.subscribe(channel)
                while True:
                    # Not without an end: a connection that was lost without a word is noticed by its health check only.
                    message = await hearing.get_message(timeout=LISTEN_S)
                    if message:
                        yield message["data"]
        except REDIS_AWAY as error:
            raise RedisAway("Redis is away.") from error

    async def ping(self) -> None:
        """Return when Redis answers."""
        with self.guard():
            await self.client.ping()


@asynccontextmanager
async def open_redis(url: str, installation: str = "") -> AsyncIterator[Wire]:
    """A client for the length of the block. Nothing connects before the first command."""
    client: Redis = Redis.from_url(url, socket_connect_timeout=TIMEOUT_S, socket_timeout=TIMEOUT_S)
    try:
        yield Wire(client, installation)
    finally:
        await client.aclose()
