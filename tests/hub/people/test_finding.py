"""Finding and making people: one for each address, whatever happens at once, and nothing lost over an address."""

import asyncio

import pytest
from msgspec.structs import replace

from channels.base import Address, IdentityKind
from hub.people import repository
from hub.people.changing import change
from hub.people.finding import find_or_make
from hub.people.getting import get_person
from hub.people.identities import MOST, opened, shown
from hub.people.models import Stage
from hub.people.showing import name_of, names_of
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.people.known import ACCOUNT, ASHA, CHAT, MAIL, Asked, documents, everybody
from tests.hubs import Hub, running_hub


async def test_twenty_who_meet_somebody_in_two_processes_meet_one(settings: Settings) -> None:
    async with running_hub(settings) as one, running_hub(settings) as other:
        met = await asyncio.gather(
            *(find_or_make(hub.deps, ACCOUNT, [ASHA]) for hub in (one, other) for _ in range(10))
        )

        assert len({person.id for person in met}) == 1
        assert len(await everybody(one.deps)) == 1


async def test_whoever_is_met_by_different_addresses_at_once_has_all_of_them(hub: Hub) -> None:
    ways = [[ASHA, MAIL], [MAIL, CHAT], [CHAT, ASHA], [ASHA], [MAIL], [CHAT]]
    await find_or_make(hub.deps, ACCOUNT, [ASHA])

    await asyncio.gather(*(find_or_make(hub.deps, ACCOUNT, [ASHA, *way]) for way in ways * 3))

    [person] = await everybody(hub.deps)
    assert {(await opened(hub.deps, person, one)).value for one in shown(person)} == {
        one.value for one in (ASHA, MAIL, CHAT)
    }


async def test_the_ways_to_write_a_number_lead_to_one_person(hub: Hub) -> None:
    ways = ["+91 98765 43210", "tel:+91-98765-43210", "+919876543210"]

    met = [await find_or_make(hub.deps, ACCOUNT, [Address(kind=IdentityKind.PHONE, value=way)]) for way in ways]

    assert len({person.id for person in met}) == 1


async def test_two_accounts_never_share_a_person(hub: Hub) -> None:
    one, other = [await find_or_make(hub.deps, account, [ASHA]) for account in ("one", "other")]

    assert one.id != other.id


async def test_two_people_without_a_known_address_are_two(hub: Hub) -> None:
    one, other = [await find_or_make(hub.deps, ACCOUNT, []) for _ in range(2)]

    assert one.id != other.id


async def test_everybody_has_their_own_id_as_an_identity(hub: Hub) -> None:
    person = await find_or_make(hub.deps, ACCOUNT, [ASHA])

    own = await opened(hub.deps, person, person.identities[0])
    assert own == Address(kind=IdentityKind.CUSTOM, value=person.id)
    assert person.identities[0] not in shown(person)


@pytest.mark.parametrize("kind", [IdentityKind.PHONE, IdentityKind.EMAIL, IdentityKind.VISITOR])
async def test_a_wrongly_formed_address_is_kept_and_found_again(hub: Hub, kind: IdentityKind) -> None:
    wrong = Address(kind=kind, value="\0 what is this")

    one, again = [await find_or_make(hub.deps, ACCOUNT, [wrong]) for _ in range(2)]

    assert one.id == again.id
    assert [identity.kind for identity in shown(one)] == [IdentityKind.CUSTOM]


async def test_an_address_of_somebody_else_stays_theirs_and_is_a_suggestion(hub: Hub) -> None:
    asha, other = await find_or_make(hub.deps, ACCOUNT, [ASHA]), await find_or_make(hub.deps, ACCOUNT, [MAIL])

    met = await find_or_make(hub.deps, ACCOUNT, [ASHA, MAIL, CHAT])

    assert met.id == asha.id
    assert {one.kind for one in shown(met)} == {IdentityKind.PHONE, IdentityKind.VISITOR}
    [suggestion] = await repository.list_suggestions(hub.deps.mongo, ACCOUNT, after=None, limit=9)
    assert suggestion.people == sorted((asha.id, other.id))


async def test_whoever_was_merged_is_found_as_the_one_they_were_merged_into(hub: Hub) -> None:
    asha, other = await find_or_make(hub.deps, ACCOUNT, [ASHA]), await find_or_make(hub.deps, ACCOUNT, [MAIL])
    await change(hub.deps, ACCOUNT, other.id, lambda one: replace(one, merged_into=asha.id))

    assert (await get_person(hub.deps, ACCOUNT, other.id)).id == asha.id
    assert (await find_or_make(hub.deps, ACCOUNT, [MAIL])).id == asha.id


async def test_a_message_makes_a_contact_a_lead_and_the_step_is_kept(hub: Hub) -> None:
    contact = await find_or_make(hub.deps, ACCOUNT, [ASHA], stage=Stage.CONTACT)

    lead = await find_or_make(hub.deps, ACCOUNT, [ASHA], line="line")

    assert (contact.stage, lead.stage) == (Stage.CONTACT, Stage.LEAD)
    assert [(step.stage, step.by) for step in lead.steps] == [(Stage.CONTACT, "hub"), (Stage.LEAD, "line:line")]


async def test_nobody_falls_back_by_being_met(hub: Hub) -> None:
    await find_or_make(hub.deps, ACCOUNT, [ASHA], stage=Stage.CUSTOMER)

    assert (await find_or_make(hub.deps, ACCOUNT, [ASHA], line="line")).stage is Stage.CUSTOMER


async def test_a_name_is_taken_once_with_who_said_it(hub: Hub) -> None:
    await find_or_make(hub.deps, ACCOUNT, [ASHA], line="line")

    named = await find_or_make(hub.deps, ACCOUNT, [ASHA], name=" Asha\n Rao ", line="line")
    again = await find_or_make(hub.deps, ACCOUNT, [ASHA], name="Somebody", line="line")

    assert await name_of(hub.deps, again) == "Asha Rao"
    assert [(one.field, one.by) for one in named.provenance][-1] == ("name", "line:line")


async def test_a_message_of_somebody_known_changes_nothing_of_them(settings: Settings, clock: VirtualClock) -> None:
    async with running_hub(settings, clock=clock) as hub:
        first = await find_or_make(hub.deps, ACCOUNT, [ASHA], line="line")

        await clock.advance(minutes=30)
        again = await find_or_make(hub.deps, ACCOUNT, [ASHA], line="line")
        await clock.advance(hours=2)
        later = await find_or_make(hub.deps, ACCOUNT, [ASHA], line="line")

        assert (again.rev, later.rev) == (first.rev, first.rev + 1)
        assert later.identities[1].seen_at == clock.now()


async def test_where_somebody_is_is_guessed_from_their_number(hub: Hub) -> None:
    person = await find_or_make(hub.deps, ACCOUNT, [ASHA], locale="hi")

    assert (person.zone, person.is_zone_inferred) == ("Asia/Kolkata", True)
    assert (person.locale, person.is_locale_inferred) == ("hi", True)


async def test_somebody_without_a_name_is_called_by_their_number(hub: Hub) -> None:
    asha = await find_or_make(hub.deps, ACCOUNT, [ASHA])
    visitor = await find_or_make(hub.deps, ACCOUNT, [CHAT])

    names = await names_of(hub.deps, ACCOUNT, [asha.id, visitor.id, "nobody"])

    assert names == {asha.id: ASHA.value, visitor.id: ""}


async def test_nothing_of_somebody_can_be_read_in_the_database(hub: Hub) -> None:
    await find_or_make(hub.deps, ACCOUNT, [ASHA, MAIL], name="Asha Rao")

    stored = str(await documents(hub.deps))

    assert not [word for word in ("Asha", "9876543210", "company.test") if word in stored]


async def test_what_is_sealed_stays_marked_as_sealed_through_every_change(hub: Hub) -> None:
    person = await find_or_make(hub.deps, ACCOUNT, [ASHA, MAIL], name="Asha Rao")

    await find_or_make(hub.deps, ACCOUNT, [ASHA, CHAT])

    [document] = await documents(hub.deps)
    assert {one["value"].subtype for one in document["identities"]} == {0x80}
    assert person.rev < document["rev"]


async def test_whoever_is_known_already_costs_one_query(settings: Settings) -> None:
    asked = Asked()
    async with running_hub(settings, listeners=[asked]) as hub:
        await find_or_make(hub.deps, ACCOUNT, [ASHA, MAIL], line="line")
        await hub.deps.bus.settle()
        asked.count = 0

        await find_or_make(hub.deps, ACCOUNT, [ASHA, MAIL], line="line")

        assert asked.count == 1


async def test_nobody_is_known_by_more_than_there_can_be(hub: Hub) -> None:
    visitors = [Address(kind=IdentityKind.VISITOR, value=f"visitor-{number}") for number in range(MOST + 5)]

    person = await find_or_make(hub.deps, ACCOUNT, visitors)

    assert len(person.identities) == MOST
