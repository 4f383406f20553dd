"""Changing people: no change overwrites another, and what finds them follows what they are called."""

import asyncio

import pytest
from msgspec.structs import replace

from channels.base import Address, IdentityKind
from hub.keys.resealing import reseal_collection
from hub.people.changing import How, change, write
from hub.people.editing import named
from hub.people.errors import IdentityTaken, NoSuchPerson
from hub.people.finding import find_or_make
from hub.people.getting import get_person
from hub.people.identities import identity_of
from hub.people.models import Person
from hub.people.showing import name_of
from hub.people.tags import with_tags
from hub.settings import Settings
from hub.store.tokens import sought
from tests.clock import VirtualClock
from tests.hub.people.known import ACCOUNT, ASHA, MAIL
from tests.hubs import Hub, running_hub


async def test_of_twenty_changes_at_once_none_is_lost(hub: Hub) -> None:
    person = await find_or_make(hub.deps, ACCOUNT, [ASHA])

    def tag(number: int) -> How:
        return lambda one: with_tags(one, put=[f"tag{number}"])

    await asyncio.gather(*(change(hub.deps, ACCOUNT, person.id, tag(number)) for number in range(20)))

    after = await get_person(hub.deps, ACCOUNT, person.id)
    assert len(after.tags) == 20
    assert after.rev == person.rev + 20


async def test_what_changes_nothing_writes_nothing(hub: Hub) -> None:
    person = await find_or_make(hub.deps, ACCOUNT, [ASHA])

    assert await change(hub.deps, ACCOUNT, person.id, lambda one: replace(one, tags=[*one.tags])) == person


async def test_a_change_of_what_is_not_so_any_more_is_not_made(hub: Hub) -> None:
    person = await find_or_make(hub.deps, ACCOUNT, [ASHA])
    await change(hub.deps, ACCOUNT, person.id, lambda one: with_tags(one, put=["first"]))

    assert await write(hub.deps, person, with_tags(person, put=["second"])) is None
    assert (await get_person(hub.deps, ACCOUNT, person.id)).tags == ["first"]


async def test_what_becomes_nothing_is_not_stored_any_more(hub: Hub) -> None:
    person = await find_or_make(hub.deps, ACCOUNT, [ASHA], name="Asha")

    after = await change(hub.deps, ACCOUNT, person.id, lambda one: replace(one, name=None))

    assert await get_person(hub.deps, ACCOUNT, person.id) == after
    assert after.name is None


async def test_nobody_takes_what_somebody_else_is_known_by(hub: Hub) -> None:
    asha, _ = await find_or_make(hub.deps, ACCOUNT, [ASHA]), await find_or_make(hub.deps, ACCOUNT, [MAIL])
    mail = identity_of(await hub.deps.sealer.keyring(ACCOUNT), MAIL, hub.deps.clock.now())

    with pytest.raises(IdentityTaken):
        await change(hub.deps, ACCOUNT, asha.id, lambda one: replace(one, identities=[*one.identities, mail]))


async def test_nobody_is_found_in_another_account(hub: Hub) -> None:
    person = await find_or_make(hub.deps, ACCOUNT, [ASHA])

    with pytest.raises(NoSuchPerson):
        await get_person(hub.deps, "another", person.id)


async def test_somebody_is_found_by_how_their_words_begin(hub: Hub) -> None:
    person = await find_or_make(hub.deps, ACCOUNT, [ASHA, MAIL], name="Asha Rao")
    keyring, tokens = await hub.deps.sealer.keyring(ACCOUNT), set(person.tokens)

    typed = ["as", "Ásha", "rao", "asha@company", "compan", "91987654", "919876543210", "0987654", "asha rao"]
    missed = [text for text in [*typed, "meera", "98765"] if not set(sought(keyring, text)) <= tokens]

    assert missed == ["meera", "98765"]


async def test_a_new_name_is_found_and_the_old_one_is_not(hub: Hub) -> None:
    person, keyring = await find_or_make(hub.deps, ACCOUNT, [ASHA], name="Asha"), await hub.deps.sealer.keyring(ACCOUNT)

    after = await change(hub.deps, ACCOUNT, person.id, lambda one: named(one, keyring, "Meera"))

    assert set(sought(keyring, "meera")) <= set(after.tokens)
    assert not set(sought(keyring, "asha")) <= set(after.tokens)


async def test_after_a_new_key_everything_of_somebody_still_opens(settings: Settings, clock: VirtualClock) -> None:
    async with running_hub(settings, clock=clock) as hub:
        person = await find_or_make(hub.deps, ACCOUNT, [ASHA], name="Asha")
        await find_or_make(hub.deps, ACCOUNT, [ASHA, MAIL])
        version = await hub.deps.sealer.add_version(ACCOUNT)

        while await reseal_collection(hub.deps, "people", ACCOUNT, version):
            pass
        await hub.deps.sealer.forget_before(ACCOUNT, version)

        await clock.advance(minutes=5)
        again: Person = await find_or_make(hub.deps, ACCOUNT, [MAIL])
        assert again.id == person.id
        assert await name_of(hub.deps, again) == "Asha"
        assert len(await tokens_again(hub, again)) > 0


async def tokens_again(hub: Hub, person: Person) -> list[int]:
    """What they are found by, after every identity was opened."""
    keyring = await hub.deps.sealer.keyring(ACCOUNT)
    more = identity_of(keyring, Address(kind=IdentityKind.EMAIL, value="asha@home.test"), hub.deps.clock.now())
    after = await change(hub.deps, ACCOUNT, person.id, lambda one: replace(one, identities=[*one.identities, more]))
    return after.tokens
