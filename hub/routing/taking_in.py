"""Routing was turned on, or counts for more than before: what waits already is routed too. It is done once at once, and
once more when no process can remember any longer how it was: what came in meanwhile was let be by those that did."""

from datetime import datetime, timedelta

from hub.deps import Deps
from hub.routing import repository
from hub.routing.giving import wants_somebody
from hub.routing.placing import put_into_queue
from hub.routing.policies import REMEMBERED_S, asked_team, is_on_anywhere, question_of
from hub.store.mongo import Document
from hub.threads.models import Thread
from hub.threads.ownership import AGENT, who_answers
from hub.work.kinds import Kind, Later, Lease

TAKE_IN = "routing.take_in"
BATCH = 200
# Clocks of two processes do not agree to the second.
AGAIN_AFTER = timedelta(seconds=2 * REMEMBERED_S)


def planned(now: datetime) -> Document:
    """The work, as it stands in a policy."""
    return {f"{repository.TAKE_IN}due_at": now, f"{repository.TAKE_IN}again_at": now + AGAIN_AFTER}


async def take_in(deps: Deps, document: Document, _: Lease) -> None:
    """All that waits for an answer, and then what has come since."""
    account, again_at = document["account"], document["take_in"]["again_at"]
    is_first = deps.clock.now() < again_at
    deps.memory.forget(question_of(account))
    if not await is_on_anywhere(deps, account):
        return
    last: Thread | None = None
    while found := await repository.list_unowned(deps.mongo, account, after=last, limit=BATCH):
        for thread in found:
            await take_in_one(deps, thread, is_first=is_first)
        last = found[-1]
    if is_first:
        raise Later(again_at)


async def take_in_one(deps: Deps, thread: Thread, *, is_first: bool) -> None:
    """From now on it waits for routing, unless an agent answers. What waits already is looked at anew, once."""
    if not wants_somebody(thread) or await who_answers(deps, thread) == AGENT:
        return
    if not is_first and await repository.find_wait(deps.mongo, thread.account, thread.id):
        return
    await put_into_queue(deps, thread, await asked_team(deps, thread))
    await repository.change_wait(deps.mongo, thread.account, thread.id, due_at=deps.clock.now(), is_stuck=True)


KINDS = (
    Kind(
        name=TAKE_IN,
        collection=repository.POLICIES,
        handler=take_in,
        prefix=repository.TAKE_IN,
        backoff=timedelta(seconds=5),
    ),
)
