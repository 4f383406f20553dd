"""Identities: by what somebody is known. One way to write each, so that nobody is two people or two are one."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import phonenumbers
from phonenumbers import CountryCodeSource, NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from channels.base import Address, IdentityKind
from hub.deps import Deps
from hub.logins.emails import NotAnEmail, read_email
from hub.people.models import Identity, Person
from hub.store.sealed import Keyring

KEY_PLACE, PLACE = "people.identities", "people.identities.value"
LONGEST = 200
# Nobody is known by more.
MOST = 100
# Mexico has given up the 1 in front of its mobile numbers, and WhatsApp has not.
ONCE_MEXICAN = re.compile(r"\+521(\d{10})")


def normalized(address: Address, region: str) -> Address:
    """The one way to write it: numbers in E.164, those without a country as they are written in `region`. ValueError
    with what is wrong about it in words."""
    return Address(kind=address.kind, value=WAYS.get(address.kind, as_it_is)(address.value, region))


def kept(address: Address, region: str) -> Address:
    """The one way to write it; what is wrongly formed is kept as it came, so that no message is lost over it."""
    try:
        return normalized(address, region)
    except ValueError:
        return Address(kind=IdentityKind.CUSTOM, value=f"{address.kind}:{address.value}")


def phone(value: str, region: str) -> str:
    """In E.164. Numbers that were given out lately are not known to be in use: what counts is whether one can be."""
    try:
        number = phonenumbers.parse(ONCE_MEXICAN.sub(r"+52\1", value.strip()), region, keep_raw_input=True)
    except NumberParseException:
        raise ValueError("This is no telephone number; one is +14155550123.") from None
    is_guessed = number.country_code_source == CountryCodeSource.FROM_DEFAULT_COUNTRY
    if is_guessed and not phonenumbers.is_valid_number(number):
        # A guess at the country must not make another number of it.
        raise ValueError(f"This is no number of {region}: write it with its country, like +14155550123.")
    if number.extension:
        raise ValueError("A number with an extension cannot be written to: leave the extension out.")
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise ValueError("No telephone number of its country is as long as this one.")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def number_of(value: str) -> PhoneNumber | None:
    """A number in E.164 as the library has it; None of one whose country it knows no more."""
    try:
        return phonenumbers.parse(value)
    except NumberParseException:
        return None


def email(value: str, _: str) -> str:
    """As its owner writes it, but for the domain."""
    try:
        return read_email(value.strip()).shown
    except NotAnEmail as error:
        raise ValueError(error.message) from None


def as_it_is(value: str, _: str) -> str:
    """Whatever others have given it as: they alone know what makes two of them the same."""
    value = value.strip()
    if not value or len(value) > LONGEST or any(unicodedata.category(letter) == "Cc" for letter in value):
        raise ValueError(f"This has from one to {LONGEST} letters, and no control characters.")
    return value


WAYS: Mapping[IdentityKind, Callable[[str, str], str]] = {IdentityKind.PHONE: phone, IdentityKind.EMAIL: email}


def key_of(keyring: Keyring, address: Address) -> bytes:
    """The hash that finds a normalized address. Of mail addresses capitals do not count."""
    value = read_email(address.value).key if address.kind is IdentityKind.EMAIL else address.value
    return keyring.lookup(KEY_PLACE, f"{address.kind}:{value}")


def identity_of(
    keyring: Keyring, address: Address, now: datetime, *, line: str | None = None, is_verified: bool = False
) -> Identity:
    """A normalized address as it is kept."""
    return Identity(
        kind=address.kind,
        key=key_of(keyring, address),
        value=keyring.seal(PLACE, address.value.encode()),
        line=line if is_scoped(address) else None,
        is_verified=is_verified,
        seen_at=now,
    )


def is_scoped(address: Address) -> bool:
    """Whether it is good on the line only on which it was seen: visitors, and WhatsApp's ids that are no number."""
    is_number = address.kind is IdentityKind.WHATSAPP and address.value.lstrip("+").isdigit()
    return address.kind in (IdentityKind.VISITOR, IdentityKind.WHATSAPP) and not is_number


async def opened(deps: Deps, person: Person, identity: Identity) -> Address:
    """What it says."""
    return Address(kind=identity.kind, value=await deps.sealer.text(person.account, PLACE, identity.value))


async def address_for(
    deps: Deps, person: Person, kinds: Sequence[IdentityKind], *, line: str | None = None
) -> Address | None:
    """Where to reach somebody: the first of these kinds that they have, the latest seen of those that are good on this
    line."""
    for kind in kinds:
        there = [one for one in shown(person) if one.kind is kind and one.line in (None, line or one.line)]
        if there:
            return await opened(
                deps, person, max(there, key=lambda one: (one.is_verified, one.seen_at or person.made_at))
            )
    return None


def shown(person: Person) -> list[Identity]:
    """By what they are known, but for their own id."""
    return person.identities[1:]


def id_of(identity: Identity) -> str:
    """By what the API names it."""
    return identity.key.hex()[:32]
