"""Comparing the counters with what they count. Nothing is lost that is counted meanwhile: a counter is corrected only
if it has not moved since before the walk, and whoever had changed a conversation by then has had time to count it. What
moves all the time is tried again, and else tomorrow."""

from collections import Counter
from datetime import timedelta

import structlog

from hub.bus import changed
from hub.deps import Deps
from hub.inbox import repository
from hub.inbox.counting import COUNTS, EVERY, RECOUNT, Key, keys_of
from hub.inbox.models import Tally
from hub.inbox.repository import RECOUNTS
from hub.store.mongo import Document
from hub.work.kinds import Kind, Later, Lease

log = structlog.get_logger()

WALKS = 3
# From the change of a conversation to its counting there are some milliseconds.
SETTLED_S = 2.0


async def recount(deps: Deps, document: Document, _: Lease) -> None:
    """Walk until everything agrees, some times at most; then again tomorrow."""
    account = document["account"]
    drift = 0
    for _walk in range(WALKS):
        corrected, moving = await walk(deps, account)
        drift += corrected
        if not moving:
            break
    if drift:
        log.warning("counters_corrected", account=account, count=drift)
    raise Later(deps.clock.now() + EVERY)


async def walk(deps: Deps, account: str) -> tuple[int, int]:
    """Correct what differs; how many counters were corrected, and how many could not be, because they moved."""
    seen = {(one.of, one.name): one for one in await repository.list_counters(deps.mongo, account)}
    counted: Counter[Key] = Counter()
    async for thread in repository.each_counted(deps.mongo, account):
        counted.update(keys_of(thread))
    differing = [key for key in seen.keys() | counted.keys() if counted[key] != (seen[key].n if key in seen else 0)]
    if not differing:
        return 0, 0
    await deps.clock.sleep(SETTLED_S)
    corrected = 0
    for key in differing:
        if await repository.correct(deps.mongo, seen.get(key) or unknown(account, key), counted[key]):
            corrected += 1
            changed(deps, COUNTS, account, "", key)
    return corrected, len(differing) - corrected


def unknown(account: str, key: Key) -> Tally:
    """One that was never counted."""
    of, name = key
    return Tally(id=repository.counter_id(account, of, name), account=account, of=of, name=name)


KINDS = (
    Kind(
        name=RECOUNT,
        collection=RECOUNTS,
        handler=recount,
        lease=timedelta(minutes=2),
        backoff=timedelta(minutes=1),
        slots=1,
    ),
)
