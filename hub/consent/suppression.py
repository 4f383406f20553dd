"""Suppression: addresses that nothing is sent to, whoever has them now or will have them."""

from collections.abc import Sequence
from datetime import datetime

from channels.base import Address, Medium
from hub.consent import repository
from hub.consent.models import Reason, Suppression
from hub.deps import Deps
from hub.people.finding import kept_of
from hub.people.identities import key_of
from hub.people.models import Person
from hub.store.ids import new_id
from hub.store.mongo import Duplicate

PLACE, EVIDENCE_PLACE = "suppressions.value", "suppressions.evidence"
ATTEMPTS = 10


async def suppress(
    deps: Deps, account: str, address: Address, *, medium: Medium, reason: Reason, evidence: str, by: str = "hub"
) -> Suppression:
    """Nothing goes there any more. What is suppressed already stays so, for the reason that outweighs the other."""
    new = await made(deps, account, address, medium=medium, reason=reason, evidence=evidence, by=by)
    for _ in range(ATTEMPTS):
        try:
            await repository.add_suppression(deps.mongo, new)
        except Duplicate:
            seen = await repository.find_suppression(deps.mongo, account, [new.key], medium)
            if seen and (not reason.outweighs(seen.reason) or await repository.outweigh(deps.mongo, seen, new)):
                return seen
        else:
            break
    return new


async def made(
    deps: Deps,
    account: str,
    address: Address,
    *,
    medium: Medium,
    reason: Reason,
    evidence: str,
    by: str,
    id: str = "",
) -> Suppression:
    """As it is stored."""
    now, keyring = deps.clock.now(), await deps.sealer.keyring(account)
    known = (await kept_of(deps, account, [address]))[0]
    return Suppression(
        id=id or new_id(now),
        account=account,
        kind=known.kind,
        key=key_of(keyring, known),
        value=keyring.seal(PLACE, known.value.encode()),
        medium=medium,
        reason=reason,
        at=now,
        by=by,
        evidence=keyring.seal(EVIDENCE_PLACE, evidence.encode()) if evidence else None,
    )


async def find_suppression(
    deps: Deps, account: str, addresses: Sequence[Address], medium: Medium
) -> Suppression | None:
    """That of one of these addresses, if nothing may be sent to it."""
    if not addresses:
        return None
    return await repository.find_suppression(deps.mongo, account, await keys_of(deps, account, addresses), medium)


async def list_suppressed(deps: Deps, account: str, addresses: Sequence[Address], medium: Medium) -> list[Address]:
    """Those of these addresses that nothing may be sent to, each once."""
    if not addresses:
        return []
    keyring = await deps.sealer.keyring(account)
    known = {key_of(keyring, address): address for address in await kept_of(deps, account, addresses)}
    found = await repository.list_suppressed(deps.mongo, account, [*known], medium)
    return [address for key, address in known.items() if key in found]


async def lift_opt_outs(deps: Deps, account: str, addresses: Sequence[Address], *, medium: Medium) -> None:
    """They want to be written to again. An address that does not exist, or has reported us, stays suppressed."""
    await repository.lift_opt_outs(deps.mongo, account, await keys_of(deps, account, addresses), medium)


async def lift_opt_outs_of(deps: Deps, person: Person, *, medium: Medium, until: datetime) -> int:
    """The same for all addresses of somebody who has said so elsewhere; what was suppressed after that time stays. How
    many there were."""
    keys = [identity.key for identity in person.identities]
    return await repository.lift_opt_outs(deps.mongo, person.account, keys, medium, until=until)


async def keys_of(deps: Deps, account: str, addresses: Sequence[Address]) -> list[bytes]:
    """By what they are found."""
    keyring = await deps.sealer.keyring(account)
    return [key_of(keyring, known) for known in await kept_of(deps, account, addresses)]
