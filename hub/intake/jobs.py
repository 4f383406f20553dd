"""Intake as due work: what a process has acknowledged and not lived to take in, and replays."""

from datetime import timedelta

from msgspec.structs import replace

from hub.deps import Deps
from hub.intake import ledger, repository
from hub.intake.errors import ElementsFailed
from hub.intake.models import IntakeEvent
from hub.intake.replaying import go_through
from hub.store.documents import read
from hub.store.mongo import Document
from hub.work.kinds import Kind, Lease

PROCESS, REPLAY = "intake.process", "intake.replay"
# What one cannot be taken in of holds up what the same sender has said behind it for so many tries, which is half a
# minute: whatever passes has passed by then, and what is wrong for good must not silence anybody.
TRIES_IN_ORDER = 3


async def process(deps: Deps, document: Document, lease: Lease) -> None:
    """Take it in. What has failed of it is tried again, and given up in the end, with its reason in the ledger."""
    # The claim is on `due_at` now, and its holder settles it.
    event = replace(read(IntakeEvent, document), due_at=None)
    outcome = await ledger.process(deps, event, keeps_order=lease.attempt < TRIES_IN_ORDER)
    if not outcome.is_over:
        raise ElementsFailed(outcome.reason, failed=len(outcome.failed))


async def replay(deps: Deps, document: Document, _: Lease) -> None:
    """Go through what came on a line within a time."""
    await go_through(deps, document["account"], document["_id"])


KINDS = (
    Kind(
        name=PROCESS,
        collection=repository.INTAKE,
        handler=process,
        attempts=10,
        backoff=timedelta(seconds=5),
        backoff_most=timedelta(minutes=15),
    ),
    Kind(
        name=REPLAY,
        collection=repository.REPLAYS,
        handler=replay,
        backoff=timedelta(seconds=10),
        # A replay is long, and nobody waits for it.
        slots=2,
    ),
)
