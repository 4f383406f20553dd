"""What other rooms read of threads and their logs."""

from collections.abc import Collection
from datetime import datetime

from hub.deps import Deps
from hub.threads import repository
from hub.threads.models import Entry, Thread
from hub.threads.repository import Named


async def find_thread(deps: Deps, account: str, id: str) -> Thread | None:
    """One of the account's."""
    return await repository.find_thread(deps.mongo, account, id)


async def list_threads(deps: Deps, account: str, ids: Collection[str]) -> list[Thread]:
    """Those of these ids, in no order."""
    return await repository.list_threads(deps.mongo, account, ids)


async def list_persons(deps: Deps, account: str, ids: Collection[str]) -> dict[str, str]:
    """Whose these threads are, by id."""
    return await repository.list_persons(deps.mongo, account, ids)


async def list_changed(deps: Deps, thread: Thread, since: datetime, *, limit: int) -> list[Entry]:
    """What of a log is new, or shown otherwise, since then."""
    return await repository.list_changed(deps.mongo, thread.account, thread.id, since, limit=limit)


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


async def list_on_line(deps: Deps, thread: Thread, line: str, *, limit: int) -> list[Entry]:
    """The last that was said on a line, the latest first."""
    return await repository.list_on_line(deps.mongo, thread.account, thread.id, line, limit=limit)


async def find_heard(deps: Deps, account: str, line: str, provider_id: str) -> Entry | None:
    """What came in on a line under this id."""
    found = await repository.find_entry(deps.mongo, account, line=line, provider_id=provider_id)
    return found if found and found.direction == "in" else None


async def list_named(deps: Deps, account: str, lines: Collection[str], names: Collection[str]) -> list[Named]:
    """Entries by what providers call them, on any of these lines."""
    return await repository.list_named(deps.mongo, account, lines, names)
