"""Failover: a message whose line is down goes over the line's second one, if surely nothing of it was sent; or waits,
where nobody would know what became of it."""

from datetime import timedelta

from channels.base import Probed, Refused, Unreachable, Unsure
from hub.deps import Deps
from hub.lines import outages
from hub.lines.actions import access_of, get_line
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.people.identities import is_scoped
from hub.sending.again import facts_again
from hub.sending.errand import Record, to_of
from hub.sending.failures import PROVIDER_AWAY
from hub.sending.gate import decide
from hub.sending.lane import is_preceded
from hub.sending.progress import is_untouched
from hub.sending.ways import ways_of
from hub.threads.log import get_thread, opened, where_it_goes_on
from hub.threads.models import Delivery, Entry
from hub.work.kinds import Lease

# The one in front of it on the second line rings when it has ended; so long it may also take a provider to be back.
PATIENCE = timedelta(minutes=1)
# As long as somebody may wait for an answer before they are told otherwise.
WAITS_FOR = timedelta(hours=1)


async def moved_if_down(deps: Deps, entry: Entry, lease: Lease) -> Entry:
    """The message, on the line that it goes over now."""
    record = Record(deps, lease, entry)
    if not is_untouched(record.delivery):
        return entry
    line = await get_line(deps, entry.account, entry.line)
    # What somebody has stopped goes nowhere: the gate says so.
    is_stopped = line.is_paused or line.removed_at is not None
    if is_stopped or not (line.second or is_risky(line)) or await stays(deps, line, record.delivery):
        return entry
    second = await second_of(record, line)
    if second and await is_fit(deps, entry, line, second):
        return await move(record, second)
    await wait_if_risky(record, line)
    return entry


async def second_of(record: Record, line: Line) -> Line | None:
    """The line that it may go over in the place of its own. What was moved is not moved again: nothing goes to and
    fro."""
    is_first = line.second and record.delivery.moved_from is None
    return await get_line(record.deps, line.account, line.second) if line.second and is_first else None


async def move(record: Record, second: Line) -> Entry:
    """Over the second line from now on, behind what waits there."""
    await record.move(second)
    if await is_preceded(record.deps, record.entry):
        raise record.later(PATIENCE)
    return record.entry


async def wait_if_risky(record: Record, line: Line) -> None:
    """What would be lost sight of waits for its provider, and says so; but not forever, and not what has been tried.
    It may have been said long before its time came."""
    since = max(record.entry.stored_at, line.outage.since) if line.outage else record.entry.stored_at
    is_new = record.delivery.tries == 0 and record.now < since + WAITS_FOR
    if is_new and is_risky(line) and outages.is_down(line):
        await record.wait(0, PROVIDER_AWAY)
        raise record.later(PATIENCE)


def is_risky(line: Line) -> bool:
    """Whether its provider tells nobody what it has taken, and can be asked how the line stands."""
    channel = channel_of(line)
    return isinstance(channel, Probed) and not channel.capabilities.looks_up


async def stays(deps: Deps, line: Line, delivery: Delivery) -> bool:
    """Whether its own line may be tried; not twice, where the first time has shown that the provider is away."""
    if delivery.tries and line.outage:
        return False
    return await outages.may_try(deps, line) and (not outages.is_down(line) or await answers(deps, line))


async def answers(deps: Deps, line: Line) -> bool:
    """Whether a provider that was away says anything again. One that tells nobody what it has taken is asked how the
    line stands: a message that met the outage would be lost sight of."""
    channel = channel_of(line)
    if not (is_risky(line) and isinstance(channel, Probed)):
        return True
    try:
        await channel.probe(ways_of(deps), await access_of(deps, line))
    except Refused as refused:
        return refused.failure.about != "provider"
    except (Unreachable, Unsure):
        return False
    return True


async def is_fit(deps: Deps, entry: Entry, line: Line, second: Line) -> bool:
    """Whether the second line can do the same at this moment."""
    is_there = second.removed_at is None and not second.is_paused and second.medium is line.medium
    if not (is_there and await may_go(deps, entry, second) and await outages.may_try(deps, second)):
        return False
    return not outages.is_down(second) or await answers(deps, second)


async def may_go(deps: Deps, entry: Entry, second: Line) -> bool:
    """Whether they are known there, and the gate lets it through: late over its own line is better than not at all. A
    template is of the line that it was filled for."""
    to, content = await to_of(deps, entry), await opened(deps, entry)
    if content.template or is_scoped(to):
        return False
    thread = await where_it_goes_on(deps, await get_thread(deps, entry.account, entry.thread))
    return decide(await facts_again(deps, thread, entry, second, to)).is_allowed
