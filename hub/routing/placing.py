"""Finding somebody for a thread: it goes into the queue, and out of it again as soon as somebody is there."""

from datetime import timedelta
from enum import StrEnum

from hub.deps import Deps
from hub.routing import repository
from hub.routing.choosing import Ranking
from hub.routing.giving import GRACE, Choice, WantsNobody, choose, give, put_to_team, wants_somebody
from hub.routing.models import Policy, RoutingMode, Wait
from hub.routing.policies import asked_team, policy_for
from hub.routing.roster import look_at_all, next_opening
from hub.threads.errors import NoSuchThread
from hub.threads.log import catch_up
from hub.threads.models import Thread
from hub.turns import NotYet

# What no event tells of (a team has a new member, hours were changed) is found so late at most.
LOOK_AGAIN = timedelta(minutes=10)


class Outcome(StrEnum):
    """What came of a try."""

    # Given or offered; or it needs nobody, or another process is at it.
    SETTLED = "settled"
    # Somebody would be free, but nobody for this one.
    WAITS = "waits"
    # Nobody of the team is free for anything.
    NOBODY_FREE = "nobody free"


async def place(deps: Deps, account: str, id: str) -> Outcome:
    """Find somebody for the thread, if it wants anybody; else it waits, and is looked at again."""
    thread = await find_waiting(deps, account, id)
    if thread is None:
        return Outcome.SETTLED
    team = await asked_team(deps, thread)
    policy = await policy_for(deps, account, team)
    if not wants_somebody(thread) or not policy.is_on:
        if not thread.offered_to:
            await repository.end_wait(deps.mongo, account, id)
        return Outcome.SETTLED
    try:
        return await try_to_place(deps, thread, await put_into_queue(deps, thread, team), policy)
    except (WantsNobody, NotYet):
        # Whatever made it so has a reaction of its own; and when so many want a turn, the queue has its time.
        return Outcome.SETTLED


async def find_waiting(deps: Deps, account: str, id: str) -> Thread | None:
    """The thread that waits; one that is gone waits no more."""
    try:
        return await catch_up(deps, account, id)
    except NoSuchThread:
        await repository.end_wait(deps.mongo, account, id)
        return None


async def put_into_queue(deps: Deps, thread: Thread, team: str | None) -> Wait:
    """There it is before anybody is looked for: whoever gets free from here on finds it there, or is found."""
    wait = Wait(id=thread.id, account=thread.account, since=thread.waiting_since or thread.moved_at, team=team)
    return await repository.put_wait(deps.mongo, wait, due_at=deps.clock.now() + GRACE)


async def try_to_place(deps: Deps, thread: Thread, wait: Wait, policy: Policy) -> Outcome:
    """Give it to somebody; else it is shown to whoever gets free, and looked at again."""
    if policy.mode is RoutingMode.OFFER:
        thread = await put_to_team(deps, thread, wait.team)
    found = await choose(deps, thread, wait, policy)
    if isinstance(found, Ranking) and not wait.is_stuck:
        # Somebody may have got free before it stood where they look.
        await repository.change_wait(deps.mongo, thread.account, thread.id, is_stuck=True)
        found = await choose(deps, thread, wait, policy)
    if isinstance(found, Choice):
        await give(deps, thread, wait.team, policy, found)
        return Outcome.SETTLED
    await put_to_team(deps, thread, wait.team)
    await put_off(deps, thread, wait)
    return Outcome.NOBODY_FREE if found.is_nobody_free else Outcome.WAITS


async def put_off(deps: Deps, thread: Thread, wait: Wait) -> None:
    """Look again when the next of them comes, or a kept place is let go; and after a while in any case."""
    now = deps.clock.now()
    seen = await look_at_all(deps, thread.account, wait.team)
    kept = [hold.until for one in seen for hold in one.facts.held]
    moments = [*kept, wait.passed_until, await next_opening(deps, thread.account, wait.team)]
    due_at = min((moment for moment in moments if moment and moment > now), default=now + LOOK_AGAIN)
    await repository.change_wait(deps.mongo, thread.account, thread.id, due_at=min(due_at, now + LOOK_AGAIN))
