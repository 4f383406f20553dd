"""Changing a person: the one way in which anything about somebody becomes otherwise."""

from collections.abc import Callable

from msgspec.structs import replace

from hub.deps import Deps
from hub.people import repository
from hub.people.announcing import announce
from hub.people.errors import IdentityTaken, PersonBusy
from hub.people.getting import get_person
from hub.people.likeness import likeness_of
from hub.people.models import Person
from hub.people.tokens import tokens_of_person
from hub.store.mongo import Duplicate

ATTEMPTS = 50

How = Callable[[Person], Person]


async def change(deps: Deps, account: str, id: str, how: How) -> Person:
    """Make them what `how` makes of them, however many change them at once: it is asked again, about who they are by
    then. IdentityTaken when somebody else has one of the identities."""
    for _ in range(ATTEMPTS):
        before = await get_person(deps, account, id)
        after = how(before)
        if after == before:
            return before
        if written := await write(deps, before, after):
            await announce(deps, before, written)
            return written
    raise PersonBusy("Too many are changing this person at this moment.", retry_after_s=1)


async def write(deps: Deps, before: Person, after: Person) -> Person | None:
    """The change of exactly this; None when somebody has made another one meanwhile."""
    now = deps.clock.now()
    after = replace(after, rev=before.rev + 1, updated_at=now)
    look_at = None
    if is_called_otherwise(before, after):
        after, look_at = await with_marks(deps, after), now
    try:
        is_written = await repository.change_person(deps.mongo, before, after, look_at=look_at)
    except Duplicate:
        raise IdentityTaken("Somebody else is known by this already.") from None
    return after if is_written else None


def is_called_otherwise(before: Person, after: Person) -> bool:
    """Whether they are found by other words."""
    return (before.name, before.identities, before.attributes) != (after.name, after.identities, after.attributes)


async def with_marks(deps: Deps, person: Person) -> Person:
    """With whatever finds them, and whoever is like them."""
    keyring = await deps.sealer.keyring(person.account)
    return replace(
        person, tokens=await tokens_of_person(deps, keyring, person), likeness=await likeness_of(deps, keyring, person)
    )
