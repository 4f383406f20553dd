"""However many append at once, and wherever one of them dies, the log stays one chain."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pymongo.monitoring import CommandListener, CommandStartedEvent
from structlog.testing import capture_logs

from hub.audit.chain import Head
from hub.audit.errors import LogBusy
from hub.audit.repository import AUDIT, move_head
from hub.audit.verify import State, verify
from hub.http.endpoint import Call
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.audit.logs import OURS, THEIRS, behind_its_back, entries_of, head_of, opened, write, write_many
from tests.hub.http.rooms import PATH, as_caller, hub_with, post
from tests.hubs import Hub


class Rival(CommandListener):
    """Somebody who, in the moment before an entry of ours arrives, has put another document in its place."""

    def __init__(self, settings: Settings, *, times: int, **change: object) -> None:
        self._settings = settings
        self._times = times
        self._change = change

    def started(self, event: CommandStartedEvent) -> None:
        if event.command.get("insert") == AUDIT and self._times:
            self._times -= 1
            [document] = event.command["documents"]
            id = {"_id": f"rival-{self._times}"} if self._change else {}
            with behind_its_back(self._settings) as database:
                database[AUDIT].insert_one({**document, **self._change, **id})

    def succeeded(self, event: object) -> None:
        """Of no interest."""

    def failed(self, event: object) -> None:
        """Of no interest."""


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    async with opened(settings, clock) as hub:
        yield hub


async def change(call: Call[None, Any]) -> str:
    """Change something."""
    return "changed"


async def set_head_back(settings: Settings, seq: int, hash: bytes) -> None:
    """As it is when a process died between its entry and the head."""
    with behind_its_back(settings, "_keys") as database:
        database["audit_heads"].update_one({"_id": OURS}, {"$set": {"seq": seq, "hash": hash}})


async def test_each_entry_names_the_one_before_it(hub: Hub) -> None:
    await write_many(hub.deps, 3)

    entries = await entries_of(hub.deps)
    assert [entry["seq"] for entry in entries] == [1, 2, 3]
    assert [entry["previous"] for entry in entries] == [b"", entries[0]["hash"], entries[1]["hash"]]
    assert len({entry["hash"] for entry in entries}) == 3


async def test_the_head_names_the_last_entry_and_stands_in_the_other_database(hub: Hub, settings: Settings) -> None:
    await write_many(hub.deps, 3)

    last = (await entries_of(hub.deps))[-1]
    with behind_its_back(settings, "_keys") as keys, behind_its_back(settings) as main:
        [head] = keys["audit_heads"].find()
        assert (head["account"], head["seq"], head["hash"]) == (OURS, 3, last["hash"])
        assert "audit_heads" not in main.list_collection_names()


async def test_every_account_has_a_chain_of_its_own(hub: Hub) -> None:
    await write_many(hub.deps, 2, OURS)
    await write_many(hub.deps, 2, THEIRS)

    ours, theirs = await entries_of(hub.deps, OURS), await entries_of(hub.deps, THEIRS)
    assert [entry["seq"] for entry in (*ours, *theirs)] == [1, 2, 1, 2]
    assert not {entry["hash"] for entry in ours} & {entry["hash"] for entry in theirs}


async def test_two_hundred_at_once_from_two_hubs_make_one_chain(hub: Hub, settings: Settings) -> None:
    async with opened(settings) as other:
        writers = (hub.deps, other.deps) * 100

        await asyncio.gather(*map(write, writers))

    verdict = await verify(hub.deps, OURS)
    assert (verdict.state, verdict.entries) == (State.UNBROKEN, 200)
    assert (await head_of(hub.deps))["seq"] == 200


async def test_the_first_entries_of_a_log_may_race_too(hub: Hub, settings: Settings) -> None:
    async with opened(settings) as other:
        await asyncio.gather(write(hub.deps), write(other.deps), write(hub.deps), write(other.deps))

    verdict = await verify(hub.deps, OURS)
    assert (verdict.state, verdict.entries) == (State.UNBROKEN, 4)


@pytest.mark.parametrize("behind", [1, 2])
async def test_whoever_died_before_moving_the_head_breaks_nothing(hub: Hub, settings: Settings, behind: int) -> None:
    await write_many(hub.deps, 4)
    left = (await entries_of(hub.deps))[3 - behind]
    await set_head_back(settings, left["seq"], left["hash"])
    before = await verify(hub.deps, OURS)

    await write(hub.deps)

    after = await verify(hub.deps, OURS)
    assert (before.state, before.entries) == (State.UNBROKEN, 4)
    assert (after.state, after.entries) == (State.UNBROKEN, 5)
    assert (await head_of(hub.deps))["seq"] == 5


async def test_whoever_is_late_does_not_move_the_head_back(hub: Hub) -> None:
    await write_many(hub.deps, 3)
    before = await head_of(hub.deps)
    first, second, _ = (Head(entry["seq"], entry["hash"], b"", 1) for entry in await entries_of(hub.deps))

    await move_head(hub.deps.mongo, OURS, first, second)

    assert await head_of(hub.deps) == before


async def test_whoever_died_before_the_first_head_breaks_nothing(hub: Hub, settings: Settings) -> None:
    await write(hub.deps)
    with behind_its_back(settings, "_keys") as database:
        database["audit_heads"].delete_one({"_id": OURS})
    before = await verify(hub.deps, OURS)

    await write(hub.deps)

    assert (before.state, before.entries) == (State.UNBROKEN, 1)
    assert (await verify(hub.deps, OURS)).state is State.UNBROKEN
    assert (await head_of(hub.deps))["seq"] == 2


async def test_entry_that_the_driver_sends_again_stands_once(settings: Settings) -> None:
    async with opened(settings, listeners=[Rival(settings, times=1)]) as hub:
        await write_many(hub.deps, 2)

        verdict = await verify(hub.deps, OURS)
        assert (verdict.state, verdict.entries) == (State.UNBROKEN, 2)


async def test_forged_entry_in_our_place_does_not_stop_the_log_and_stays_found(settings: Settings) -> None:
    async with opened(settings, listeners=[Rival(settings, times=1, action="door.burn", hash="none")]) as hub:
        await write_many(hub.deps, 2)

        verdict = await verify(hub.deps, OURS)
        assert [entry["action"] for entry in await entries_of(hub.deps)] == ["door.burn", "door.open", "door.open"]
        assert verdict.problem == "entry 1 was changed"


async def test_log_in_which_no_place_is_found_says_so(settings: Settings) -> None:
    async with opened(settings, listeners=[Rival(settings, times=1000, action="door.burn")]) as hub:
        with pytest.raises(LogBusy):
            await write(hub.deps)


async def test_request_whose_record_fails_is_answered_and_told_in_the_log(settings: Settings) -> None:
    rival = Rival(settings, times=1000, action="door.burn")
    with capture_logs() as logs:
        async with hub_with(settings, post(change), listeners=[rival]) as hub:
            answer = await hub.client.post(PATH, headers=as_caller(account=OURS))

    assert answer.status_code == 200
    assert [line["route"] for line in logs if line["event"] == "audit_missing"] == ["change"]
