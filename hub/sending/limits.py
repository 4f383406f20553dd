"""How fast messages may follow each other: over a line, and to one person."""

from datetime import timedelta
from fractions import Fraction

from channels.base import Capabilities
from hub.deps import Deps
from hub.limits import Bucket, Rate
from hub.lines.models import Line


async def take_turn(deps: Deps, line: Line, can: Capabilities, to: str) -> timedelta | None:
    """Take a place for one message on this line to one person; or say how long to wait until there is one."""
    verdict = await deps.limiter.take(*buckets_for(line, can, to))
    return timedelta(microseconds=verdict.wait_us) if verdict.wait_us else None


async def book_turn(deps: Deps, line: Line, can: Capabilities, to: str, *, name: str) -> timedelta | None:
    """The same, behind all that wait already: whoever is told to wait comes again by the same name, and is let by."""
    wait_us = await deps.limiter.book(f"{line.id}:{name}", *buckets_for(line, can, to))
    return timedelta(microseconds=wait_us) if wait_us else None


def buckets_for(line: Line, can: Capabilities, to: str) -> list[Bucket]:
    """What one message counts in. A line whose rate was changed begins anew: nobody waits behind what was booked at the
    rate of before."""
    rate = line_rate(line, can)
    of_line = Bucket(f"line:{line.id}:{rate.times}:{rate.per_s}", rate)
    return [of_line, Bucket(f"pair:{line.id}:{to}", pair_rate(can))] if can.pair_every_s else [of_line]


def line_rate(line: Line, can: Capabilities) -> Rate:
    """So many a second, also where it is one in several seconds."""
    per_second = Fraction(line.per_second or can.per_second).limit_denominator(60) or Fraction(1, 60)
    return Rate(per_second.numerator, per_second.denominator)


def pair_rate(can: Capabilities) -> Rate:
    """A burst, and from then on one in so many seconds."""
    return Rate(can.pair_burst, max(1, round(can.pair_burst * can.pair_every_s)))
