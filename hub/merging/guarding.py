"""A transaction whose process was killed half way holds what it wrote: nobody else can change these two people until
the database ends it. MongoDB does so after a minute; the embedded server does when it is asked for another one by then.
So there is a note of every merge that was begun, which goes with the merge itself; if it stays, somebody asks."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from hub.act import Act
from hub.deps import Deps
from hub.merging import repository
from hub.merging.models import Begun
from hub.store.mongo import Document, Mongo
from hub.work.kinds import Kind, Lease

# Longer than a database lets a transaction stand in which nothing happens.
ABANDONED_AFTER = timedelta(seconds=70)

Result = TypeVar("Result")


async def guarded(act: Act, doing: Callable[[Mongo], Awaitable[Result]]) -> Result:
    """Do it in one transaction that is never left standing."""
    begun = Begun(id=act.new_id, account=act.account, due_at=act.deps.clock.now() + ABANDONED_AFTER)
    await repository.begin(act.deps.mongo, begun)

    async def to_its_end(inside: Mongo) -> Result:
        result = await doing(inside)
        await repository.end(inside, act.account, begun.id)
        return result

    return await act.deps.mongo.transaction(to_its_end)


async def clear_away(deps: Deps, document: Document, _: Lease) -> None:
    """Ask for a transaction in which nothing happens; then the note has done its work."""
    account, id = document["account"], document["_id"]

    async def nothing(inside: Mongo) -> None:
        await repository.find_begun(inside, account, id)

    await deps.mongo.transaction(nothing)
    await repository.end(deps.mongo, account, id)


KINDS = (Kind(name="merging.clear_away", collection=repository.BEGUN, handler=clear_away),)
