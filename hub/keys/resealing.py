"""After a new data key: everything of the account is sealed anew in the background, then the old keys go."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bson.binary import Binary

from hub.deps import Deps
from hub.keys import repository
from hub.store.mongo import KEYS, Document
from hub.store.sealed import CACHED_FOR, SUBTYPE, version_of
from hub.work.kinds import Kind, Later, Lease

# By then every process has read the new key: nothing is sealed by the old one any more.
PAUSE = CACHED_FOR * 2


async def rotate(deps: Deps, account: str) -> int:
    """A new data key seals from now on; the older values follow by themselves."""
    return await deps.sealer.add_version(account, due_at=deps.clock.now() + PAUSE)


async def reseal(deps: Deps, document: Document, lease: Lease) -> None:
    """One walk over all that is sealed. Old keys go only after a walk that found nothing left to do."""
    account, version = document["account"], document["version"]
    found = 0
    for collection in deps.declared.sealed:
        found += await reseal_collection(deps, collection, account, version)
    if found:
        raise Later(deps.clock.now() + PAUSE)
    await deps.sealer.forget_before(account, version)


async def reseal_collection(deps: Deps, collection: str, account: str, version: int) -> int:
    """Seal anew what an older key has sealed; say how many values of it were found, moved or not."""
    found = 0
    async for document in repository.each_document(deps.mongo, account, collection):
        for path, place, sealed in sealed_values(document, collection):
            if version_of(sealed) < version:
                plain = await deps.sealer.unseal(account, place, sealed)
                fresh = (await deps.sealer.keyring(account)).seal(place, plain)
                # A miss counts as well: somebody has written a newer value, or only moved this one to another position,
                # and the next walk tells which.
                await repository.replace_value(
                    deps.mongo, account, collection, at=path, id=document["_id"], old=sealed, new=fresh
                )
                found += 1
    return found


def sealed_values(value: Any, place: str, path: str = "") -> Iterator[tuple[str, str, bytes]]:
    """Every sealed value in a document: its path, the place it is bound to (which knows no list positions), itself."""
    if isinstance(value, Binary) and value.subtype == SUBTYPE:
        yield path, place, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from sealed_values(inner, f"{place}.{name}", f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from sealed_values(inner, place, f"{path}.{position}")


KINDS = (
    Kind(
        name="keys.reseal",
        collection=KEYS,
        handler=reseal,
        lease=timedelta(minutes=2),
        backoff=timedelta(minutes=1),
        slots=2,
    ),
)
