"""What a person is found by in a search: the beginnings of the words of their name, numbers and addresses."""

from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberFormat

from channels.base import Address, IdentityKind
from hub.deps import Deps
from hub.people.identities import number_of, opened, shown
from hub.people.models import Person
from hub.people.naming import own_name
from hub.store.sealed import Keyring
from hub.store.tokens import tokens_of


async def tokens_of_person(deps: Deps, keyring: Keyring, person: Person) -> list[int]:
    """All of them, of what is known at this moment."""
    said = [await own_name(deps, person)]
    for identity in shown(person):
        said += words_of(await opened(deps, person, identity))
    return tokens_of(keyring, " ".join(said), prefixes=True)


def words_of(address: Address) -> Iterator[str]:
    """What somebody would type to find it: of a number also as it is dialled at home."""
    if address.kind is IdentityKind.PHONE:
        yield address.value
        if number := number_of(address.value):
            yield "".join(filter(str.isdigit, phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)))
    elif address.kind in (IdentityKind.EMAIL, IdentityKind.WHATSAPP):
        yield address.value
