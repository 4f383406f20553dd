"""The database: what a write promises, and what its absence looks like."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pymongo import IndexModel
from pymongo.monitoring import CommandFailedEvent, CommandStartedEvent, CommandSucceededEvent

from hub.settings import Settings
from hub.store.embedded import free_port
from hub.store.mongo import (
    KEYS,
    RETRY_AFTER_S,
    CommandListener,
    DatabaseAway,
    Document,
    Duplicate,
    Mongo,
    UnfitDatabase,
    open_mongo,
)
from tests.hub.store.servers import database_alone

MOMENT = datetime(2026, 3, 2, 9, 0, 0, 123_000, tzinfo=UTC)


class Heard(CommandListener):
    """What the driver sent."""

    def __init__(self) -> None:
        self.commands: list[Document] = []

    def started(self, event: CommandStartedEvent) -> None:
        self.commands.append(dict(event.command))

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Of no interest."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Of no interest."""

    def named(self, name: str) -> list[Document]:
        return [command for command in self.commands if name in command]


@asynccontextmanager
async def opened(url: str, *, timeout_s: float = 5, heard: Heard | None = None) -> AsyncIterator[Mongo]:
    async with open_mongo(url, "parley", timeout_s=timeout_s, listeners=[heard] if heard else []) as mongo:
        yield mongo


# What is stored


async def test_what_was_inserted_is_found(mongo: Mongo) -> None:
    await mongo["notes"].insert({"_id": "1", "text": "x"})

    assert await mongo["notes"].find_one({"_id": "1"}) == {"_id": "1", "text": "x"}


async def test_second_of_a_key_is_refused_and_names_the_rule(mongo: Mongo) -> None:
    await mongo["notes"].create_index(IndexModel([("account", 1), ("key", 1)], unique=True))
    await mongo["notes"].insert({"_id": "1", "account": "a", "key": "k"})

    with pytest.raises(Duplicate) as refused:
        await mongo["notes"].insert({"_id": "2", "account": "a", "key": "k"})

    assert refused.value.data == {"index": "account,key"}


async def test_refused_duplicate_says_nothing_of_the_values(mongo: Mongo) -> None:
    await mongo["notes"].insert({"_id": "asha@example.com"})

    with pytest.raises(Duplicate) as refused:
        await mongo["notes"].insert({"_id": "asha@example.com"})

    assert "asha" not in f"{refused.value.message} {refused.value.data}"


async def test_update_that_would_break_a_rule_is_refused_too(mongo: Mongo) -> None:
    await mongo["notes"].create_index(IndexModel([("key", 1)], unique=True))
    await mongo["notes"].insert({"_id": "1", "key": "a"})
    await mongo["notes"].insert({"_id": "2", "key": "b"})

    with pytest.raises(Duplicate, match="stored already"):
        await mongo["notes"].update({"_id": "2"}, {"$set": {"key": "a"}})


async def test_compare_and_set_succeeds_when_nothing_has_changed(mongo: Mongo) -> None:
    await mongo["threads"].insert({"_id": "t", "seq": 7})

    assert await mongo["threads"].update({"_id": "t", "seq": 7}, {"$set": {"seq": 8}}) is True


async def test_compare_and_set_succeeds_even_when_it_sets_what_stands(mongo: Mongo) -> None:
    await mongo["threads"].insert({"_id": "t", "seq": 7})

    assert await mongo["threads"].update({"_id": "t", "seq": 7}, {"$set": {"seq": 7}}) is True


async def test_compare_and_set_fails_when_somebody_was_first(mongo: Mongo) -> None:
    await mongo["threads"].insert({"_id": "t", "seq": 8})

    assert await mongo["threads"].update({"_id": "t", "seq": 7}, {"$set": {"seq": 9}}) is False
    assert await mongo["threads"].find_one({}) == {"_id": "t", "seq": 8}


async def test_of_many_who_compare_and_set_at_once_one_succeeds(mongo: Mongo) -> None:
    await mongo["threads"].insert({"_id": "t", "seq": 0})

    won = await asyncio.gather(
        *(mongo["threads"].update({"_id": "t", "seq": 0}, {"$set": {"seq": author}}) for author in range(1, 21))
    )

    assert won.count(True) == 1
    assert await mongo["threads"].find_one({}) == {"_id": "t", "seq": won.index(True) + 1}


async def test_upsert_counts_as_a_change(mongo: Mongo) -> None:
    assert await mongo["notes"].update({"_id": "1"}, {"$set": {"seen": True}}, upsert=True) is True


async def test_delete_says_whether_there_was_something(mongo: Mongo) -> None:
    await mongo["notes"].insert({"_id": "1"})

    assert await mongo["notes"].delete({"_id": "1"}) is True
    assert await mongo["notes"].delete({"_id": "1"}) is False


async def test_changes_of_many_are_counted(mongo: Mongo) -> None:
    for id in "abc":
        await mongo["notes"].insert({"_id": id})

    assert await mongo["notes"].update_all({}, {"$set": {"seen": True}}) == 3
    assert await mongo["notes"].count({"seen": True}, limit=2) == 2
    assert await mongo["notes"].delete_all({"_id": {"$ne": "a"}}) == 2


async def test_find_gives_no_more_than_the_limit_in_the_order_asked_for(mongo: Mongo) -> None:
    for id in "bca":
        await mongo["notes"].insert({"_id": id})

    assert await mongo["notes"].find({}, limit=2, sort=[("_id", -1)]) == [{"_id": "c"}, {"_id": "b"}]


async def test_walk_sees_everything_over_many_batches(mongo: Mongo) -> None:
    for number in range(250):
        await mongo["notes"].insert({"_id": number})

    assert {note["_id"] async for note in mongo["notes"].each({})} == set(range(250))


@pytest.mark.parametrize(
    "moment", [MOMENT, MOMENT.astimezone(timezone(timedelta(hours=5, minutes=30)))], ids=["utc", "india"]
)
async def test_times_come_back_equal_and_in_utc(mongo: Mongo, moment: datetime) -> None:
    await mongo["notes"].insert({"_id": "1", "at": moment})

    found = await mongo["notes"].find_one({"at": moment})

    assert found == {"_id": "1", "at": moment}
    assert found["at"].tzinfo is UTC


async def test_server_tells_its_time(mongo: Mongo) -> None:
    assert abs(await mongo.now() - datetime.now(UTC)) < timedelta(seconds=2)


async def test_every_write_asks_for_a_journalled_majority(settings: Settings) -> None:
    heard = Heard()
    async with opened(settings.mongodb_url.reveal(), heard=heard) as mongo:
        scratch = mongo[f"scratch-{settings.mongodb_database}"]

        await scratch.insert({"_id": "1"})
        await scratch.update({"_id": "1"}, {"$set": {"seen": True}})
        await scratch.delete({"_id": "1"})

    writes = [*heard.named("insert"), *heard.named("update"), *heard.named("delete")]
    assert [write["writeConcern"] for write in writes] == [{"w": "majority", "j": True}] * 3


async def test_majority_reads_ask_for_what_cannot_roll_back(settings: Settings) -> None:
    heard = Heard()
    async with opened(settings.mongodb_url.reveal(), heard=heard) as mongo:
        await mongo["scratch"].majority.find_one({})
        await mongo["scratch"].find_one({})

    assert [read.get("readConcern", {}).get("level") for read in heard.named("find")] == ["majority", None]


async def test_keys_stand_in_a_database_of_their_own(settings: Settings) -> None:
    heard = Heard()
    async with opened(settings.mongodb_url.reveal(), heard=heard) as mongo:
        await mongo[KEYS].find_one({})
        await mongo["notes"].find_one({})

    assert [read["$db"] for read in heard.named("find")] == ["parley_keys", "parley"]


# When it is away, or unfit


async def test_nobody_listening_is_said_within_the_timeout() -> None:
    async with opened(f"mongodb://127.0.0.1:{free_port()}/", timeout_s=0.3) as mongo:
        began_s = time.monotonic()

        with pytest.raises(DatabaseAway) as away:
            await mongo["notes"].find_one({})

    assert away.value.data == {"retry_after_s": RETRY_AFTER_S}
    assert time.monotonic() - began_s < 1.5


async def test_whoever_accepts_and_says_nothing_is_away() -> None:
    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    silent = await asyncio.start_server(swallow, "127.0.0.1", 0)
    async with silent, opened(f"mongodb://127.0.0.1:{silent.sockets[0].getsockname()[1]}/", timeout_s=0.3) as mongo:
        with pytest.raises(DatabaseAway):
            await mongo.ping()


@pytest.mark.slow
async def test_same_client_goes_on_once_the_server_is_back(fast_folder: Path) -> None:
    port = free_port()
    async with opened(f"mongodb://127.0.0.1:{port}/", timeout_s=0.3) as mongo:
        with pytest.raises(DatabaseAway):
            await mongo.ping()

        async with database_alone(fast_folder / "returns", port):
            await mongo["notes"].insert({"_id": "1"})

            assert await mongo["notes"].find_one({}) == {"_id": "1"}


@pytest.mark.slow
async def test_standalone_server_is_refused_and_told_what_to_do(fast_folder: Path) -> None:
    port = free_port()
    async with (
        database_alone(fast_folder / "alone", port, "--standalone"),
        opened(f"mongodb://127.0.0.1:{port}/") as mongo,
    ):
        with pytest.raises(UnfitDatabase, match=r"rs\.initiate"):
            await mongo.check_fit()


async def test_replica_set_is_accepted(mongo: Mongo) -> None:
    await mongo.check_fit()


@pytest.mark.parametrize("password", ["/hunter2", "hunter2/", "hunter@2", "1:hunter2"])
async def test_url_that_cannot_be_read_is_told_without_its_password(password: str) -> None:
    with pytest.raises(UnfitDatabase) as unfit:
        async with opened(f"mongodb://parley:{password}@mongo/"):
            pass

    assert "PARLEY_MONGODB_URL cannot be read" in unfit.value.message
    assert "hunter" not in unfit.value.message


async def test_wrong_password_is_told_plainly(settings: Settings) -> None:
    host = settings.mongodb_url.reveal().rpartition("@")[2]
    async with opened(f"mongodb://parley:wrong@{host}") as mongo:
        with pytest.raises(UnfitDatabase, match="refuses the user or the password"):
            await mongo.ping()


# Users


async def test_created_user_may_come_in(mongo: Mongo, settings: Settings) -> None:
    host = settings.mongodb_url.reveal().rpartition("@")[2]

    await mongo.create_user("asha", "first")

    async with opened(f"mongodb://asha:first@{host}") as hers:
        await hers["scratch"].find_one({})


async def test_creating_a_user_again_changes_the_password(mongo: Mongo, settings: Settings) -> None:
    host = settings.mongodb_url.reveal().rpartition("@")[2]
    await mongo.create_user("ravi", "first")

    await mongo.create_user("ravi", "second")

    async with opened(f"mongodb://ravi:second@{host}") as his:
        await his["scratch"].find_one({})
    async with opened(f"mongodb://ravi:first@{host}") as stranger:
        with pytest.raises(UnfitDatabase):
            await stranger["scratch"].find_one({})
