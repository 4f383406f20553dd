"""What all processes together know of presence: boards in Redis, on which each says what its own sockets do.

A process says all of it again every few seconds, and what nobody says again is over: so a process that dies is
forgotten, and a Redis that has lost everything knows it again soon. Nothing is decided by what stands there but what
screens show, so while Redis is away each process goes by its own sockets.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from hub.deps import Deps
from hub.presence.book import MEMBERS, SECOND_US, Board, Trace, What
from hub.store.redis import RedisAway

# A process that has not said it again for so long is gone. It survives a process that is busy for some seconds.
LASTS_S = 8.0
# So many boards are asked of Redis at once: more would keep everybody else waiting.
AT_ONCE = 100

# A board is a sorted set: what is done, with the time at which that is over. Whoever writes sees in one step how it
# was before and is now: one process notices each difference, and has it told.
SCRIPT = """
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local before = redis.call('ZRANGE', KEYS[1], 0, -1)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
local lasts, done = tonumber(ARGV[1]), tonumber(ARGV[2])
for place = 3, #ARGV do
  if place < 3 + done then
    redis.call('ZADD', KEYS[1], string.format('%.0f', now + lasts), ARGV[place])
  else
    redis.call('ZREM', KEYS[1], ARGV[place])
  end
end
if done > 0 then redis.call('PEXPIRE', KEYS[1], lasts) end
return {clock[1], clock[2], before, redis.call('ZRANGE', KEYS[1], 0, -1)}
"""


class Seen(NamedTuple):
    """How a board was, and how it is at this moment, in microseconds of the one clock of Redis: the later counts."""

    board: Board
    at_us: int
    before: frozenset[Trace]
    after: frozenset[Trace]

    @property
    def differing(self) -> frozenset[str]:
        """Of an account the members who came or went; of a conversation what is done otherwise."""
        moved = without_process(self.before) ^ without_process(self.after)
        return self._named(moved)

    @property
    def everything(self) -> frozenset[str]:
        """The same, for whoever was told nothing."""
        return self._named(self.after)

    def _named(self, traces: Iterable[Trace]) -> frozenset[str]:
        # Who sits before their screen is nothing that others are told.
        told = [trace for trace in traces if trace.what != "here"]
        return frozenset(trace.member if self.board.what == MEMBERS else trace.what for trace in told)

    def members(self, *whats: What) -> list[str]:
        """Who does one of these."""
        return sorted({trace.member for trace in self.after if trace.what in whats})

    @property
    def holder(self) -> str | None:
        """Whoever was the first of those who type a reply: the pen is theirs until they stop."""
        replying = [(trace.since_us, trace.member) for trace in self.after if trace.what == "reply"]
        return min(replying)[1] if replying else None


async def look(deps: Deps, board: Board) -> Seen:
    """Say what our sockets do there, and see what all do."""
    return (await look_at_each(deps, [board]))[0]


async def look_at_each(deps: Deps, boards: Collection[Board]) -> list[Seen]:
    """The same of several. It never fails: without Redis we see our own."""
    book = deps.presence
    # One after the other: what was true before must not be written over what is true now.
    async with book.saying:
        wanted = {board: book.traces(board) for board in boards}
        try:
            answers = await write(deps, wanted)
        except RedisAway:
            book.is_alone = True
            seen = [Seen(board, book.now_us, book.said.get(board, frozenset()), here) for board, here in wanted.items()]
        else:
            seen = [seen_of(board, answer) for board, answer in zip(wanted, answers, strict=True)]
            if seen:
                book.learn_time(seen[-1].at_us)
        for board, here in wanted.items():
            book.note_said(board, here)
        return seen


async def write(deps: Deps, wanted: dict[Board, frozenset[Trace]]) -> list[Any]:
    """In one pipeline: what is done by ours, and no more what they have ceased to do."""
    wire, book = deps.redis, deps.presence
    with wire.guard():
        script = wire.client.register_script(SCRIPT)
        async with wire.client.pipeline(transaction=False) as pipeline:
            for board, here in wanted.items():
                over = book.said.get(board, frozenset()) - here
                args: list[str | int] = [round(LASTS_S * 1000), len(here), *map(written, [*here, *over])]
                await script(keys=[wire.key(board.what, board.account, board.id)], args=args, client=pipeline)
            answers: list[Any] = await pipeline.execute()
    return answers


def seen_of(board: Board, answer: Any) -> Seen:
    """As Redis has answered."""
    seconds, micros, before, after = answer
    return Seen(board, int(seconds) * SECOND_US + int(micros), read(before), read(after))


def written(trace: Trace) -> str:
    """As it stands on a board."""
    return " ".join(map(str, trace))


def read(traces: Iterable[bytes]) -> frozenset[Trace]:
    """What stands on a board."""
    parts = (trace.decode().split() for trace in traces)
    return frozenset(Trace(what, member, process, int(since)) for what, member, process, since in parts)  # type: ignore[arg-type]


def without_process(traces: Iterable[Trace]) -> frozenset[Trace]:
    """Whichever process they are connected to."""
    return frozenset(trace._replace(process="") for trace in traces)
