"""How often somebody may ask: leaky buckets in Redis, and in memory while Redis is away."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from hub.clock import Clock
from hub.errors import TooMany
from hub.store.redis import RedisAway, Wire

# Each bucket is one number: the time at which it will be empty again (the "generic cell rate algorithm"), in whole
# microseconds, which a double holds exactly: rounding would take the last request of a burst away. All buckets of a
# request count it, or none does.
SCRIPT = """
local now, kept = tonumber(ARGV[1]), {}
for place, key in ipairs(KEYS) do
  local interval, times = tonumber(ARGV[place * 2]), tonumber(ARGV[place * 2 + 1])
  local empty_at = math.max(tonumber(redis.call('GET', key) or now), now) + interval
  local wait = empty_at - interval * times - now
  if wait > 0 then return {place, empty_at - interval, wait} end
  kept[place] = empty_at
end
for place, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.0f', kept[place]), 'PX', math.ceil((kept[place] - now) / 1000))
end
return {0, unpack(kept)}
"""
# The same where everybody gets a turn, one after the other. The first key has that of whoever asks, if it was booked
# before: who comes for it is let by.
BOOK = """
local now, held = tonumber(ARGV[1]), tonumber(ARGV[2])
local turn = tonumber(redis.call('GET', KEYS[1]) or 0)
if turn > now then return turn - now end
if turn > 0 then redis.call('DEL', KEYS[1]) end
if turn >= now - held then return 0 end
turn = now
for place = 2, #KEYS do
  local interval, times = tonumber(ARGV[place * 2 - 1]), tonumber(ARGV[place * 2])
  local empty_at = math.max(tonumber(redis.call('GET', KEYS[place]) or now), now) + interval
  turn = math.max(turn, empty_at - interval * times)
  redis.call('SET', KEYS[place], string.format('%.0f', empty_at), 'PX', math.ceil((empty_at - now) / 1000))
end
if turn > now then
  redis.call('SET', KEYS[1], string.format('%.0f', turn), 'PX', math.ceil((turn - now + held) / 1000))
end
return turn - now
"""
# How late somebody may come for a turn: as long as the longest pause between two sweeps. Later it is booked anew, or
# all that was held up for an hour would go at once.
HELD_US = 30_000_000
REMEMBERED = 50_000
SECOND_US = 1_000_000


@dataclass(frozen=True)
class Rate:
    """At most `times` in `per_s` seconds for each caller, or for each address of strangers."""

    times: int
    per_s: int = 60

    def __str__(self) -> str:
        return f"{self.times} in {self.per_s} s"

    @property
    def interval_us(self) -> int:
        """How long one request takes to leave the bucket."""
        return self.per_s * SECOND_US // self.times


class Bucket(NamedTuple):
    """What is counted, and how much of it is allowed."""

    key: str
    rate: Rate


@dataclass(frozen=True)
class Verdict:
    """What is left of a limit, or how long to wait."""

    rate: Rate
    left: int
    wait_us: int
    empty_in_us: int

    def check(self) -> None:
        """Raise TooMany when it is used up."""
        if self.wait_us:
            wait_s = math.ceil(self.wait_us / SECOND_US)
            error = TooMany(f"More requests than the limit allows ({self.rate}).", retry_after_s=wait_s)
            error.limit = self.headers
            raise error

    @property
    def headers(self) -> dict[str, str]:
        """For clients that pace themselves."""
        return {
            "ratelimit-limit": str(self.rate.times),
            "ratelimit-remaining": str(self.left),
            "ratelimit-reset": str(math.ceil(self.empty_in_us / SECOND_US)),
            "ratelimit-policy": f"{self.rate.times};w={self.rate.per_s}",
        }


class Limiter:
    """Counts for all processes together; while Redis is away each counts for itself: never open, never shut for all."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire = wire
        self._clock = clock
        self._script, self._book = wire.client.register_script(SCRIPT), wire.client.register_script(BOOK)
        self._here_us: dict[str, int] = {}

    async def take(self, first: Bucket, *others: Bucket) -> Verdict:
        """Count one request in all of the buckets; the verdict is that of the fullest."""
        now, buckets = self._now_us(), (first, *others)
        try:
            with self._wire.guard():
                full, *moments = await self._script(keys=self._keys(buckets), args=[now, *numbers_of(buckets)])
        except RedisAway:
            full, *moments = self._take_here(buckets, now)
        if full:
            empty_at, wait = moments
            return Verdict(buckets[full - 1].rate, 0, wait, empty_at - now)
        return min(
            (allowed(*each, now) for each in zip(buckets, moments, strict=True)), key=lambda verdict: verdict.left
        )

    async def book(self, name: str, *buckets: Bucket) -> int:
        """Count one request in all of the buckets, now or later: after how many microseconds it is its turn. Whoever
        comes again by the same name then is let by, and counts no second time."""
        now = self._now_us()
        try:
            with self._wire.guard():
                keys = [self._wire.key("turn", name), *self._keys(buckets)]
                wait: int = await self._book(keys=keys, args=[now, HELD_US, *numbers_of(buckets)])
                return wait
        except RedisAway:
            return self._book_here(f"turn {name}", buckets, now)

    def _now_us(self) -> int:
        return round(self._clock.now().timestamp() * SECOND_US)

    def _keys(self, buckets: Iterable[Bucket]) -> list[str]:
        return [self._wire.key("rate", bucket.key) for bucket in buckets]

    def _take_here(self, buckets: tuple[Bucket, ...], now: int) -> list[int]:
        """What the script does, in this process alone."""
        kept = []
        for place, (key, rate) in enumerate(buckets, 1):
            empty_at = max(self._here_us.get(key, now), now) + rate.interval_us
            wait = empty_at - rate.interval_us * rate.times - now
            if wait > 0:
                return [place, empty_at - rate.interval_us, wait]
            kept.append(empty_at)
        for bucket, empty_at in zip(buckets, kept, strict=True):
            self._remember(bucket.key, empty_at)
        return [0, *kept]

    def _book_here(self, name: str, buckets: Iterable[Bucket], now: int) -> int:
        turn = self._here_us.get(name, 0)
        if turn > now:
            return turn - now
        self._here_us.pop(name, None)
        if turn >= now - HELD_US:
            return 0
        turn = now
        for key, rate in buckets:
            empty_at = max(self._here_us.get(key, now), now) + rate.interval_us
            turn = max(turn, empty_at - rate.interval_us * rate.times)
            self._remember(key, empty_at)
        if turn > now:
            self._remember(name, turn)
        return turn - now

    def _remember(self, key: str, moment: int) -> None:
        self._here_us.pop(key, None)
        self._here_us[key] = moment
        while len(self._here_us) > REMEMBERED:
            self._here_us.pop(next(iter(self._here_us)))


def numbers_of(buckets: Iterable[Bucket]) -> list[int]:
    """Of each, as the scripts take them."""
    return [number for bucket in buckets for number in (bucket.rate.interval_us, bucket.rate.times)]


def allowed(bucket: Bucket, empty_at: int, now: int) -> Verdict:
    """Counted, with so many places left."""
    rate, taken_us = bucket.rate, empty_at - now
    return Verdict(rate, (rate.interval_us * rate.times - taken_us) // rate.interval_us, 0, taken_us)
