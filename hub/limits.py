"""How often somebody may ask: a leaky bucket in Redis, and one in memory while Redis is away."""

import math
from dataclasses import dataclass

from hub.clock import Clock
from hub.errors import TooMany
from hub.store.redis import RedisAway, Wire

# Both buckets are one number: the time at which they will be empty again (the "generic cell rate algorithm"), in whole
# microseconds, which a double holds exactly: rounding would take the last request of a burst away.
SCRIPT = """
local now, interval, times = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local empty_at = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local wait = empty_at + interval - interval * times - now
if wait > 0 then return {0, wait} end
local kept_ms = math.ceil((empty_at + interval - now) / 1000)
redis.call('SET', KEYS[1], string.format('%.0f', empty_at + interval), 'PX', kept_ms)
return {math.floor(times - (empty_at + interval - now) / interval), 0}
"""
REMEMBERED = 50_000
SECOND_US = 1_000_000


@dataclass(frozen=True)
class Rate:
    """At most `times` in `per_s` seconds for each caller, or for each address of strangers."""

    times: int
    per_s: int = 60

    def __str__(self) -> str:
        return f"{self.times} in {self.per_s} s"


@dataclass(frozen=True)
class Verdict:
    """What is left of a limit, or how long to wait."""

    rate: Rate
    left: int
    wait_us: int

    def check(self) -> None:
        """Raise TooMany when it is used up."""
        if self.wait_us:
            wait_s = math.ceil(self.wait_us / SECOND_US)
            raise TooMany(f"More requests than the limit allows ({self.rate}).", retry_after_s=wait_s)

    @property
    def headers(self) -> dict[str, str]:
        """For clients that pace themselves."""
        return {"ratelimit-limit": str(self.rate.times), "ratelimit-remaining": str(self.left)}


class Limiter:
    """Counts for all processes together; while Redis is away each counts for itself: never open, never shut for all."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire = wire
        self._clock = clock
        self._script = wire.client.register_script(SCRIPT)
        self._empty_at_us: dict[str, int] = {}

    async def take(self, key: str, rate: Rate) -> Verdict:
        """Count one request."""
        now, interval = round(self._clock.now().timestamp() * SECOND_US), rate.per_s * SECOND_US // rate.times
        try:
            with self._wire.guard():
                left, wait = await self._script(keys=[self._wire.key("rate", key)], args=[now, interval, rate.times])
        except RedisAway:
            left, wait = self._take_here(key, rate, now, interval)
        return Verdict(rate, left, wait)

    def _take_here(self, key: str, rate: Rate, now: int, interval: int) -> tuple[int, int]:
        empty_at = max(self._empty_at_us.pop(key, now), now)
        wait = max(0, empty_at + interval - interval * rate.times - now)
        self._empty_at_us[key] = empty_at if wait else empty_at + interval
        if len(self._empty_at_us) > REMEMBERED:
            self._empty_at_us.pop(next(iter(self._empty_at_us)))
        return (0, wait) if wait else ((interval * rate.times - (empty_at + interval - now)) // interval, 0)
