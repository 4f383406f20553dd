"""The order in which somebody gets what we say to them: on each line, as it stands in the log."""

from datetime import timedelta

from msgspec.structs import replace

from hub.deps import Deps
from hub.sending.failures import NEW_PEOPLE
from hub.sending.models import SEND
from hub.sending.progress import UNDER_WAY
from hub.store.mongo import Document
from hub.threads.delivering import find_queued_after, find_sent_before, make_due
from hub.threads.models import Delivery, DeliveryState, Entry

# Longer than anybody holds a message that is being sent.
LONG = timedelta(minutes=2)
# So many of those before it are looked at: what is further back has had its time.
LOOKS_BACK = 20


async def is_preceded(deps: Deps, entry: Entry) -> bool:
    """Whether one before it is still on its way: whatever we say to somebody comes in order. What has failed, or waits
    for a person, holds nobody up."""
    before = await find_sent_before(deps, entry)
    for _ in range(LOOKS_BACK):
        if before is None or not (may_overtake(deps, entry, before) or may_have_overtaken(entry, before)):
            return before is not None and is_on_its_way(before.delivery)
        before = await further_back(deps, entry, before)
    return False


async def further_back(deps: Deps, entry: Entry, before: Entry) -> Entry | None:
    """The next one in front of it, behind this one: still on the way of the entry, which the other may have left."""
    return await find_sent_before(deps, replace(entry, seq=before.seq))


def is_on_its_way(delivery: Delivery | None) -> bool:
    """Whether it goes on by itself."""
    return delivery is not None and delivery.state in UNDER_WAY and delivery.due_at is not None


def may_have_overtaken(entry: Entry, before: Entry) -> bool:
    """A person's message that has gone says nothing of a machine's in front of it, for which the next machine waits."""
    mine, theirs = entry.delivery, before.delivery
    if mine is None or theirs is None or is_on_its_way(theirs):
        return False
    return mine.is_automated and not theirs.is_automated


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
        before = await further_back(deps, entry, before)
    return False


async def ring_next(deps: Deps, entry: Entry) -> None:
    """It has ended, and the one behind it need not wait any more: nor does the one that stayed behind on the line that
    it was meant for."""
    meant_for = entry.delivery.moved_from if entry.delivery else None
    behind = [await find_queued_after(deps, replace(entry, line=line)) for line in (entry.line, meant_for) if line]
    for following in {one.id: one for one in behind if one}.values():
        await ring(deps, following)


async def ring(deps: Deps, waiting: Entry) -> None:
    """If it still waits as it was seen, it is begun now."""
    if waiting.delivery is None or waiting.delivery.due_at is None:
        return
    where: Document = {"delivery.state": DeliveryState.QUEUED, "delivery.rev": waiting.delivery.rev}
    if await make_due(deps, waiting, {**where, "delivery.due_at": {"$exists": True}}, deps.clock.now()):
        await deps.bell.ring(SEND, waiting.id)
