"""Making a person by hand."""

from msgspec.structs import replace

from hub.access import Permission, Scope
from hub.accounts.standing import access_member
from hub.act import Act
from hub.people import repository
from hub.people.announcing import announce
from hub.people.attributes import with_values
from hub.people.changing import with_marks
from hub.people.editing import check_is_zone, checked, named
from hub.people.finding import blank
from hub.people.identities import identity_of, shown
from hub.people.knowing import checked_address, taken
from hub.people.models import Lead, Person
from hub.people.provenance import by_caller, field_of, told
from hub.people.shapes import PersonShown, PersonWanted
from hub.people.showing import person_shown
from hub.people.tags import with_tags
from hub.people.zones import zone_for
from hub.store.mongo import Duplicate


async def make(act: Act, wanted: PersonWanted) -> PersonShown:
    """Somebody new; IdentityTaken, with who it is, when one of the identities is known already."""
    act.note.target = {"person": act.new_id}
    person = await with_marks(act.deps, await wanted_person(act, wanted))
    try:
        await repository.add_person(act.deps.mongo, person)
    except Duplicate:
        # A request that was cut off and is sent again meets what it has stored itself.
        if not await repository.find(act.deps.mongo, act.account, Person, person.id):
            raise await taken(act, shown(person)) from None
    await announce(act.deps, None, person)
    shown_one = act.note.after = await person_shown(act.deps, person)
    return shown_one


async def wanted_person(act: Act, wanted: PersonWanted) -> Person:
    """As they are to be."""
    keyring, now, by = await act.deps.sealer.keyring(act.account), act.deps.clock.now(), by_caller(act.caller)
    check_is_zone(wanted.zone)
    values = await checked(act, wanted.attributes)
    lead = Lead(source=wanted.source, assignee=await assignee_of(act, wanted))
    addresses = list(dict.fromkeys([await checked_address(act, one) for one in wanted.identities]))
    known = [identity_of(keyring, address, now) for address in addresses]
    blank_one = await blank(act.deps, act.account, act.new_id, wanted.stage, at=now, by=by)
    person = with_tags(with_values(named(blank_one, keyring, wanted.name), keyring, values), put=wanted.tags)
    said = [
        *(field_of(one) for one in known),
        *(f"attributes.{key}" for key in values),
        *(["name"] if person.name else []),
    ]
    person = replace(
        person,
        identities=[*person.identities, *known],
        lead=lead,
        zone=wanted.zone or zone_for(addresses, now),
        is_zone_inferred=not wanted.zone,
        locale=wanted.locale or None,
        is_locale_inferred=not wanted.locale,
    )
    return told(person, said, by=by, at=now)


async def assignee_of(act: Act, wanted: PersonWanted) -> str | None:
    """The member whose lead they are: one whom the caller reaches, or the caller, who would not reach them else."""
    if wanted.assignee_id is not None:
        await access_member(act.deps, act.caller, wanted.assignee_id, Permission.PEOPLE_EDIT)
        return wanted.assignee_id
    return None if act.caller.grants[Permission.PEOPLE_EDIT] is Scope.ALL else act.caller.id
