"""Requests about keys that were cut off and are sent again; and credentials that can be no key."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from hub.access import Permission
from hub.accounts import api_keys, key_standing, repository
from hub.accounts.errors import KeyEnded, KeyExists
from hub.accounts.models import ApiKey
from hub.accounts.shapes import Grant, KeyWanted
from hub.settings import Settings
from hub.store.mongo import CommandListener, CommandStartedEvent
from tests.clock import VirtualClock
from tests.hub.accounts.staff import act_of
from tests.hubs import Hub, running_hub
from tests.people import Person, found

WANTED = KeyWanted(name="CRM", grants=[Grant(permission=Permission.MEMBERS_VIEW)])
OVERLAP = timedelta(hours=1)


async def is_good(owner: Person, secret: str) -> bool:
    """Whether it opens anything."""
    return (await Person(owner.hub, "", "", "", secret).asks("GET", "/members")).is_success


@pytest.mark.parametrize("overlap", [OVERLAP, timedelta()])
async def test_a_rotation_that_is_repeated_gives_a_good_key(asha: Person, overlap: timedelta) -> None:
    key = await api_keys.make(act_of(asha), WANTED)
    act = act_of(asha)
    await api_keys.rotate(act, key.key.id, overlap=overlap)

    again = await api_keys.rotate(act, key.key.id, overlap=overlap)

    assert again.key.id == act.new_id
    assert await is_good(asha, again.secret)
    assert len(await api_keys.list_keys(asha.hub.deps, asha.account)) == 2


async def test_a_rotation_that_stopped_half_way_is_finished_by_its_repeat(asha: Person) -> None:
    key = await api_keys.make(act_of(asha), WANTED)
    act = act_of(asha)
    await api_keys.make(act, WANTED)

    again = await api_keys.rotate(act, key.key.id, overlap=OVERLAP)

    successors = {one.id: one.successor for one in await api_keys.list_keys(asha.hub.deps, asha.account)}
    assert successors == {key.key.id: again.key.id, again.key.id: None}
    assert await is_good(asha, again.secret)


async def test_a_rotation_that_came_too_late_leaves_no_key_behind(asha: Person) -> None:
    key = await api_keys.make(act_of(asha), WANTED)
    await api_keys.rotate(act_of(asha), key.key.id, overlap=OVERLAP)

    with pytest.raises(KeyEnded):
        await api_keys.rotate(act_of(asha), key.key.id, overlap=OVERLAP)

    assert len(await api_keys.list_keys(asha.hub.deps, asha.account)) == 2


async def test_a_key_that_the_same_request_has_made_is_told_so(asha: Person) -> None:
    act = act_of(asha)
    await api_keys.make(act, WANTED)

    with pytest.raises(KeyExists) as raised:
        await api_keys.make(act, WANTED)

    assert (raised.value.status, raised.value.code) == (409, "key_exists")
    assert len(await repository.list_all(asha.hub.deps.mongo, asha.account, ApiKey)) == 1


class Asked(CommandListener):
    """How often the database was asked for a key."""

    def __init__(self) -> None:
        self.times = 0

    def started(self, event: CommandStartedEvent) -> None:
        self.times += event.command.get("find") == repository.API_KEYS

    def succeeded(self, event: object) -> None: ...

    def failed(self, event: object) -> None: ...


@pytest.fixture
def asked() -> Asked:
    """Counts from the start of the hub on."""
    return Asked()


@pytest.fixture
async def counted(settings: Settings, clock: VirtualClock, asked: Asked) -> AsyncIterator[Hub]:
    """A hub whose questions are counted."""
    async with running_hub(settings, clock=clock, listeners=[asked]) as hub:
        yield hub


@pytest.mark.parametrize("id", ["", "x", "0" * 25, "0" * 27, "0" * 25 + "U", "0" * 25 + "u", "0" * 25 + "."])
async def test_what_can_be_no_key_is_not_looked_for(counted: Hub, asked: Asked, id: str) -> None:
    caller = await key_standing.find_caller(counted.deps, f"{key_standing.PREFIX}{id}_secret")

    assert (caller, asked.times) == (None, 0)


async def test_what_is_no_key_is_not_remembered(counted: Hub, asked: Asked) -> None:
    token = f"{key_standing.PREFIX}{'0' * 26}_secret"

    callers = [await key_standing.find_caller(counted.deps, token) for _ in range(2)]

    assert (callers, asked.times) == ([None, None], 2)


async def test_a_key_is_remembered_for_a_moment(counted: Hub, asked: Asked) -> None:
    asha = await found(counted, "acme")
    key = await api_keys.make(act_of(asha), WANTED)
    before = asked.times

    callers = [await key_standing.find_caller(counted.deps, key.secret) for _ in range(5)]

    assert all(callers)
    assert asked.times == before + 1
