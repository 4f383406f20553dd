"""The order in which somebody gets what we say to them: on each line, as it stands in the log."""

from datetime import timedelta

from hub.deps import Deps
from hub.sending.failures import NEW_PEOPLE
from hub.sending.models import SEND
from hub.sending.progress import UNDER_WAY
from hub.store.mongo import Document
from hub.threads.delivering import find_queued_after, find_sent_before, make_due
from hub.threads.models import DeliveryState, Entry

# Longer than anybody holds a message that is being sent.
LONG = timedelta(minutes=2)


async def is_preceded(deps: Deps, entry: Entry) -> bool:
    """Whether one before it is still on its way: whatever we say to somebody comes in order. What has failed, or waits
    for a person, holds nobody up."""
    before = await find_sent_before(deps, entry)
    while before and may_overtake(deps, entry, before):
        before = await find_sent_before(deps, before)
    delivery = before.delivery if before else None
    return delivery is not None and delivery.state in UNDER_WAY and delivery.due_at is not None


def may_overtake(deps: Deps, entry: Entry, before: Entry) -> bool:
    """Nobody has begun to send the other one, and it waits long: a person does not wait for the morning of a machine.
    Nor does anything wait for a place among new people that needs none: once they have written, they are answered."""
    mine, theirs = entry.delivery, before.delivery
    if mine is None or theirs is None or theirs.state is not DeliveryState.QUEUED:
        return False
    if theirs.failure and theirs.failure.code == NEW_PEOPLE.code:
        return True
    is_long = theirs.due_at is not None and theirs.due_at > deps.clock.now() + LONG
    return is_long and theirs.is_automated and not mine.is_automated


async def is_behind_newcomer(deps: Deps, entry: Entry) -> bool:
    """Whether one before it waits for a place among new people: of two who need one the first gets it."""
    before = await find_sent_before(deps, entry)
    while before and before.delivery and before.delivery.state is DeliveryState.QUEUED:
        if before.delivery.failure and before.delivery.failure.code == NEW_PEOPLE.code:
            return True
        before = await find_sent_before(deps, before)
    return False


async def ring_next(deps: Deps, entry: Entry) -> None:
    """The one behind it need not wait any more."""
    following = await find_queued_after(deps, entry)
    if following and following.delivery and following.delivery.due_at:
        where: Document = {"delivery.state": DeliveryState.QUEUED, "delivery.rev": following.delivery.rev}
        if await make_due(deps, following, {**where, "delivery.due_at": {"$exists": True}}, deps.clock.now()):
            await deps.bell.ring(SEND, following.id)
