"""Several writes as one: all of it stands, or nothing."""

import asyncio
import sys

import pytest
from pymongo import MongoClient

from hub.settings import Settings
from hub.store.mongo import Document, Duplicate, Mongo

HALF_WAY = """
import asyncio, sys
from hub.store.mongo import open_mongo

async def stop_half_way(inside):
    await inside["pots"].update({"_id": "left"}, {"$set": {"count": 1}})
    print("half way", flush=True)
    await asyncio.sleep(60)

async def main():
    async with open_mongo(sys.argv[1], sys.argv[2], timeout_s=5) as mongo:
        await mongo.transaction(stop_half_way)

asyncio.run(main())
"""


class Interrupted(Exception):
    """Something came up half way."""


async def raise_both(inside: Mongo) -> None:
    """Read one, wait for whoever else does, and write both."""
    found = await inside["pots"].find_one({"_id": "left"}) or {}
    await asyncio.sleep(0.01)
    for id in ("left", "right"):
        await inside["pots"].update({"_id": id}, {"$set": {"count": found["count"] + 1}})


async def counts(mongo: Mongo) -> list[int]:
    """What is in them."""
    return [pot["count"] for pot in await mongo["pots"].find({}, sort=[("_id", 1)], limit=9)]


@pytest.fixture(autouse=True)
async def pots(mongo: Mongo) -> None:
    """Two, with nothing in them."""
    for id in ("left", "right"):
        await mongo["pots"].insert({"_id": id, "count": 0})


async def test_all_that_was_written_inside_stands(mongo: Mongo) -> None:
    await mongo.transaction(raise_both)

    assert await counts(mongo) == [1, 1]


async def test_what_it_answers_is_handed_on(mongo: Mongo) -> None:
    async def look(inside: Mongo) -> int:
        return await inside["pots"].count({}, limit=9)

    assert await mongo.transaction(look) == 2


async def test_nobody_sees_the_half_of_it(mongo: Mongo) -> None:
    seen = []

    async def look_in_between(inside: Mongo) -> None:
        await inside["pots"].update({"_id": "left"}, {"$set": {"count": 1}})
        seen.extend([await counts(inside), await counts(mongo)])

    await mongo.transaction(look_in_between)

    assert seen == [[1, 0], [0, 0]]


@pytest.mark.parametrize("verb", ["update", "update_all", "insert", "delete", "delete_all"])
async def test_whatever_was_written_is_taken_back_when_it_fails(mongo: Mongo, verb: str) -> None:
    changes = {"update": ({"_id": "left"}, {"$inc": {"count": 1}}), "update_all": ({}, {"$inc": {"count": 1}})}
    others = {"insert": ({"_id": "third", "count": 0},), "delete": ({"_id": "left"},), "delete_all": ({},)}

    async def fail(inside: Mongo) -> None:
        await getattr(inside["pots"], verb)(*(changes | others)[verb])
        raise Interrupted

    with pytest.raises(Interrupted):
        await mongo.transaction(fail)
    assert await counts(mongo) == [0, 0]


async def test_a_duplicate_takes_everything_back(mongo: Mongo) -> None:
    async def make_a_second_one(inside: Mongo) -> None:
        await inside["pots"].update({"_id": "right"}, {"$set": {"count": 1}})
        await inside["pots"].insert({"_id": "left", "count": 1})

    with pytest.raises(Duplicate):
        await mongo.transaction(make_a_second_one)
    assert await counts(mongo) == [0, 0]


async def test_those_that_meet_are_done_one_after_the_other(mongo: Mongo) -> None:
    await asyncio.gather(*(mongo.transaction(raise_both) for _ in range(6)))

    assert await counts(mongo) == [6, 6]


async def test_a_write_from_outside_is_never_overwritten(mongo: Mongo) -> None:
    tries: list[int] = []

    async def meet_somebody(inside: Mongo) -> None:
        found = await inside["pots"].find_one({"_id": "left"}) or {}
        if not tries:
            await mongo["pots"].update({"_id": "left"}, {"$set": {"count": 10}})
        tries.append(found["count"])
        await inside["pots"].update({"_id": "left"}, {"$set": {"count": found["count"] + 1}})

    await mongo.transaction(meet_somebody)

    assert tries == [0, 10]
    assert await counts(mongo) == [11, 0]


async def test_whoever_is_cut_off_waits_for_the_end(mongo: Mongo) -> None:
    half_way = asyncio.Event()

    async def go_on(inside: Mongo) -> None:
        await inside["pots"].update({"_id": "left"}, {"$set": {"count": 1}})
        half_way.set()
        await asyncio.sleep(0.05)
        await inside["pots"].update({"_id": "right"}, {"$set": {"count": 1}})

    doing = asyncio.create_task(mongo.transaction(go_on))
    await half_way.wait()

    doing.cancel()
    (end,) = await asyncio.gather(doing, return_exceptions=True)

    assert isinstance(end, asyncio.CancelledError)
    assert await counts(mongo) == [1, 1]


async def test_whoever_is_killed_half_way_leaves_nothing(mongo: Mongo, settings: Settings) -> None:
    where = settings.mongodb_url.reveal(), settings.mongodb_database
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HALF_WAY, *where, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout and await process.stdout.readline() == b"half way\n"

    process.kill()
    await process.wait()
    seen = await counts(mongo)

    # It holds what it wrote until the database ends it, which takes a minute where nobody says so.
    with MongoClient[Document](where[0]) as client:
        client.admin.command("killAllSessions", [])
    assert seen == await counts(mongo) == [0, 0]
