"""What members leave behind when they are shut out: each room finds somebody else for what was theirs.

It is due work, made due by the very change that shuts a member out: whoever dies in between, it is done. It asks who is
shut out by then, so that nobody loses anything who was let in again at once."""

from datetime import timedelta

from hub.accounts import repository
from hub.accounts.models import Account
from hub.deps import Deps
from hub.store.mongo import Document
from hub.work.kinds import Kind, Later, Lease

LEAVING = "accounts.leaving"
# So often a room is asked for some more of it before others have their turn.
MOST_BATCHES = 10
REMEMBERED_S = 10.0


async def shut_out_of(deps: Deps, account: str) -> frozenset[str]:
    """Who is shut out of the account, for a while or for good, as it was a few seconds ago."""

    async def read() -> frozenset[str]:
        found = await repository.find(deps.mongo, account, Account, account)
        return frozenset(found.disabled) if found else frozenset()

    return await deps.memory.recall(f"shut out:{account}", read, for_s=REMEMBERED_S)


async def part(deps: Deps, document: Document, _: Lease) -> None:
    """All rooms, some of it at a time."""
    account = await repository.find(deps.mongo, document["account"], Account, document["_id"])
    if account is None or account.closed_at or not account.disabled:
        return
    for parting in deps.declared.partings:
        for _batch in range(MOST_BATCHES):
            if not await parting(deps, account.id, account.disabled):
                break
        else:
            raise Later(deps.clock.now())


KINDS = (
    Kind(
        name=LEAVING,
        collection=repository.ACCOUNTS,
        handler=part,
        prefix="leaving.",
        lease=timedelta(minutes=2),
        backoff=timedelta(seconds=5),
    ),
)
