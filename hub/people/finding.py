"""Finding the person whom somebody is, or making one: never two for one address, however many ask at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from bson.binary import Binary
from msgspec.structs import replace

from channels.base import Address, IdentityKind
from hub.accounts.regions import USUAL, find_region
from hub.deps import Deps
from hub.people import repository
from hub.people.announcing import announce
from hub.people.changing import change, with_marks
from hub.people.duplicates import suggest
from hub.people.errors import IdentityTaken, PersonBusy
from hub.people.getting import follow
from hub.people.identities import MOST, identity_of, kept
from hub.people.models import Alike, Identity, Person, Stage, Step
from hub.people.naming import NAME_PLACE, plain_name
from hub.people.provenance import by_line, field_of, told
from hub.people.stages import raised, tell_stage
from hub.people.zones import zone_for
from hub.store.ids import new_id
from hub.store.mongo import Duplicate

ATTEMPTS = 20
# How old the last sight of somebody may be said to be, so that not every message changes the person.
SEEN_EVERY = timedelta(hours=1)


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody as they were met: by which addresses, where, called what."""

    identities: Sequence[Identity]
    addresses: Sequence[Address]
    name: Binary | None
    source: str
    locale: str
    stage: Stage
    by: str
    at: datetime

    @property
    def zone(self) -> str | None:
        """Where they may be: looked up only for those of whom nothing is known of it."""
        return zone_for(self.addresses, self.at)


async def find_or_make(
    deps: Deps,
    account: str,
    addresses: Sequence[Address],
    *,
    name: str = "",
    source: str = "",
    line: str | None = None,
    now: datetime | None = None,
    locale: str = "",
    stage: Stage = Stage.LEAD,
) -> Person:
    """Whoever is known by one of these addresses, the surest first, or somebody new. Addresses that were not known of
    them are added; those that somebody else has make it a suggestion that the two are one. Who has written is a lead
    at least: who only was imported, or only looks, comes with another `stage`."""
    known = await kept_of(deps, account, addresses)
    sight = await seen(deps, account, known, name, source=source, line=line, at=now, locale=locale, stage=stage)
    for _ in range(ATTEMPTS):
        found = await list_found(deps, account, sight)
        try:
            return await met_again(deps, found, sight) if found else await make(deps, account, sight)
        except (Duplicate, IdentityTaken):
            # Somebody else has met them at this very moment.
            continue
    raise PersonBusy("Too many meet this person at this moment.", retry_after_s=1)


async def kept_of(deps: Deps, account: str, addresses: Sequence[Address]) -> list[Address]:
    """As they are kept; numbers without a country are of the account's."""
    is_home = any(one.kind is IdentityKind.PHONE and not one.value.strip().startswith("+") for one in addresses)
    region = await find_region(deps, account) if is_home else USUAL
    return list(dict.fromkeys(kept(address, region) for address in addresses))


async def seen(
    deps: Deps,
    account: str,
    addresses: Sequence[Address],
    name: str,
    *,
    source: str,
    line: str | None,
    at: datetime | None,
    locale: str,
    stage: Stage,
) -> Sight:
    """What was seen of somebody, as it is kept."""
    keyring, now = await deps.sealer.keyring(account), at or deps.clock.now()
    known = plain_name(name)
    return Sight(
        identities=[identity_of(keyring, address, now, line=line) for address in addresses],
        addresses=addresses,
        name=keyring.seal(NAME_PLACE, known.encode()) if known else None,
        source=source,
        locale=locale,
        stage=stage,
        by=by_line(line),
        at=now,
    )


async def list_found(deps: Deps, account: str, sight: Sight) -> list[Person]:
    """Whoever is known by one of the addresses; by the surest first."""
    keys = [identity.key for identity in sight.identities]
    found = await repository.list_known(deps.mongo, account, keys) if keys else []
    return sorted(found, key=lambda one: min(keys.index(own.key) for own in one.identities if own.key in keys))


async def met_again(deps: Deps, found: Sequence[Person], sight: Sight) -> Person:
    """The first of those, with what is new; of the others, who may be the same, it is asked whether they are."""
    was, *others = list({one.id: one for one in [await follow(deps, one) for one in found]}.values())
    taken = {own.key for one in found if one.id != was.id for own in one.identities}
    free = replace(sight, identities=[identity for identity in sight.identities if identity.key not in taken])
    # Most who write are known, and nothing is new: then nothing more is asked.
    person = was if met(was, free) == was else await change(deps, was.account, was.id, lambda one: met(one, free))
    if person.stage is not was.stage:
        await tell_stage(deps, person)
    for other in others:
        await suggest(deps, person, other, Alike.IDENTITY)
    return person


def met(person: Person, sight: Sight) -> Person:
    """The person, with what was seen of them that was not known."""
    was = {own.key: own for own in person.identities}
    new = [identity for identity in sight.identities if identity.key not in was][: MOST - len(was)]
    now = {identity.key: identity for identity in sight.identities}
    known = [seen_again(own, now[own.key], sight.at) if own.key in now else own for own in person.identities]
    is_named = person.name is None and sight.name is not None
    after = replace(
        raised(person, sight.stage, at=sight.at, by=sight.by),
        identities=[*known, *new],
        name=sight.name if is_named else person.name,
        locale=person.locale or sight.locale or None,
        zone=person.zone or sight.zone,
        lead=person.lead if person.lead.source else replace(person.lead, source=sight.source),
    )
    said = [field_of(identity) for identity in new] + (["name"] if is_named else [])
    return told(after, said, by=sight.by, at=sight.at) if said else after


def seen_again(own: Identity, now: Identity, at: datetime) -> Identity:
    """The same, seen now, if it was seen last so long ago that it is worth a change. What comes on two lines is an id
    of the business that has both: it is good on each."""
    if own.line and now.line and own.line != now.line:
        return replace(own, line=None, seen_at=at)
    return replace(own, seen_at=at) if own.seen_at is None or at - own.seen_at >= SEEN_EVERY else own


async def make(deps: Deps, account: str, sight: Sight) -> Person:
    """Somebody new, or Duplicate."""
    person = await blank(deps, account, new_id(deps.clock.now()), sight.stage, at=sight.at, by=sight.by)
    person = await with_marks(deps, met(person, sight))
    await repository.add_person(deps.mongo, person)
    await announce(deps, None, person)
    return person


async def blank(deps: Deps, account: str, id: str, stage: Stage, *, at: datetime, by: str) -> Person:
    """Somebody of whom nothing is known but their own id."""
    now = deps.clock.now()
    own = identity_of(await deps.sealer.keyring(account), Address(kind=IdentityKind.CUSTOM, value=id), now)
    first = Step(stage=stage, at=at, by=by)
    return Person(id=id, account=account, stage=stage, identities=[own], made_at=now, updated_at=now, steps=[first])
