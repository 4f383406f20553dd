"""By what somebody is known, as members change it; and blocking, so that nothing comes from them any more."""

from msgspec.structs import replace

from channels.base import Address
from hub.access import Permission
from hub.accounts.regions import find_region
from hub.act import Act
from hub.people import repository
from hub.people.access import access_person
from hub.people.editing import access, apply
from hub.people.errors import BadIdentity, IdentityTaken, NoSuchIdentity, NoSuchPerson, TooManyOfThem
from hub.people.identities import MOST, id_of, identity_of, normalized, shown
from hub.people.models import Identity, Person
from hub.people.provenance import by_caller, field_of, forgotten, told
from hub.people.shapes import IdentityWanted, PersonShown
from hub.people.zones import zone_for


async def add_identity(act: Act, id: str, wanted: IdentityWanted) -> PersonShown:
    """They are known by this too."""
    seen = await access(act, id)
    address = await checked_address(act, wanted)
    identity = identity_of(await act.deps.sealer.keyring(act.account), address, act.deps.clock.now())
    guess, by = zone_for([address], act.deps.clock.now()), by_caller(act.caller)

    def how(person: Person) -> Person:
        if any(own.key == identity.key for own in person.identities):
            return person
        if len(person.identities) >= MOST:
            raise TooManyOfThem("Nobody is known by more than this.", most=MOST)
        after = replace(person, identities=[*person.identities, identity], zone=person.zone or guess)
        return told(after, [field_of(identity)], by=by, at=act.deps.clock.now())

    try:
        return (await apply(act, seen, how))[1]
    except IdentityTaken:
        raise await taken(act, [identity]) from None


async def remove_identity(act: Act, id: str, identity_id: str) -> PersonShown:
    """They are known by this no more, and others may be."""
    act.note.target = {"identity": identity_id}
    seen = await access(act, id)
    found = next((own for own in shown(seen) if id_of(own) == identity_id), None)
    if found is None:
        raise NoSuchIdentity("This person is not known by this.", id=identity_id)

    def how(person: Person) -> Person:
        left = [own for own in person.identities if own.key != found.key]
        return forgotten(replace(person, identities=left), field_of(found))

    return (await apply(act, seen, how))[1]


async def checked_address(act: Act, wanted: IdentityWanted) -> Address:
    """The address in its one way, or BadIdentity."""
    region = await find_region(act.deps, act.account)
    try:
        return normalized(Address(kind=wanted.kind, value=wanted.value), region)
    except ValueError as error:
        raise BadIdentity(str(error), field="value") from None


async def taken(act: Act, identities: list[Identity]) -> IdentityTaken:
    """Says who has one of them, if the caller may see that one."""
    found = await repository.list_known(act.deps.mongo, act.account, [own.key for own in identities])
    try:
        other = await access_person(act.deps, act.caller, found[0].id if found else "", Permission.PEOPLE_EDIT)
    except NoSuchPerson:
        return IdentityTaken("Somebody else is known by this already, whom you may not see.")
    return IdentityTaken("Somebody else is known by this already.", person_id=other.id)


async def block(act: Act, id: str) -> PersonShown:
    """Nothing that they write reaches anybody, and nothing is sent to them."""
    now = act.deps.clock.now()
    seen = await access(act, id)
    return (await apply(act, seen, lambda person: replace(person, blocked_at=person.blocked_at or now)))[1]


async def unblock(act: Act, id: str) -> PersonShown:
    """They may write again."""
    return (await apply(act, await access(act, id), lambda person: replace(person, blocked_at=None)))[1]
