"""After a rotation: everything moves to the new key, nothing is lost on the way, and then the old key goes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from bson.binary import Binary
from pymongo import MongoClient
from pymongo.monitoring import CommandFailedEvent, CommandStartedEvent, CommandSucceededEvent

from hub.deps import Deps
from hub.house import Room
from hub.keys.resealing import KINDS, PAUSE, reseal_collection, rotate, sealed_values
from hub.rooms import ROOMS
from hub.settings import Settings
from hub.store.mongo import KEYS, CommandListener, Document
from hub.store.sealed import SUBTYPE, version_of
from hub.work.desk import Desk
from tests.clock import VirtualClock
from tests.hubs import running_hub

PEOPLE = "people"
ROOM = Room(name="people", sealed=(PEOPLE, "messages"))
PHONES = ["+91 1", "+91 2", "+91 3"]


class Meanwhile(CommandListener):
    """Somebody else, who changes a person in the moment before our first update of one arrives."""

    def __init__(self, settings: Settings, change: Document) -> None:
        self.change: Document | None = change
        self._settings = settings

    def started(self, event: CommandStartedEvent) -> None:
        if event.command.get("update") == PEOPLE and (change := self.change):
            self.change = None
            with MongoClient[Document](self._settings.mongodb_url.reveal()) as client:
                client[self._settings.mongodb_database][PEOPLE].update_one({"_id": "asha"}, change)

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Of no interest."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Of no interest."""


@asynccontextmanager
async def opened(settings: Settings, clock: VirtualClock, *listeners: CommandListener) -> AsyncIterator[Deps]:
    async with running_hub(settings, rooms=(*ROOMS, ROOM), clock=clock, listeners=listeners) as hub:
        yield hub.deps


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    async with opened(settings, clock) as deps:
        yield deps


async def seal(deps: Deps, account: str, place: str, text: str) -> Binary:
    return (await deps.sealer.keyring(account)).seal(place, text.encode())


async def add_person(deps: Deps, id: str, account: str) -> None:
    """With a name, three phones in a list, and a note deep inside."""
    phones = [{"kind": "phone", "value": await seal(deps, account, "people.phones.value", text)} for text in PHONES]
    name = await seal(deps, account, "people.name", "Asha")
    note = await seal(deps, account, "people.lead.notes.first", "wants a loan")
    person = {"name": name, "phones": phones, "lead": {"notes": {"first": note}}, "photo": b"not sealed"}
    await deps.mongo[PEOPLE].insert({"_id": id, "account": account, **person})


async def get_person(deps: Deps, id: str) -> Document:
    person = await deps.mongo[PEOPLE].find_one({"_id": id})
    assert person is not None
    return person


async def texts_of(deps: Deps, person: Document) -> set[str]:
    found = [(place, sealed) for _, place, sealed in sealed_values(person, PEOPLE)]
    return {(await deps.sealer.unseal(person["account"], *value)).decode() for value in found}


def versions_of(document: Document) -> list[int]:
    return [version_of(sealed) for _, _, sealed in sealed_values(document, PEOPLE)]


async def versions_kept(deps: Deps, account: str) -> set[int]:
    return {key["version"] async for key in deps.mongo[KEYS].each({"account": account})}


async def work_at(deps: Deps, clock: VirtualClock, **later: float) -> None:
    """What a worker does when it looks so much later."""
    await clock.advance(**later)
    desk = Desk(deps, KINDS[0])
    await desk.sweep()
    await desk.close(timeout_s=10)


async def test_nothing_moves_before_every_process_has_read_the_new_key(deps: Deps, clock: VirtualClock) -> None:
    await add_person(deps, "asha", "acme")
    await rotate(deps, "acme")

    await work_at(deps, clock, seconds=PAUSE.total_seconds() - 1)

    assert set(versions_of(await get_person(deps, "asha"))) == {1}


async def test_everything_moves_to_the_new_key_however_deep_it_stands(deps: Deps, clock: VirtualClock) -> None:
    await add_person(deps, "asha", "acme")
    await rotate(deps, "acme")

    await work_at(deps, clock, seconds=PAUSE.total_seconds())

    person = await get_person(deps, "asha")
    assert versions_of(person) == [2] * 5
    assert await texts_of(deps, person) == {"Asha", *PHONES, "wants a loan"}


async def test_every_collection_that_holds_sealed_values_is_walked(deps: Deps, clock: VirtualClock) -> None:
    body = await seal(deps, "acme", "messages.body", "hello")
    await deps.mongo["messages"].insert({"_id": "m", "account": "acme", "body": body})
    await rotate(deps, "acme")

    await work_at(deps, clock, seconds=PAUSE.total_seconds())

    message = await deps.mongo["messages"].find_one({"_id": "m"})
    assert message is not None
    assert version_of(message["body"]) == 2


async def test_what_is_not_sealed_stays_as_it_is(deps: Deps, clock: VirtualClock) -> None:
    await add_person(deps, "asha", "acme")
    await rotate(deps, "acme")

    await work_at(deps, clock, seconds=PAUSE.total_seconds())

    person = await get_person(deps, "asha")
    assert (person["photo"], person["phones"][0]["kind"]) == (b"not sealed", "phone")


async def test_other_accounts_are_not_touched(deps: Deps, clock: VirtualClock) -> None:
    await add_person(deps, "asha", "acme")
    await add_person(deps, "ravi", "rival")
    before = await get_person(deps, "ravi")
    await rotate(deps, "acme")

    await work_at(deps, clock, seconds=PAUSE.total_seconds())
    await work_at(deps, clock, seconds=PAUSE.total_seconds())

    assert await get_person(deps, "ravi") == before
    assert await versions_kept(deps, "rival") == {0, 1}
    assert await versions_kept(deps, "acme") == {0, 2}


async def test_old_key_stays_until_a_walk_has_found_nothing_left(deps: Deps, clock: VirtualClock) -> None:
    await add_person(deps, "asha", "acme")
    await rotate(deps, "acme")

    await work_at(deps, clock, seconds=PAUSE.total_seconds())

    assert await versions_kept(deps, "acme") == {0, 1, 2}


async def test_old_key_goes_after_a_clean_walk_and_the_lookup_key_stays(deps: Deps, clock: VirtualClock) -> None:
    await add_person(deps, "asha", "acme")
    await rotate(deps, "acme")

    await work_at(deps, clock, seconds=PAUSE.total_seconds())
    await work_at(deps, clock, seconds=PAUSE.total_seconds())

    assert await versions_kept(deps, "acme") == {0, 2}
    assert await texts_of(deps, await get_person(deps, "asha")) == {"Asha", *PHONES, "wants a loan"}


async def test_done_rotation_is_due_no_more(deps: Deps, clock: VirtualClock) -> None:
    await rotate(deps, "acme")

    await work_at(deps, clock, seconds=PAUSE.total_seconds())

    assert await deps.mongo[KEYS].count({"due_at": {"$exists": True}}, limit=1) == 0


async def test_second_rotation_before_the_first_is_done_loses_nothing(deps: Deps, clock: VirtualClock) -> None:
    await add_person(deps, "asha", "acme")
    await rotate(deps, "acme")
    await clock.advance(seconds=30)
    await rotate(deps, "acme")

    for _ in range(4):
        await work_at(deps, clock, seconds=PAUSE.total_seconds())

    assert await versions_kept(deps, "acme") == {0, 3}
    assert await texts_of(deps, await get_person(deps, "asha")) == {"Asha", *PHONES, "wants a loan"}


async def test_value_that_somebody_writes_meanwhile_is_not_overwritten(settings: Settings, clock: VirtualClock) -> None:
    meanwhile = Meanwhile(settings, {})
    async with opened(settings, clock, meanwhile) as deps:
        await add_person(deps, "asha", "acme")
        await rotate(deps, "acme")
        meanwhile.change = {"$set": {"name": await seal(deps, "acme", "people.name", "Asha Rao")}}

        await work_at(deps, clock, seconds=PAUSE.total_seconds())

        assert await texts_of(deps, await get_person(deps, "asha")) == {"Asha Rao", *PHONES, "wants a loan"}


async def test_old_key_stays_when_a_value_moved_away_under_the_walk(settings: Settings, clock: VirtualClock) -> None:
    meanwhile = Meanwhile(settings, {})
    async with opened(settings, clock, meanwhile) as deps:
        phones = [{"value": await seal(deps, "acme", "people.phones.value", text)} for text in PHONES]
        await deps.mongo[PEOPLE].insert({"_id": "asha", "account": "acme", "phones": [{"value": "open"}, *phones]})
        await rotate(deps, "acme")
        meanwhile.change = {"$pull": {"phones": {"value": "open"}}}

        for _ in range(4):
            await work_at(deps, clock, seconds=PAUSE.total_seconds())

        assert await texts_of(deps, await get_person(deps, "asha")) == set(PHONES)


async def test_walk_counts_what_it_found_old_even_where_it_could_not_move_it(
    settings: Settings, clock: VirtualClock
) -> None:
    meanwhile = Meanwhile(settings, {})
    async with opened(settings, clock, meanwhile) as deps:
        phone = {"value": await seal(deps, "acme", "people.phones.value", PHONES[0])}
        await deps.mongo[PEOPLE].insert({"_id": "asha", "account": "acme", "phones": [{"value": "open"}, phone]})
        version = await rotate(deps, "acme")
        meanwhile.change = {"$pull": {"phones": {"value": "open"}}}

        assert await reseal_collection(deps, PEOPLE, "acme", version) == 1
        assert versions_of(await get_person(deps, "asha")) == [1]


async def test_damaged_value_fails_the_walk_and_keeps_the_old_key(deps: Deps, clock: VirtualClock) -> None:
    damaged = bytes(await seal(deps, "acme", "people.name", "Asha"))[:-1]
    await deps.mongo[PEOPLE].insert({"_id": "asha", "account": "acme", "name": Binary(damaged, SUBTYPE)})
    await rotate(deps, "acme")

    await work_at(deps, clock, seconds=PAUSE.total_seconds())

    key = await deps.mongo[KEYS].find_one({"_id": "acme.2"})
    assert key is not None
    assert key["attempts"] == 1
    assert await versions_kept(deps, "acme") == {0, 1, 2}
