"""How far a message has come, from how far its parts have. Pure. It only moves forward, but for somebody who sends a
failed one again."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from hub.threads.models import Delivery, DeliveryState, DeliveryStep, PartSent

ORDER = (
    DeliveryState.QUEUED,
    DeliveryState.SENDING,
    DeliveryState.UNKNOWN,
    DeliveryState.SENT,
    DeliveryState.DELIVERED,
    DeliveryState.READ,
)
# The provider has it.
TAKEN = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ})
UNDER_WAY = frozenset({DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN})
HAS_ARRIVED = frozenset({DeliveryState.DELIVERED, DeliveryState.READ})

Change = Callable[[PartSent], PartSent]


def whole(parts: Sequence[PartSent]) -> DeliveryState:
    """The message is where the last of its parts is. One that has failed makes it failed. Taken back is all of it, or
    nothing."""
    states = {part.state for part in parts}
    if DeliveryState.CANCELLED in states:
        return DeliveryState.CANCELLED
    if DeliveryState.FAILED in states:
        return DeliveryState.FAILED
    if DeliveryState.UNKNOWN in states:
        return DeliveryState.UNKNOWN
    if DeliveryState.QUEUED in states:
        return DeliveryState.QUEUED if states == {DeliveryState.QUEUED} else DeliveryState.SENDING
    return min(states, key=ORDER.index)


def is_untouched(delivery: Delivery) -> bool:
    """Whether no provider can have any of it."""
    return all(part.state in UNDER_WAY and part.asked_at is None for part in delivery.parts)


def with_part(delivery: Delivery, n: int, change: Change, now: datetime) -> Delivery:
    """With one part changed."""
    parts = list(delivery.parts)
    parts[n] = change(parts[n])
    return with_parts(delivery, parts, now)


def with_parts(delivery: Delivery, parts: list[PartSent], now: datetime) -> Delivery:
    """With these parts, and what follows of them for the whole."""
    state, failure = whole(parts), next((part.failure for part in parts if part.failure), None)
    if state in UNDER_WAY and ORDER.index(state) < ORDER.index(delivery.state):
        # The outcome of one part was unknown, and another one is being sent: still nobody knows enough of the whole.
        state = delivery.state
    steps = [*delivery.steps, *([] if state is delivery.state else [DeliveryStep(state=state, at=now)])]
    return replace(delivery, state=state, parts=parts, steps=steps, failure=failure, rev=delivery.rev + 1)


def is_forward(before: DeliveryState, after: DeliveryState) -> bool:
    """Whether a provider's word leads from one to the other. What has arrived never fails, and a failure is the end."""
    if before in (DeliveryState.FAILED, DeliveryState.CANCELLED):
        return False
    if after is DeliveryState.FAILED:
        return before not in HAS_ARRIVED
    return ORDER.index(after) > ORDER.index(before)
