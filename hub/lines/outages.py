"""A line whose provider does not answer. Where it has a second one, messages go over that meanwhile; now and then one
tries the first again, and with the first that is taken all go back."""

from datetime import timedelta

from hub.audit.telling import SETTING
from hub.bus import changed
from hub.deps import Deps
from hub.lines import repository
from hub.lines.models import Line, Outage

# One failure is a mishap.
DOUBTS = 2
AGAIN = timedelta(seconds=30)


async def note_down(deps: Deps, line: Line) -> None:
    """The provider was not reached, or has failed on its side."""
    seen, now = line.outage, deps.clock.now()
    doubts = seen.doubts + 1 if seen else 1
    after = Outage(doubts=doubts, since=seen.since if seen else now, again_at=now + AGAIN)
    if await repository.change_outage(deps.mongo, line, after) and doubts == DOUBTS:
        changed(deps, SETTING, line.account, "", "line")


async def note_up(deps: Deps, line: Line) -> None:
    """It has taken something."""
    if line.outage and await repository.change_outage(deps.mongo, line, None) and is_down(line):
        changed(deps, SETTING, line.account, "", "line")


def is_down(line: Line) -> bool:
    """Whether nothing goes over it at the moment, if there is another way."""
    return line.outage is not None and line.outage.doubts >= DOUBTS


async def may_try(deps: Deps, line: Line) -> bool:
    """Whether a message may go over it: while it is down one at a time, after a pause."""
    if line.outage is None or not is_down(line):
        return True
    now = deps.clock.now()
    if now < line.outage.again_at:
        return False
    # Whoever moves the time into the future is the one who tries.
    return await repository.change_outage(deps.mongo, line, Outage(line.outage.doubts, line.outage.since, now + AGAIN))
