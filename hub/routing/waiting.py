"""The queue: threads for which nobody was there. Whoever gets free is given the one that has waited longest."""

from datetime import timedelta
from itertools import chain

from hub.deps import Deps
from hub.routing import repository
from hub.routing.giving import GRACE
from hub.routing.offering import pass_on
from hub.routing.placing import Outcome, find_waiting, place, put_into_queue
from hub.routing.policies import asked_team
from hub.routing.taking_in import KINDS as TAKING_IN
from hub.store.mongo import Document
from hub.threads.models import Thread
from hub.turns import NotYet
from hub.work.kinds import Kind, Later, Lease

# So far the queue of each team is tried when somebody gets free. What stands behind, and is for somebody else, has its
# own times.
HEAD = 20
# Whoever has passed on a thread, or lost it, may be asked again so much later.
ASK_AGAIN = timedelta(minutes=5)


async def serve(deps: Deps, thread: Thread) -> None:
    """Find somebody for the thread; but first for those that have waited longer."""
    tried = await fill(deps, thread.account, put_in=thread)
    if tried is None:
        await place(deps, thread.account, thread.id)


async def fill(deps: Deps, account: str, *, put_in: Thread | None = None) -> Outcome | None:
    """Somebody may have got free: find somebody for what waits, the longest first. What came of the thread that was
    `put_in`, if it was among them; None when it was not."""
    if not await repository.has_stuck(deps.mongo, account):
        return None
    try:
        # One after the other within a process: all would try the same ones.
        async with deps.turns.of(f"routing queue {account}"):
            return await fill_in_turn(deps, account, put_in.id if put_in else "")
    except NotYet:
        # Many others are filling: what waits is looked at by them, or at its time.
        return None


async def fill_in_turn(deps: Deps, account: str, put_in: str) -> Outcome | None:
    """The longest first, until nobody of their team is free. However much waits for one team, it hides nothing that
    waits for another."""
    without, outcome = set[str | None](), None
    teams = await repository.list_stuck_teams(deps.mongo, account)
    heads = [await repository.list_stuck(deps.mongo, account, team, limit=HEAD) for team in teams]
    for wait in sorted(chain.from_iterable(heads), key=lambda wait: wait.since):
        if wait.team in without:
            continue
        outcome_of_this = await place(deps, account, wait.id)
        if outcome_of_this is Outcome.NOBODY_FREE:
            without.add(wait.team)
        if wait.id == put_in:
            outcome = outcome_of_this
    return outcome


async def keep_from(deps: Deps, thread: Thread, member: str) -> None:
    """The member has had it, or was asked: for a while others come first."""
    await put_into_queue(deps, thread, await asked_team(deps, thread))
    until = deps.clock.now() + ASK_AGAIN
    await repository.note_passed(deps.mongo, thread.account, thread.id, member, until=until)


async def look_again(deps: Deps, document: Document, _: Lease) -> None:
    """The time of an offer is over, somebody's hours begin, or nobody has looked for a while."""
    thread = await find_waiting(deps, document["account"], document["_id"])
    wait = await repository.find_wait(deps.mongo, thread.account, thread.id) if thread else None
    if thread is None or wait is None:
        return
    now = deps.clock.now()
    if thread.offered_to:
        if wait.until is None or wait.until > now:
            raise Later(wait.until or now + GRACE)
        await pass_on(deps, thread, thread.offered_to, "time")
        # The reaction to it goes on; should it never come so far, this does.
        raise Later(now + GRACE)
    if wait.passed_until and wait.passed_until <= now:
        await repository.change_wait(deps.mongo, thread.account, thread.id, passed=None, passed_until=None)
    await serve(deps, thread)
    # Should it still wait, and nobody have said until when: another process is at it, or has died over it.
    raise Later(now + GRACE)


KINDS = (
    *TAKING_IN,
    Kind(
        name="routing.wait",
        collection=repository.WAITS,
        handler=look_again,
        backoff=timedelta(seconds=5),
    ),
)
