"""Names that are unique within an account, though the database holds them sealed only."""

import unicodedata

from hub.accounts import repository
from hub.accounts.errors import NameTaken
from hub.accounts.fullness import check_not_full
from hub.accounts.models import CustomRole, Team
from hub.deps import Deps
from hub.store.mongo import Duplicate, Where

Named = Team | CustomRole


async def key_of(deps: Deps, account: str, place: str, name: str) -> bytes:
    """What two names are compared by: of use to nobody without the account's key."""
    return (await deps.sealer.keyring(account)).lookup(place, plain(name))


def plain(name: str) -> str:
    """What looks the same is the same: capitals, spaces and letters in another width make no other name."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


async def add(deps: Deps, model: Named) -> None:
    """Store it, or raise NameTaken."""
    await check_not_full(deps, model.account, type(model))
    try:
        await repository.add(deps.mongo, model)
    except Duplicate:
        # A request that was cut off and is sent again meets what it has stored itself.
        if not await repository.find(deps.mongo, model.account, type(model), model.id):
            raise name_taken() from None


async def change(deps: Deps, seen: Named, *, where: Where = repository.NOTHING_MORE, **fields: object) -> bool:
    """Change it, or raise NameTaken; False when it is gone, or not as `where` says."""
    try:
        return await repository.change(deps.mongo, seen.account, type(seen), seen.id, where=where, **fields)
    except Duplicate:
        raise name_taken() from None


def name_taken() -> NameTaken:
    """What there can be only one of."""
    return NameTaken("Another one has this name already: take a different one.", field="name")
