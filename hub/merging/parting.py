"""What two people are again who were one. Pure, of people with everything open. Whatever has not changed since goes
back to how it was before; whatever has, stays with the survivor, where it was made. Only a no goes with both."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from msgspec.structs import asdict, replace

from hub.merging.joining import as_kept, attributes_of, consents
from hub.merging.models import Images
from hub.people.models import Consent, ConsentState, Lead, Person

Part = TypeVar("Part")
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
# What belongs together: nobody has told a zone that we have guessed.
TOGETHER = (("zone", "is_zone_inferred"), ("locale", "is_locale_inferred"))
ALONE = ("stage", "name", "blocked_at", "made_at")


def parted(images: Images, now: Person, sign: Person) -> tuple[Person, Person]:
    """The survivor and the other, of the survivor as they are now and of the sign that was left of the other."""
    return survivor_of(images, now), other_of(images, now, sign)


def survivor_of(images: Images, now: Person) -> Person:
    """Without what the other had brought."""
    before, after = images.survivor, images.after
    theirs = {one.key for one in images.other.identities}
    groups = (*TOGETHER, *((field,) for field in ALONE))
    unchanged = [field for group in groups if same(after, now, group) for field in group]
    return replace(
        now,
        **{field: getattr(before, field) for field in unchanged},
        identities=[one for one in now.identities if one.key not in theirs],
        attributes=as_kept(back(attributes_of(before), attributes_of(after), attributes_of(now))),
        lead=Lead(**back(asdict(before.lead), asdict(after.lead), asdict(now.lead))),
        steps=listed(before.steps, after.steps, now.steps, lambda one: (one.at, one.stage, one.by)),
        consent=listed(before.consent, after.consent, now.consent, lambda one: one.about),
        provenance=listed(before.provenance, after.provenance, now.provenance, lambda one: one.field),
        tags=listed(before.tags, after.tags, now.tags, str),
    )


def other_of(images: Images, now: Person, sign: Person) -> Person:
    """As they were, but for what somebody has taken from them meanwhile, and what they have said no to."""
    there = {one.key: one for one in now.identities}
    own, *brought = images.other.identities
    return replace(
        images.other,
        identities=[own, *(there[one.key] for one in brought if one.key in there)],
        consent=with_refusals(images.other, said_since(images.after, now)),
        rev=sign.rev,
        updated_at=sign.updated_at,
    )


def said_since(after: Person, now: Person) -> list[Consent]:
    """The noes that came while the two were one: whose they were nobody can tell."""
    return [one for one in now.consent if one.state is ConsentState.REVOKED and one not in after.consent]


def with_refusals(person: Person, refusals: list[Consent]) -> list[Consent]:
    """What they have said, and these noes."""
    return consents(person, replace(person, consent=refusals)) if refusals else person.consent


def same(one: Person, other: Person, fields: Iterable[str]) -> bool:
    """Whether they are so in all of these."""
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def listed(before: list[Part], after: list[Part], now: list[Part], key: Callable[[Part], Hashable]) -> list[Part]:
    """The same of lists, whose parts are told apart by a key."""
    was, became, is_now = ({key(one): one for one in parts} for parts in (before, after, now))
    return list(back(was, became, is_now).values())


def back(before: Mapping[Key, Value], after: Mapping[Key, Value], now: Mapping[Key, Value]) -> dict[Key, Value]:
    """Part by part: what the merge has made and nobody has touched is as before, the rest is as it is now."""
    untouched = {key for key in (before.keys() | after.keys()) if after.get(key, ABSENT) == now.get(key, ABSENT)}
    kept = {key: value for key, value in before.items() if key in untouched or key in now}
    return {
        **{key: value if key in untouched else now[key] for key, value in kept.items()},
        **{key: value for key, value in now.items() if key not in untouched and key not in kept},
    }


class Absent:
    """Nothing is there, which is not the same as None."""


ABSENT: Any = Absent()
