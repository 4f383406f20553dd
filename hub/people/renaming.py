"""Somebody has another number now: their provider says so, and whoever writes from it is no stranger."""

from collections.abc import Sequence
from datetime import datetime

from channels.base import Address
from hub.deps import Deps
from hub.people.errors import IdentityTaken, PersonBusy
from hub.people.finding import ATTEMPTS, kept_of, list_found, met_again, seen
from hub.people.getting import find_known_by
from hub.people.models import Person
from hub.store.mongo import Duplicate


async def learn(
    deps: Deps, account: str, was: Sequence[Address], now: Sequence[Address], *, line: str, at: datetime
) -> Person | None:
    """Whoever is known by one of these, the surest first, is known by the new ones too; None where nobody is. What is
    somebody else's stays theirs, and it is asked whether the two are one."""
    person = await find_known(deps, account, was)
    if person is None:
        return None
    addresses = await kept_of(deps, account, now)
    sight = await seen(deps, account, addresses, "", source="", line=line, at=at, locale="", stage=person.stage)
    for _ in range(ATTEMPTS):
        try:
            return await met_again(deps, [person, *await list_found(deps, account, sight)], sight)
        except (Duplicate, IdentityTaken):
            # Somebody has written from the new number at this very moment.
            continue
    raise PersonBusy("Too many meet this person at this moment.", retry_after_s=1)


async def find_known(deps: Deps, account: str, addresses: Sequence[Address]) -> Person | None:
    """Whoever has the first of these that anybody has."""
    for address in await kept_of(deps, account, addresses):
        if person := await find_known_by(deps, account, address):
            return person
    return None
