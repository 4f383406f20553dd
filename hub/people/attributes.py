"""Attributes: what an account wants to know of people, each of a type. Declared once, checked at every writing."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import msgspec
from bson.binary import Binary
from msgspec.structs import replace

from channels.base import Address, IdentityKind
from hub.deps import Deps
from hub.people import repository
from hub.people.errors import BadValue
from hub.people.identities import normalized
from hub.people.models import Attribute, AttributeType, Person
from hub.store.sealed import Keyring

PLACE, LABEL_PLACE, OPTIONS_PLACE = "people.attributes", "attributes.label", "attributes.options"
LONGEST = 2_000
# Beyond it, not every whole number has a place in JSON as browsers read it.
GREATEST = 2**53
REMEMBERED_S = 2.0

Scalar = str | int | float | bool
Values = dict[str, Scalar]


class Declared(msgspec.Struct, frozen=True):
    """An attribute, opened."""

    id: str
    key: str
    type: AttributeType
    label: str
    options: Sequence[str]


async def list_declared(deps: Deps, account: str) -> Mapping[str, Declared]:
    """All of the account's, by key, as they were a moment ago."""

    async def read() -> Mapping[str, Declared]:
        found = [await opened(deps, one) for one in await repository.list_attributes(deps.mongo, account)]
        return {one.key: one for one in found}

    return await deps.memory.recall(question(account), read, for_s=REMEMBERED_S)


def question(account: str) -> str:
    """By what a process remembers them."""
    return f"attributes {account}"


async def opened(deps: Deps, attribute: Attribute) -> Declared:
    """With its words."""
    account, text = attribute.account, deps.sealer.text
    return Declared(
        id=attribute.id,
        key=attribute.key,
        type=attribute.type,
        label=await text(account, LABEL_PLACE, attribute.label),
        options=[await text(account, OPTIONS_PLACE, option) for option in attribute.options],
    )


async def values_of(deps: Deps, person: Person) -> Values:
    """What is known of them, of declared attributes or such as were declared once."""
    return {} if person.attributes is None else read(await deps.sealer.unseal(person.account, PLACE, person.attributes))


def with_values(person: Person, keyring: Keyring, given: Mapping[str, Scalar | None]) -> Person:
    """The person, with these set, and those that are None taken away."""
    known = read(keyring.unseal(PLACE, person.attributes)) if person.attributes else {}
    values = {key: value for key, value in {**known, **given}.items() if value is not None}
    return person if values == known else replace(person, attributes=sealed(keyring, values))


def read(plain: bytes) -> Values:
    """As they were kept."""
    return msgspec.json.decode(plain, type=Values)


async def text_of(deps: Deps, person: Person, key: str) -> str:
    """One of them as text; nothing when it is not known."""
    return str((await values_of(deps, person)).get(key, ""))


def sealed(keyring: Keyring, values: Values) -> Binary | None:
    """As they are kept."""
    return keyring.seal(PLACE, msgspec.json.encode(values, order="sorted")) if values else None


def check_values(
    declared: Mapping[str, Declared], given: Mapping[str, Scalar | None], region: str
) -> dict[str, Scalar | None]:
    """Each as it is kept; None takes it away. BadValue names the first that does not fit."""
    checked: dict[str, Scalar | None] = {}
    for key, value in given.items():
        if key not in declared:
            raise BadValue("The account has not declared this attribute.", field=key)
        checked[key] = None if value is None else check_value(declared[key], value, region)
    return checked


def check_value(attribute: Declared, value: Scalar, region: str) -> Scalar:
    """The value as it is kept."""
    try:
        return CHECKS[attribute.type](attribute, value, region)
    except ValueError as error:
        raise BadValue(f"{attribute.label}: {error}", field=attribute.key, type=attribute.type) from None


def text(_: Declared, value: Any, region: str = "") -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise ValueError(f"This takes a text of at most {LONGEST} letters.")
    return value.strip()


def number(_: Declared, value: Any, region: str) -> int | float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
        or abs(value) > GREATEST
    ):
        raise ValueError("This takes a number.")
    return value


def day(attribute: Declared, value: Any, region: str) -> str:
    try:
        return date.fromisoformat(text(attribute, value)).isoformat()
    except ValueError:
        raise ValueError("This takes a day, such as 2026-03-31.") from None


def yes_or_no(_: Declared, value: Any, region: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError("This takes true or false.")
    return value


def choice(attribute: Declared, value: Any, region: str) -> str:
    if value not in attribute.options:
        raise ValueError("This takes one of its options.")
    return str(value)


def url(attribute: Declared, value: Any, region: str) -> str:
    address = text(attribute, value)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or not address.isprintable() or " " in address:
        raise ValueError("This takes the address of a page, such as https://example.com.")
    return address


def email(attribute: Declared, value: Any, region: str) -> str:
    return normalized(Address(kind=IdentityKind.EMAIL, value=text(attribute, value)), region).value


def phone(attribute: Declared, value: Any, region: str) -> str:
    return normalized(Address(kind=IdentityKind.PHONE, value=text(attribute, value)), region).value


CHECKS: Mapping[AttributeType, Callable[[Declared, Any, str], Scalar]] = {
    AttributeType.TEXT: text,
    AttributeType.NUMBER: number,
    AttributeType.DATE: day,
    AttributeType.BOOL: yes_or_no,
    AttributeType.CHOICE: choice,
    AttributeType.URL: url,
    AttributeType.EMAIL: email,
    AttributeType.PHONE: phone,
}
