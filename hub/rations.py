"""To how many different people something may go within a moving span of time: counted exactly, in Redis, for all
processes together. A bucket cannot do this: whoever has a place takes no second one."""

from dataclasses import dataclass
from datetime import timedelta

from hub.clock import Clock
from hub.store.redis import Wire

# The first set has everybody who has a place, by when they used it last: so long it is theirs. The second has those who
# wait, by when they may come again: the first of them when the oldest place is free, the next one at the place after
# it. Times are whole microseconds, which a double holds exactly.
SCRIPT = """
local now, span, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local who, patience = ARGV[4], tonumber(ARGV[5])
local function forget(key, until_us) redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', until_us)) end
local function expire(key, in_us) redis.call('PEXPIRE', key, math.ceil(in_us / 1000)) end
forget(KEYS[1], now - span)
forget(KEYS[2], now - patience)
local taken, returns = redis.call('ZCARD', KEYS[1]), tonumber(redis.call('ZSCORE', KEYS[2], who) or 0)
if taken < most or redis.call('ZSCORE', KEYS[1], who) then
  redis.call('ZADD', KEYS[1], 'GT', ARGV[1], who)
  redis.call('ZREM', KEYS[2], who)
  expire(KEYS[1], span)
  return 0
end
if returns > now then return returns - now end
local before = redis.call('ZCOUNT', KEYS[2], '-inf', returns > 0 and string.format('(%.0f', returns) or '+inf')
local place = taken - most + before % most
local free = tonumber(redis.call('ZRANGE', KEYS[1], place, place, 'WITHSCORES')[2])
returns = free + span * (1 + math.floor(before / most))
redis.call('ZADD', KEYS[2], string.format('%.0f', returns), who)
local last = tonumber(redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2])
expire(KEYS[2], last - now + patience)
return returns - now
"""
# Whoever does not come again for so long after their time waits no more.
PATIENCE = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Ration:
    """At most so many people within any such span. `key` says what is shared."""

    key: str
    most: int
    within: timedelta


async def take_place(wire: Wire, clock: Clock, ration: Ration, who: str) -> timedelta | None:
    """Take a place for somebody, for a span from now on; or say after how long to ask again. Raises RedisAway."""
    script = wire.client.register_script(SCRIPT)
    now_us = round(clock.now().timestamp() * 1_000_000)
    with wire.guard():
        wait_us = await script(
            keys=[wire.key("ration", ration.key), wire.key("ration", ration.key, "waiting")],
            args=[now_us, ration.within // MICROSECOND, ration.most, who, PATIENCE // MICROSECOND],
        )
    return timedelta(microseconds=wait_us) if wait_us else None
