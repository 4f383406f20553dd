"""What was promised of a conversation: by when each of its clocks should have been stopped."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

import msgspec

from hub.accounts.errors import NoSuchTeam
from hub.accounts.hours import ALWAYS_OPEN, Hours, add_open_time
from hub.accounts.presence import hours_of
from hub.accounts.teams import get_team
from hub.clocks import repository
from hub.clocks.models import HOURS_PLACE, ClockName, ClockState, Deadline, Promise, Running, SlaPolicy
from hub.deps import Deps

# How long a process may go on with what another one has changed: it is asked at every message.
REMEMBERED_S = 10
# So many deadlines of any account are not reckoned anew.
REMEMBERED = 5_000


class Terms(msgspec.Struct, frozen=True):
    """What an account promises, and when time counts there."""

    policy: SlaPolicy
    hours: Hours


async def terms_of(deps: Deps, account: str) -> Terms:
    """As they were a few seconds ago at most."""

    async def read() -> Terms:
        policy = await get_policy(deps, account)
        return Terms(policy, await opened_hours(deps, policy) or ALWAYS_OPEN)

    return await deps.memory.recall(terms_question(account), read, for_s=REMEMBERED_S)


async def get_policy(deps: Deps, account: str) -> SlaPolicy:
    """As it is; an account that has said nothing promises nothing."""
    return await repository.find_policy(deps.mongo, account, SlaPolicy) or SlaPolicy(id=account, account=account)


async def opened_hours(deps: Deps, policy: SlaPolicy) -> Hours | None:
    """The hours in which time counts."""
    if policy.hours is None:
        return None
    return msgspec.json.decode(await deps.sealer.unseal(policy.account, HOURS_PLACE, policy.hours), type=Hours)


async def hours_for(deps: Deps, terms: Terms, team: str | None) -> Hours:
    """The team's own hours, where it has set any; else the account's."""
    if team is None:
        return terms.hours

    async def read() -> Hours | None:
        try:
            return await hours_of(deps, await get_team(deps, terms.policy.account, team))
        except NoSuchTeam:
            return None

    return await deps.memory.recall(f"team hours:{team}", read, for_s=REMEMBERED_S) or terms.hours


async def deadlines_for(deps: Deps, terms: Terms, state: ClockState) -> list[Deadline]:
    """By when the clocks that run should be stopped; none where nothing was promised."""
    promise = promise_for(terms.policy, state) if state.running else None
    if promise is None:
        return []
    hours = await hours_for(deps, terms, state.team)
    return list(deadlines(state, promise, hours, terms.policy.warn_percent))


def promise_for(policy: SlaPolicy, state: ClockState) -> Promise | None:
    """The first that fits."""
    return next((promise for promise in policy.promises if fits(promise, state)), None)


def fits(promise: Promise, state: ClockState) -> bool:
    """Whether it is said of conversations like this one."""
    named = ((promise.team, state.team), (promise.line, state.line), (promise.priority, state.priority))
    return all(wanted is None or wanted == actual for wanted, actual in named)


def deadlines(state: ClockState, promise: Promise, hours: Hours, warn_percent: int) -> Iterator[Deadline]:
    """For each clock that runs and was promised, unless it never opens that long."""
    for running in state.running:
        minutes = minutes_for(promise, running.clock)
        if minutes is not None and (deadline := deadline_of(running, timedelta(minutes=minutes), hours, warn_percent)):
            yield deadline


def minutes_for(promise: Promise, clock: ClockName) -> int | None:
    """How long this one may run."""
    minutes: int | None = getattr(promise, f"{clock}_minutes")
    return minutes


def deadline_of(running: Running, promised: timedelta, hours: Hours, warn_percent: int) -> Deadline | None:
    """In time that counts, since it began."""
    due_at = due_after(hours, running.since, promised)
    warn_at = due_after(hours, running.since, promised * warn_percent / 100)
    if due_at is None or warn_at is None:
        return None
    return Deadline(clock=running.clock, due_at=due_at, warn_at=warn_at)


# It is asked for at every entry, and hours that seldom open are walked through for a year.
@lru_cache(maxsize=REMEMBERED)
def due_after(hours: Hours, since: datetime, promised: timedelta) -> datetime | None:
    """When that much time that counts is over; None if not within 400 days."""
    return add_open_time(hours, since, promised)


def terms_question(account: str) -> str:
    """What a process remembers them by."""
    return f"sla terms:{account}"
