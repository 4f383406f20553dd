"""Members who are shut out: nothing is kept for them, and nothing goes to them."""

from collections.abc import Collection

from hub.deps import Deps
from hub.notices import repository


async def forget(deps: Deps, account: str, members: Collection[str]) -> bool:
    """A parting: their notices, how they wanted to be told, and their own numbers. Never more to do."""
    await repository.forget_members(deps.mongo, account, members)
    return False
