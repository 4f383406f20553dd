"""Whatever somebody does to the entries who can write to the main database, and has no keys, is found and named."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from bson.binary import Binary
from pymongo.database import Database

from hub.audit.repository import AUDIT, SPAN
from hub.audit.verify import State, verify
from hub.store.mongo import Document
from hub.store.sealed import SUBTYPE
from tests.hub.audit.logs import LENGTH, OURS, THEIRS, entries_of, problem_of, write
from tests.hubs import Hub

TAMPERED = 3
# What stands in an entry: the generator below goes over all of it, and this says that it does.
FIELDS = {
    *("_id", "account", "seq", "at", "actor.kind", "actor.id", "action", "target.door", "targets"),
    *("status", "request", "detail", "previous", "hash"),
}


def fields_of(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field with its value, however deep."""
    for name, inner in value.items():
        inside = fields_of(inner, f"{path}{name}.") if isinstance(inner, Mapping) else [(f"{path}{name}", inner)]
        yield from inside


def others(value: Any) -> list[Any]:
    """Values that it does not have: another of its type, the same in another type, nothing."""
    if isinstance(value, str):
        return [f"{value}x", "", value.encode(), {"is": value}, None]
    if isinstance(value, datetime):
        return [value + timedelta(milliseconds=1), value.isoformat(), value.timestamp(), None]
    if isinstance(value, Binary):
        return [bytes(value), Binary(value, SUBTYPE + 1), *others(bytes(value))]
    if isinstance(value, bytes):
        return [bytes([value[0] ^ 1]) + value[1:], value[:-1], b"", value[:1], value.hex(), None]
    if isinstance(value, int):
        return [value + 1000, float(value), str(value), None]
    return [[*value, "x"], [], None]


def changed(entry: Document, path: str, value: Any) -> Document:
    """The entry with another value at the end of the path."""
    name, _, rest = path.partition(".")
    return {**entry, name: changed(entry[name], rest, value) if rest else value}


def without(entry: Document, path: str) -> Document:
    """The entry without the field."""
    name, _, rest = path.partition(".")
    if rest:
        return {**entry, name: without(entry[name], rest)}
    return {field: value for field, value in entry.items() if field != name}


def tamperings(entry: Document) -> Iterator[tuple[str, Document]]:
    """The entry with each field changed in each way, or gone, and with one more."""
    for path, value in fields_of(entry):
        yield from ((f"{path} → {other!r}", changed(entry, path, other)) for other in others(value))
    yield from ((f"no {path}", without(entry, path)) for path, _ in fields_of(entry) if path != "_id")
    yield "one more", {**entry, "note": "x"}
    yield "one more in the target", {**entry, "target": {**entry["target"], "key": "k"}}


def replace(main: Database[Document], old: Document, new: Document) -> None:
    """Put one entry in the place of another, whatever its id."""
    main[AUDIT].delete_one({"_id": old["_id"]})
    main[AUDIT].insert_one(new)


async def test_every_field_of_an_entry_is_checked(hub: Hub, main: Database[Document]) -> None:
    entry = (await entries_of(hub.deps))[TAMPERED - 1]
    found = {}
    for name, tampered in tamperings(entry):
        replace(main, entry, tampered)
        found[name] = await problem_of(hub)
        replace(main, tampered, entry)

    assert {path for path, _ in fields_of(entry)} == FIELDS
    assert [name for name, problem in found.items() if f"{TAMPERED}" not in problem] == []
    assert found["action → 'door.openx'"] == "entry 3 was changed"
    assert await problem_of(hub) == ""


async def test_sealed_part_of_another_entry_is_found(hub: Hub, main: Database[Document]) -> None:
    first = (await entries_of(hub.deps))[0]
    await write(hub.deps, after="something else")

    main[AUDIT].update_one({"account": OURS, "seq": 6}, {"$set": {"detail": first["detail"]}})

    assert await problem_of(hub) == "entry 6 was changed"


async def test_damaged_sealed_part_is_found(hub: Hub, main: Database[Document]) -> None:
    theirs = (await entries_of(hub.deps, THEIRS))[0]

    main[AUDIT].update_one({"account": OURS, "seq": 3}, {"$set": {"detail": theirs["detail"]}})

    assert await problem_of(hub) == "the sealed part of entry 3 does not open"


@pytest.mark.parametrize(
    ("seqs", "problem"),
    [
        ([1], "entry 1 is missing"),
        ([3], "entry 3 is missing"),
        ([2, 3, 4], "entries 2 to 4 are missing"),
        ([5], "the log ends at 4, and was at 5: its end was cut off"),
        ([3, 4, 5], "the log ends at 2, and was at 5: its end was cut off"),
        ([1, 2, 3, 4, 5], "the log ends at 0, and was at 5: its end was cut off"),
    ],
)
async def test_missing_entries_are_named(hub: Hub, main: Database[Document], seqs: list[int], problem: str) -> None:
    main[AUDIT].delete_many({"account": OURS, "seq": {"$in": seqs}})

    assert await problem_of(hub) == problem


async def test_end_that_was_cut_off_shows_when_the_log_has_gone_on(hub: Hub, main: Database[Document]) -> None:
    main[AUDIT].delete_many({"account": OURS, "seq": {"$gte": 4}})

    await write(hub.deps)

    assert await problem_of(hub) == "entries 4 to 5 are missing"


async def test_two_entries_that_changed_places_are_found(hub: Hub, main: Database[Document]) -> None:
    second, third = (await entries_of(hub.deps))[1:3]
    main[AUDIT].delete_many({"_id": {"$in": [second["_id"], third["_id"]]}})

    main[AUDIT].insert_many([{**second, "seq": 3}, {**third, "seq": 2}])

    assert await problem_of(hub) == "entry 2 was changed"


async def test_two_entries_that_changed_places_with_their_links_are_found(hub: Hub, main: Database[Document]) -> None:
    second, third = (await entries_of(hub.deps))[1:3]
    main[AUDIT].delete_many({"_id": {"$in": [second["_id"], third["_id"]]}})

    main[AUDIT].insert_many(
        [
            {**third, "seq": 2, "previous": second["previous"], "hash": second["hash"]},
            {**second, "seq": 3, "previous": third["previous"], "hash": third["hash"]},
        ]
    )

    assert await problem_of(hub) == "entry 2 was changed"


def forged(last: Document) -> Mapping[str, Document]:
    """What somebody without keys can put behind the last entry: each links well, and has a hash that looks well."""
    link = {"_id": "forged", "seq": LENGTH + 1, "previous": last["hash"]}
    hash = hashlib.sha256(str({**last, **link}).encode()).digest()
    return {
        "of nothing": {**link, "account": OURS, "hash": hash},
        "of what stands there": {**last, **link, "hash": hash},
        "with a hash that is known": {**last, **link},
        "far behind": {**last, **link, "seq": 10 * SPAN},
        "before the first": {**last, **link, "seq": 0},
        "between two": {**last, **link, "seq": 2.5},
        "beside all numbers": {**last, **link, "seq": "6"},
        "without a number": {**without(last, "seq"), "_id": "forged"},
    }


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("of nothing", "entry 6 was not written by Parley"),
        ("of what stands there", "entry 6 was not written by Parley"),
        ("with a hash that is known", "entry 6 was not written by Parley"),
        ("far behind", f"entries 6 to {10 * SPAN - 1} are missing"),
        ("before the first", "there is an entry with the number 0, which none can have"),
        ("between two", "there is an entry with the number 2.5, which none can have"),
        ("beside all numbers", "there is an entry with the number '6', which none can have"),
        ("without a number", "there is an entry with the number None, which none can have"),
    ],
)
async def test_forged_entry_is_found(hub: Hub, main: Database[Document], name: str, problem: str) -> None:
    last = (await entries_of(hub.deps))[-1]

    main[AUDIT].insert_one(forged(last)[name])

    verdict = await verify(hub.deps, OURS)
    assert (verdict.state, verdict.problem) == (State.BROKEN, problem)


async def test_entry_of_another_account_is_found(hub: Hub, main: Database[Document]) -> None:
    ours, theirs = (await entries_of(hub.deps))[-1], (await entries_of(hub.deps, THEIRS))[1]

    main[AUDIT].update_one({"_id": theirs["_id"]}, {"$set": {"account": OURS, "seq": 6, "previous": ours["hash"]}})

    assert await problem_of(hub) == "the sealed part of entry 6 does not open"
    assert await problem_of(hub, THEIRS) == "the log ends at 1, and was at 2: its end was cut off"


async def test_log_for_which_there_never_were_keys_is_found(hub: Hub, main: Database[Document]) -> None:
    main[AUDIT].insert_one({**(await entries_of(hub.deps))[0], "_id": "forged", "account": "nobody"})

    assert await problem_of(hub, "nobody") == "entry 1 was not written by Parley"
    assert not await hub.deps.sealer.has_keys("nobody")
