"""What somebody is called: by name, or else by what they are known by."""

from collections.abc import Sequence

from channels.base import IdentityKind
from hub.deps import Deps
from hub.people.identities import opened, shown
from hub.people.models import Person

NAME_PLACE = "people.name"
LONGEST = 200
# What tells most to somebody who reads it, first.
TELLING: Sequence[IdentityKind] = (IdentityKind.PHONE, IdentityKind.EMAIL, IdentityKind.WHATSAPP)


async def own_name(deps: Deps, person: Person) -> str:
    """What they are called; nothing when nobody has said."""
    return await deps.sealer.text(person.account, NAME_PLACE, person.name) if person.name else ""


async def name_of(deps: Deps, person: Person) -> str:
    """What they are called, or by which number or address they are known; nothing of a visitor who has said neither."""
    if person.name:
        return await own_name(deps, person)
    for kind in TELLING:
        for identity in shown(person):
            if identity.kind is kind:
                return (await opened(deps, person, identity)).value
    return ""


def plain_name(text: str) -> str:
    """A name as it is kept: in one line, without spaces around it, of a length that fits everywhere."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST].strip()
