"""What a message waits for before it is handed over: its turn, and a place among those whom the business may write to
first within a day."""

from datetime import datetime, timedelta

from channels.base import Address
from hub.deps import Deps
from hub.lines.models import Line
from hub.rations import Ration, take_place
from hub.sending.errand import Errand
from hub.sending.failures import NEW_PEOPLE
from hub.sending.lane import is_behind_newcomer
from hub.sending.limits import book_turn
from hub.sending.models import SEND, Facts, Verdict, Why
from hub.store.redis import RedisAway
from hub.threads.models import Failing

# Until what waits for its turn is written down as waiting.
A_MOMENT = timedelta(milliseconds=50)
A_DAY = timedelta(hours=24)
# By then the limit may have been raised, and they may have written.
ASKS_AGAIN = timedelta(hours=1)
WHILE_PAUSED = timedelta(minutes=1)
# The one in front of it rings when it has ended.
IN_ITS_TURN = timedelta(minutes=1)
# What the hash of whoever has a place is bound to.
PLACE = "sending.new_people"


async def wait_for_turn(errand: Errand, n: int) -> None:
    """A line and a person take only so many in a second. Whatever is too much books a turn and comes again for it: none
    waits in a place at the desk, where what goes over other lines would have to wait behind it."""
    deps, can, name = errand.deps, errand.channel.capabilities, errand.part(n).client_id
    wait = await book_turn(deps, errand.line, can, errand.entry.thread, name=name)
    if wait:
        # A ring that is lost, or comes too early, costs some seconds: a sweep finds it, and its turn is still its own.
        await deps.bell.ring(SEND, errand.entry.id, after=wait + A_MOMENT)
        raise errand.later(wait)


async def wait_for_place(errand: Errand, n: int, facts: Facts) -> None:
    """Providers let a business begin with only so many people within a day. Whoever is one too many waits, and the
    message says so."""
    if not begins(facts):
        return
    if await is_behind_newcomer(errand.deps, errand.entry):
        raise errand.later(IN_ITS_TURN)
    wait = await place_for(errand.deps, errand.line, errand.to)
    if wait:
        await errand.wait(n, failing_until(errand.now + wait))
        raise errand.later(min(wait, ASKS_AGAIN))


def pause_at_gate(facts: Facts, verdict: Verdict) -> timedelta | None:
    """How long to wait where nothing is against the message but the hour, or that somebody has paused the line. Either
    may be otherwise soon."""
    return WHILE_PAUSED if verdict.code is Why.LINE_PAUSED else hours_left(verdict, facts.now)


def hours_left(verdict: Verdict, now: datetime) -> timedelta | None:
    """How long to wait where nothing is against it but the hour. The hours of the account may be changed meanwhile."""
    until = verdict.alternatives[0].until if verdict.alternatives else None
    return min(until - now, ASKS_AGAIN) if verdict.code is Why.QUIET_HOURS and until else None


def begins(facts: Facts) -> bool:
    """Whether the business writes outside of the time in which the provider takes it for an answer."""
    is_answer = facts.window_until is not None and facts.now < facts.window_until
    return facts.can.window is not None and not is_answer


async def place_for(deps: Deps, line: Line, to: Address) -> timedelta | None:
    """Take one, or say how long to wait. Where nobody can count, or nobody has told a limit, the provider itself says
    no to what is too much."""
    if line.allowed is None or line.allowed.people is None:
        return None
    ration = Ration(f"{PLACE}:{line.account}:{line.allowed.shared}", line.allowed.people, A_DAY)
    # Nobody who looks into Redis learns whom a business writes to.
    who = (await deps.sealer.keyring(line.account)).lookup(PLACE, to.value).hex()
    try:
        return await take_place(deps.redis, deps.clock, ration, who)
    except RedisAway:
        return None


def failing_until(until: datetime) -> Failing:
    """Why it waits, and until when if nothing changes."""
    return Failing(
        code=NEW_PEOPLE.code,
        words=NEW_PEOPLE.words,
        advice=f"{NEW_PEOPLE.advice} By now that is expected on {until:%d %B, %H:%M} UTC.",
        is_passing=True,
    )
