"""How fast messages may follow each other: over a line, and to one person."""

from datetime import timedelta
from fractions import Fraction

from channels.base import Capabilities
from hub.deps import Deps
from hub.limits import Bucket, Rate
from hub.lines.models import Line


async def take_turn(deps: Deps, line: Line, can: Capabilities, thread_id: str) -> timedelta | None:
    """Take a place for one message on this line to one person; or say how long to wait until there is one."""
    buckets = [Bucket(f"line:{line.id}", line_rate(line, can))]
    if can.pair_every_s:
        buckets.append(Bucket(f"pair:{line.id}:{thread_id}", pair_rate(can)))
    verdict = await deps.limiter.take(*buckets)
    return timedelta(microseconds=verdict.wait_us) if verdict.wait_us else None


def line_rate(line: Line, can: Capabilities) -> Rate:
    """So many a second, also where it is one in several seconds."""
    per_second = Fraction(line.per_second or can.per_second).limit_denominator(60) or Fraction(1, 60)
    return Rate(per_second.numerator, per_second.denominator)


def pair_rate(can: Capabilities) -> Rate:
    """A burst, and from then on one in so many seconds."""
    return Rate(can.pair_burst, max(1, round(can.pair_burst * can.pair_every_s)))
