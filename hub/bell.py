"""The bell: it says "start now" over arq, so that nobody waits for a sweep. When it is broken, sweeps find the work."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import msgspec
import structlog
from arq.connections import ArqRedis

from hub.store.redis import TIMEOUT_S, RedisAway, Wire

log = structlog.get_logger()

START = "start"
# A ring that nobody heard for this long is worth nothing: a sweep has found the work by then.
EXPIRES_MS = 60_000

# arq pickles unless told otherwise, and whoever can write to Redis could then run code here.
serialize = msgspec.json.encode


def deserialize(content: bytes) -> dict[str, Any]:
    """What `serialize` wrote; anything else is refused, and arq drops it."""
    return msgspec.json.decode(content, type=dict[str, Any])


class Bell:
    """Rings for work that is due now. Ring after the write that made it due."""

    def __init__(self, pool: ArqRedis, wire: Wire) -> None:
        self._pool = pool
        self._wire = wire

    @property
    def queue(self) -> str:
        """Where workers of this installation listen."""
        return self._wire.key("bell")

    async def ring(self, kind: str, id: str, *, after: timedelta | None = None) -> None:
        """Now, or after a while. Never fails: the work is in the database already."""
        try:
            with self._wire.guard():
                await self._pool.enqueue_job(START, kind, id, _defer_by=after)
        except RedisAway:
            log.warning("bell_broken", kind=kind)


@asynccontextmanager
async def open_bell(redis_url: str, wire: Wire) -> AsyncIterator[Bell]:
    """A bell for the length of the block. Nothing connects before the first ring."""
    pool = new_pool(redis_url, wire.key("bell"))
    try:
        yield Bell(pool, wire)
    finally:
        await pool.aclose()


def new_pool(redis_url: str, queue: str) -> ArqRedis:
    """arq's own client, with our serializer and short timeouts."""
    pool: ArqRedis = ArqRedis.from_url(redis_url, socket_connect_timeout=TIMEOUT_S, socket_timeout=TIMEOUT_S)
    pool.job_serializer, pool.job_deserializer = serialize, deserialize
    pool.default_queue_name, pool.expires_extra_ms = queue, EXPIRES_MS
    return pool
