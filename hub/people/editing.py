"""What members change of a person by hand: as far as they reach, and with a place in the audit log."""

from msgspec.structs import replace

from hub.access import Permission
from hub.accounts.founding import check_zone
from hub.accounts.regions import find_region
from hub.act import Act
from hub.people import changing
from hub.people.access import access_person
from hub.people.attributes import check_values, list_declared, values_of, with_values
from hub.people.changing import How
from hub.people.identities import opened, shown
from hub.people.models import Person
from hub.people.naming import NAME_PLACE, plain_name
from hub.people.provenance import by_caller, sealed_quote, told
from hub.people.shapes import Attributes, PersonChange, PersonShown
from hub.people.showing import differing, person_shown
from hub.people.zones import zone_for
from hub.store.sealed import Keyring


async def access(act: Act, id: str) -> Person:
    """One that the caller may change; the audit log says who it was."""
    act.note.target = {"person": id, **act.note.target}
    return await access_person(act.deps, act.caller, id, Permission.PEOPLE_EDIT)


async def apply(act: Act, seen: Person, how: How) -> tuple[Person, PersonShown]:
    """Change them; before and after go into the audit log."""
    met = [seen]

    def watched(person: Person) -> Person:
        met.append(person)
        return how(person)

    after = await changing.change(act.deps, act.account, seen.id, watched)
    was, is_now = await person_shown(act.deps, met[-1]), await person_shown(act.deps, after)
    act.note.before, act.note.after = differing(was, is_now)
    return after, is_now


async def change(act: Act, id: str, wanted: PersonChange) -> PersonShown:
    """Another name, other attributes, another time zone or language; with who has said so."""
    seen = await access(act, id)
    keyring = await act.deps.sealer.keyring(act.account)
    # Whatever of them was sealed by a newer key makes the keyring read it.
    await values_of(act.deps, seen)
    guess = zone_for([await opened(act.deps, seen, one) for one in shown(seen)], act.deps.clock.now())
    check_is_zone(wanted.zone)
    given = replace(wanted, attributes=await checked(act, wanted.attributes))
    _, answer = await apply(act, seen, lambda person: changed(act, keyring, person, given, guess))
    return answer


def check_is_zone(zone: str | None) -> None:
    """Raise when it is one that there is not."""
    if zone:
        check_zone(zone)


def changed(act: Act, keyring: Keyring, person: Person, given: PersonChange, guess: str | None) -> Person:
    """The person as they are to be; where nobody says their zone, it is the guess."""
    after, said = with_values(person, keyring, given.attributes), [f"attributes.{key}" for key in given.attributes]
    if given.name is not None:
        after, said = named(after, keyring, given.name), [*said, "name"]
    if given.zone is not None:
        after = replace(after, zone=given.zone or guess, is_zone_inferred=not given.zone)
    if given.locale is not None:
        after = replace(after, locale=given.locale or None, is_locale_inferred=not given.locale)
    quote = sealed_quote(keyring, given.quote)
    return told(after, said, by=by_caller(act.caller), at=act.deps.clock.now(), quote=quote) if said else after


def named(person: Person, keyring: Keyring, name: str) -> Person:
    """The person, called so; by nothing when it is empty."""
    known = plain_name(name)
    return replace(person, name=keyring.seal(NAME_PLACE, known.encode()) if known else None)


async def checked(act: Act, given: Attributes) -> Attributes:
    """The attributes as they are kept, or BadValue."""
    if not given:
        return {}
    return check_values(await list_declared(act.deps, act.account), given, await find_region(act.deps, act.account))
