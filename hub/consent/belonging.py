"""Whose a ledger is: two people turn out to be one, or not to be."""

from collections.abc import Collection

from hub.consent import repository
from hub.deps import Deps


async def list_ids(deps: Deps, account: str, person: str) -> list[str]:
    """All that is in the ledger about a person."""
    return [one.id for one in await repository.list_records(deps.mongo, account, person)]


async def hand_over(deps: Deps, account: str, ids: Collection[str], person: str) -> None:
    """These are about somebody else from now on."""
    if ids:
        await repository.hand_over(deps.mongo, account, ids, person)
