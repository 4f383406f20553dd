"""What `kill -9` leaves: nothing lost that was acknowledged, and no process that nobody wants."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from hub.settings import Settings
from hub.store.embedded import Servers, open_servers, redis_answers
from hub.store.folder import DataFolder
from hub.store.mongo import Collection, DatabaseAway, Duplicate, Mongo, open_mongo
from tests.hub.store.servers import START_TIMEOUT_S, holding, leashes_of, redis_only, servers_of, until

ROUNDS = 3
WRITERS = 4
BACK_WITHIN_S = 60


@dataclass(frozen=True)
class Home:
    """Servers that are killed again and again, and the folder that they keep their data in."""

    data: Path
    servers: Servers
    mongo: Mongo

    async def back(self) -> None:
        """Wait until both answer again at their old addresses."""
        async with asyncio.timeout(BACK_WITHIN_S):
            while not await redis_answers(self.servers.redis_url):
                await asyncio.sleep(0.05)
            while not await self._database_answers():
                await asyncio.sleep(0.05)

    async def _database_answers(self) -> bool:
        try:
            await self.mongo.ping()
        except DatabaseAway:
            return False
        return True


@pytest.fixture(scope="module")
async def home(fast_folder: Path) -> AsyncIterator[Home]:
    data = fast_folder / "killed"
    settings = Settings(data=data, start_timeout_s=START_TIMEOUT_S)
    async with (
        open_servers(settings, role="run", report=lambda text: None) as servers,
        open_mongo(servers.mongodb_url, "parley", timeout_s=1) as mongo,
    ):
        yield Home(data, servers, mongo)


async def write_on(notes: Collection, writer: int, acknowledged: set[str]) -> None:
    """One write after the other, each until it is acknowledged."""
    number = 0
    while True:
        id = f"{writer}.{number}"
        try:
            await notes.insert({"_id": id})
        except DatabaseAway:
            continue
        except Duplicate:
            # Stored, though nobody could tell us then.
            pass
        acknowledged.add(id)
        number += 1


@pytest.mark.slow
async def test_killed_database_loses_nothing_that_it_acknowledged_and_comes_back(home: Home) -> None:
    notes, acknowledged = home.mongo["notes"], set[str]()
    writers = [asyncio.create_task(write_on(notes, writer, acknowledged)) for writer in range(WRITERS)]
    for _ in range(ROUNDS):
        count = len(acknowledged)
        await until(lambda count=count: len(acknowledged) > count + 100, within_s=BACK_WITHIN_S)  # type: ignore[misc]

        servers_of(home.data)["database"].kill()

    await home.back()
    for task in writers:
        task.cancel()
    await asyncio.gather(*writers, return_exceptions=True)
    stored = {note["_id"] async for note in notes.majority.each({})}
    assert len(acknowledged) > ROUNDS * 100
    assert acknowledged - stored == set()


@pytest.mark.slow
async def test_killed_redis_comes_back(home: Home) -> None:
    before = servers_of(home.data)["redis"]

    before.kill()

    await home.back()
    assert servers_of(home.data)["redis"] != before


@pytest.mark.slow
@pytest.mark.parametrize("name", ["database", "redis"])
async def test_server_whose_leash_is_killed_is_started_anew_and_the_old_one_is_gone(home: Home, name: str) -> None:
    before = servers_of(home.data)[name]

    leashes_of(home.data)[name].kill()

    await until(lambda: not is_there(before))
    await home.back()
    assert set(servers_of(home.data)) == {"database", "redis"}


@pytest.mark.slow
async def test_killed_holder_leaves_no_process_and_the_folder_is_free_again(fast_folder: Path) -> None:
    settings = Settings(data=fast_folder / "orphaned", start_timeout_s=START_TIMEOUT_S)
    with holding(settings, role="run") as holder:
        family = holder.family
        assert len(family) == 4

        holder.process.kill()
        holder.process.wait()

        await until(lambda: not any(map(is_there, family)))
    lock = DataFolder(settings.data).try_lock()
    assert lock is not None
    os.close(lock)


async def test_command_started_right_after_a_kill_gets_servers(fast_folder: Path) -> None:
    settings = redis_only(fast_folder / "at-once")
    with holding(settings, role="run") as holder:
        holder.process.kill()

        async with (
            asyncio.timeout(20),
            open_servers(settings, role="command", report=lambda text: None) as servers,
        ):
            assert await redis_answers(servers.redis_url)


def is_there(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False
