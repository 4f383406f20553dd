"""Indexes: made at the start by whoever comes first, and every drift told."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from pymongo import IndexModel

from hub.rooms import HOUSE
from hub.store.indexes import Index, drift, ensure, stored_in
from hub.store.mongo import Duplicate, Mongo
from tests.hubs import Hub

KEY = Index("notes", (("account", 1), ("key", 1)), unique=True)
DUE = Index("notes", (("due_at", 1),), sparse=True)
OLD = Index("logs", (("at", 1),), expire_after=timedelta(days=30))
ALL = (KEY, DUE, OLD)


async def test_declared_indexes_stand_after_the_start(mongo: Mongo) -> None:
    await ensure(mongo, ALL)

    assert set(await stored_in(mongo["notes"])) == {"account_1_key_1", "due_at_1"}
    assert set(await stored_in(mongo["logs"])) == {"at_1"}


async def test_second_start_changes_nothing(mongo: Mongo) -> None:
    await ensure(mongo, ALL)

    await ensure(mongo, ALL)

    assert await drift(mongo, ALL) == []


async def test_processes_that_start_at_once_do_not_disturb_each_other(mongo: Mongo) -> None:
    await asyncio.gather(*(ensure(mongo, ALL) for _ in range(4)))

    assert await drift(mongo, ALL) == []


async def test_unique_index_refuses_a_second(mongo: Mongo) -> None:
    await ensure(mongo, [KEY])
    await mongo["notes"].insert({"_id": "1", "account": "a", "key": "k"})

    with pytest.raises(Duplicate):
        await mongo["notes"].insert({"_id": "2", "account": "a", "key": "k"})


@pytest.mark.parametrize("age", [timedelta(days=30), timedelta(0)])
async def test_age_after_which_documents_go_is_stored(mongo: Mongo, age: timedelta) -> None:
    await ensure(mongo, [replace(OLD, expire_after=age)])

    assert (await stored_in(mongo["logs"]))["at_1"]["expireAfterSeconds"] == age.total_seconds()
    assert await drift(mongo, [replace(OLD, expire_after=age)]) == []


async def test_what_differs_is_left_as_it_is(mongo: Mongo) -> None:
    await ensure(mongo, [replace(DUE, sparse=False)])

    await ensure(mongo, [DUE])

    assert "sparse" not in (await stored_in(mongo["notes"]))["due_at_1"]


# Drift


async def test_missing_index_is_told(mongo: Mongo) -> None:
    await ensure(mongo, [KEY])

    assert await drift(mongo, [KEY, DUE]) == ["notes.due_at_1 is missing"]


async def test_index_that_nobody_declares_is_told(mongo: Mongo) -> None:
    await ensure(mongo, [KEY, DUE])

    assert await drift(mongo, [KEY]) == ["notes.due_at_1 is not declared by anybody"]


@pytest.mark.parametrize(
    "declared",
    [
        replace(KEY, unique=False),
        replace(KEY, sparse=True),
        replace(KEY, expire_after=timedelta(days=1)),
    ],
    ids=["no longer unique", "sparse now", "expiring now"],
)
async def test_index_that_stands_otherwise_is_told(mongo: Mongo, declared: Index) -> None:
    await ensure(mongo, [KEY])

    assert await drift(mongo, [declared]) == ["notes.account_1_key_1 differs from its declaration"]


@pytest.mark.parametrize("age", [timedelta(days=60), timedelta(0), None], ids=["later", "at its time", "never"])
async def test_index_that_removes_documents_at_another_age_is_told(mongo: Mongo, age: timedelta | None) -> None:
    await ensure(mongo, [OLD])

    assert await drift(mongo, [replace(OLD, expire_after=age)]) == ["logs.at_1 differs from its declaration"]


async def test_index_over_some_of_the_documents_is_told(mongo: Mongo) -> None:
    partial = IndexModel([("due_at", 1)], name="due_at_1", sparse=False, partialFilterExpression={"kind": "x"})
    await mongo["notes"].create_index(partial)

    assert await drift(mongo, [replace(DUE, sparse=False)]) == ["notes.due_at_1 differs from its declaration"]


async def test_same_fields_in_another_order_are_another_index(mongo: Mongo) -> None:
    await mongo["notes"].create_index(IndexModel([("key", 1), ("account", 1)], name=KEY.name, unique=True))

    assert await drift(mongo, [KEY]) == ["notes.account_1_key_1 differs from its declaration"]


async def test_no_index_of_any_room_drifts_after_the_start(hub: Hub) -> None:
    declared = HOUSE.indexes

    assert await drift(hub.deps.mongo, declared) == []


def test_no_two_rooms_declare_one_index_differently() -> None:
    declared = set(HOUSE.indexes)

    assert len({(index.collection, index.name) for index in declared}) == len(declared)
