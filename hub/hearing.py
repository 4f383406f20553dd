"""Hearing what other processes say, over Redis, and noticing when one has become deaf.

A process that hears speaks to itself every other second and must hear it. When it does not although Redis answers, it
begins to listen anew; when that does not help either, it is deaf: `/ready` says so, and it ends, to be started again.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from hub.background import stop
from hub.store.redis import RedisAway, Wire

log = structlog.get_logger()

SPEAK_S, DOUBT_S, DEAF_S, HOPELESS_S = 2.0, 5.0, 9.0, 15.0
LOOK_S = 0.5
AGAIN_S = 0.5
# Nobody understands it; it is heard all the same.
PING = b'{"method":"ping"}'

Take = Callable[[bytes], Awaitable[None]]


class Hearing:
    """The ear of one process."""

    def __init__(self, wire: Wire, channel: str) -> None:
        self._wire, self._channel = wire, channel
        self._listening: asyncio.Task[None] | None = None
        self._pinging: asyncio.Task[None] | None = None
        self._heard_s = 0.0
        # Since when it should have heard itself and has not.
        self._silent_since_s: float | None = None

    def begin(self, take: Take) -> None:
        """Listen from now on."""
        self._take = take
        self._listening = asyncio.create_task(self._listen_always(), name="hearing")
        self._pinging = asyncio.create_task(self._speak_always(), name="hearing itself")

    @property
    def silent_for_s(self) -> float:
        """For how long it has not heard itself, though Redis is there."""
        return 0.0 if self._silent_since_s is None else time.monotonic() - self._silent_since_s

    @property
    def is_deaf(self) -> bool:
        """Whether nobody may rely on it any more."""
        return self.silent_for_s > DEAF_S

    async def until_hopeless(self) -> None:
        """Return when it was deaf for so long that only a new process helps."""
        while self.silent_for_s < HOPELESS_S:
            await asyncio.sleep(LOOK_S)

    async def close(self) -> None:
        """Listen no more."""
        # At first what would begin to listen anew.
        for task in filter(None, (self._pinging, self._listening)):
            await stop(task)

    async def _listen_always(self) -> None:
        while True:
            try:
                async for content in self._wire.listen(self._channel):
                    self._heard_s = time.monotonic()
                    if content != PING:
                        await self._take(content)
            except RedisAway:
                log.warning("hearing_broken", error="redis_away")
            except Exception as error:  # the outermost loop: one message that cannot be taken must not deafen us
                log.error("hearing_failed", exc_info=error)
            await asyncio.sleep(AGAIN_S)

    async def _speak_always(self) -> None:
        while True:
            await asyncio.sleep(SPEAK_S)
            said_s = time.monotonic()
            try:
                with self._wire.guard():
                    await self._wire.client.publish(self._channel, PING)
            except RedisAway:
                # Nobody hears anything, and everybody knows: that is not deafness.
                self._silent_since_s = None
                continue
            await asyncio.sleep(AGAIN_S)
            await self._judge(said_s)

    async def _judge(self, said_s: float) -> None:
        """Whether what was said has come back."""
        if self._heard_s >= said_s:
            self._silent_since_s = None
            return
        self._silent_since_s = self._silent_since_s or said_s
        if self.silent_for_s > DOUBT_S and self._listening:
            log.warning("hearing_doubted")
            await stop(self._listening)
            self._listening = asyncio.create_task(self._listen_always(), name="hearing")
