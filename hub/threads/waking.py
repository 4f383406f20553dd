"""Snoozed threads come back at their time: the time is due work, kept beside the snooze itself."""

from datetime import timedelta

from hub.deps import Deps
from hub.store.mongo import Document
from hub.threads import repository
from hub.threads.log import catch_up
from hub.threads.models import THE_HUB
from hub.threads.state import wake
from hub.work.kinds import Kind, Later, Lease


async def come_back(deps: Deps, document: Document, _: Lease) -> None:
    """Wake it, unless it was put off further meanwhile, or is awake."""
    thread = await catch_up(deps, document["account"], document["_id"])
    after = await wake(deps, thread, THE_HUB, why="time")
    if after.snoozed_until:
        raise Later(after.snoozed_until)


KINDS = (
    Kind(
        name="threads.wake",
        collection=repository.THREADS,
        handler=come_back,
        prefix="wake.",
        backoff=timedelta(seconds=5),
    ),
)
