"""Somebody has another number: it is learnt of the one who had the old one, and taken from nobody."""

from datetime import timedelta

from channels.base import Address, IdentityKind
from hub.people import repository
from hub.people.finding import find_or_make
from hub.people.identities import address_for, opened, shown
from hub.people.models import Person, Stage
from hub.people.renaming import learn
from tests.hub.people.known import ACCOUNT, ASHA, everybody
from tests.hubs import Hub

ANEW = Address(kind=IdentityKind.PHONE, value="+919876543211")


async def learnt(hub: Hub) -> Person | None:
    """Asha's provider says so, a minute from now."""
    at = hub.deps.clock.now() + timedelta(minutes=1)
    return await learn(hub.deps, ACCOUNT, [ASHA], [ANEW], line="line", at=at)


async def numbers(hub: Hub, person: Person) -> list[str]:
    """By which somebody is known."""
    return [(await opened(hub.deps, person, one)).value for one in shown(person)]


async def test_they_are_written_to_by_the_new_one_and_known_by_both(hub: Hub) -> None:
    await find_or_make(hub.deps, ACCOUNT, [ASHA], line="line")

    person = await learnt(hub)

    assert person and await numbers(hub, person) == [ASHA.value, ANEW.value]
    assert await address_for(hub.deps, person, [IdentityKind.PHONE], line="line") == ANEW


async def test_being_told_twice_changes_nothing(hub: Hub) -> None:
    await find_or_make(hub.deps, ACCOUNT, [ASHA])
    first = await learnt(hub)

    again = await learnt(hub)

    assert first and again and again.rev == first.rev


async def test_a_number_that_somebody_else_has_stays_theirs_and_it_is_asked_who_is_who(hub: Hub) -> None:
    asha, other = [await find_or_make(hub.deps, ACCOUNT, [one]) for one in (ASHA, ANEW)]

    person = await learnt(hub)

    [suggested] = await repository.list_suggestions(hub.deps.mongo, ACCOUNT, after=None, limit=10)
    assert person and await numbers(hub, person) == [ASHA.value]
    assert set(suggested.people) == {asha.id, other.id}


async def test_whoever_was_only_imported_is_no_lead_by_it(hub: Hub) -> None:
    await find_or_make(hub.deps, ACCOUNT, [ASHA], stage=Stage.CONTACT)

    await learnt(hub)

    [person] = await everybody(hub.deps)
    assert person.stage is Stage.CONTACT
