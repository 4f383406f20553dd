"""What two people are together. Pure, of people with everything open: what is known of the survivor counts, and what
was known of the other only is added. Where it is about being written to, the stricter counts."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from bson.binary import Binary
from msgspec.structs import asdict, replace

from hub.consent.ledger import heaviest
from hub.merging.images import OPEN
from hub.people.attributes import Values, read
from hub.people.models import Consent, ConsentState, Lead, Person, Provenance, Step
from hub.people.stages import MOST_STEPS, ORDER

UNSAID = Lead()


def joined(survivor: Person, other: Person) -> Person:
    """The survivor, with what the other brings."""
    return replace(survivor, **{field: way(survivor, other) for field, way in WAYS.items()})


def sign(survivor: Person, other: Person) -> Person:
    """What is left of the other: their own id, and where it leads."""
    return Person(
        id=other.id,
        account=other.account,
        stage=other.stage,
        identities=other.identities[:1],
        made_at=other.made_at,
        updated_at=other.updated_at,
        rev=other.rev,
        merged_into=survivor.id,
    )


def attributes_of(person: Person) -> Values:
    """What is known of them, of the account's own fields."""
    return read(person.attributes) if person.attributes else {}


def as_kept(values: Values) -> Binary | None:
    """As they are kept, but open."""
    return Binary(msgspec.json.encode(values, order="sorted"), OPEN) if values else None


def lead(survivor: Person, other: Person) -> Lead:
    """Field by field."""
    own = {name: value for name, value in asdict(survivor.lead).items() if value != getattr(UNSAID, name)}
    return replace(other.lead, **own)


def steps(survivor: Person, other: Person) -> list[Step]:
    """Of both, in the order of time."""
    known = {(one.at, one.stage, one.by): one for one in (*survivor.steps, *other.steps)}
    return [known[key] for key in sorted(known)][-MOST_STEPS:]


def consents(survivor: Person, other: Person) -> list[Consent]:
    """To each thing a no of either counts."""
    both = [*survivor.consent, *other.consent]
    things = dict.fromkeys(one.about for one in both)
    return [strictest([one for one in both if one.about == thing]) for thing in things]


def strictest(said: list[Consent]) -> Consent:
    """A no, if there is one."""
    return heaviest([one for one in said if one.state is ConsentState.REVOKED] or said)


def provenances(survivor: Person, other: Person) -> list[Provenance]:
    """Who has said what counts now."""
    own = [one for one in survivor.provenance if not is_brought(one.field, survivor)]
    said = {one.field for one in own}
    return [*own, *(one for one in other.provenance if is_brought(one.field, survivor) and one.field not in said)]


def is_brought(field: str, survivor: Person) -> bool:
    """Whether what is known in this field comes from the other."""
    group, _, name = field.partition(".")
    if group == "name":
        return survivor.name is None
    if group == "attributes":
        return name not in attributes_of(survivor)
    if group == "lead":
        return getattr(survivor.lead, name, None) == getattr(UNSAID, name, None)
    if group == "identities":
        return not any(one.key.hex().startswith(name) for one in survivor.identities)
    return not any(one.field == field for one in survivor.provenance)


def surer(field: str) -> Callable[[Person, Person], Person]:
    """Who of the two it is known of: what somebody has said counts more than what we have guessed."""

    def sureness(person: Person) -> tuple[bool, bool]:
        return getattr(person, field) is not None, not getattr(person, f"is_{field}_inferred")

    return lambda survivor, other: max(survivor, other, key=sureness)


zone_of, locale_of = surer("zone"), surer("locale")

# Every field of a person: a test sees to it that none is forgotten.
WAYS: Mapping[str, Callable[[Person, Person], Any]] = {
    "id": lambda survivor, _: survivor.id,
    "account": lambda survivor, _: survivor.account,
    "made_at": lambda survivor, other: min(survivor.made_at, other.made_at),
    "stage": lambda survivor, other: max(survivor.stage, other.stage, key=ORDER.index),
    "identities": lambda survivor, other: [*survivor.identities, *other.identities[1:]],
    "name": lambda survivor, other: survivor.name or other.name,
    "steps": steps,
    "consent": consents,
    "lead": lead,
    "attributes": lambda survivor, other: as_kept(attributes_of(other) | attributes_of(survivor)),
    "provenance": provenances,
    "tags": lambda survivor, other: list(dict.fromkeys([*survivor.tags, *other.tags])),
    "zone": lambda survivor, other: zone_of(survivor, other).zone,
    "is_zone_inferred": lambda survivor, other: zone_of(survivor, other).is_zone_inferred,
    "locale": lambda survivor, other: locale_of(survivor, other).locale,
    "is_locale_inferred": lambda survivor, other: locale_of(survivor, other).is_locale_inferred,
    "blocked_at": lambda survivor, other: survivor.blocked_at or other.blocked_at,
    "merged_into": lambda survivor, _: survivor.merged_into,
    # Made anew by whoever writes.
    "updated_at": lambda survivor, _: survivor.updated_at,
    "rev": lambda survivor, _: survivor.rev,
    "tokens": lambda survivor, _: survivor.tokens,
    "likeness": lambda survivor, _: survivor.likeness,
}
