"""What other rooms read of threads and their logs."""

from collections.abc import Collection

from hub.deps import Deps
from hub.threads import repository
from hub.threads.models import Entry, Thread


async def list_latest_of(deps: Deps, account: str, person: str, *, limit: int) -> list[Thread]:
    """The threads of a person, whatever moved last first."""
    return await repository.list_threads_of(deps.mongo, account, person, limit=limit)


async def list_after(deps: Deps, thread: Thread, seq: int, *, limit: int) -> list[Entry]:
    """What stands in a log behind this place."""
    return await repository.list_after(deps.mongo, thread.account, thread.id, seq, limit=limit)


async def list_before(deps: Deps, thread: Thread, seq: int, *, limit: int) -> list[Entry]:
    """What stands in a log in front of this place, the latest first."""
    return await repository.list_before(deps.mongo, thread.account, thread.id, seq, limit=limit)


async def list_entries(deps: Deps, account: str, ids: Collection[str]) -> list[Entry]:
    """Those of these ids, in no order."""
    return await repository.list_entries(deps.mongo, account, ids)
