"""How much an account can have: no more of anything than its list shows."""

from hub.accounts import repository
from hub.accounts.errors import AccountFull
from hub.deps import Deps
from hub.store.documents import Stored


async def check_not_full(deps: Deps, account: str, type: type[Stored]) -> None:
    """Raise AccountFull when there is no place for one more."""
    if await repository.is_full(deps.mongo, account, type):
        raise AccountFull(f"An account has {repository.MOST} of them at most.", most=repository.MOST)
