"""What Parley does itself breaks no log; heads, erased keys and closed accounts are told as what they are."""

import pytest
from pymongo.database import Database

from hub.accounts import closing
from hub.audit.repository import AUDIT, SPAN
from hub.audit.verify import Noted, State, accounts, verify
from hub.keys.resealing import KINDS as RESEALING
from hub.keys.resealing import PAUSE, rotate
from hub.settings import Settings
from hub.store.mongo import AUDIT_HEADS, KEYS, Document
from hub.store.sealed import version_of
from hub.work.desk import Desk
from hub.work.kinds import Kind
from tests.clock import VirtualClock
from tests.hub.audit.logs import (
    ADDRESS,
    CANARY,
    LENGTH,
    OURS,
    THEIRS,
    entries_of,
    head_of,
    opened,
    problem_of,
    write,
    write_many,
)
from tests.hubs import Hub

# Nothing was done


async def test_log_that_nobody_touched_is_unbroken(hub: Hub) -> None:
    verdict = await verify(hub.deps, OURS)

    head = await head_of(hub.deps)
    assert (verdict.state, verdict.entries, verdict.erased, verdict.problem) == (State.UNBROKEN, LENGTH, 0, "")
    assert verdict.head == f"{LENGTH}:{head['hash'].hex()}"


async def test_every_log_is_known(hub: Hub, main: Database[Document]) -> None:
    main[AUDIT].insert_one({"account": "nobody", "seq": 1})
    await write(hub.deps, "gone")
    main[AUDIT].delete_many({"account": "gone"})

    assert await accounts(hub.deps) == [OURS, "gone", "nobody", THEIRS]


async def test_log_longer_than_one_part_is_walked_to_its_end(settings: Settings, clock: VirtualClock) -> None:
    seen: list[tuple[str, int, int]] = []
    async with opened(settings, clock) as hub:
        await write_many(hub.deps, SPAN + 1)

        verdict = await verify(hub.deps, OURS, progress=lambda *step: seen.append(step))

        assert (verdict.state, verdict.entries) == (State.UNBROKEN, SPAN + 1)
        assert seen[:2] == [(OURS, SPAN, SPAN + 1), (OURS, SPAN + 1, SPAN + 1)]


async def work_at(hub: Hub, clock: VirtualClock, kind: Kind, id: str) -> None:
    """What a worker does a while later, when the bell rings for this piece."""
    await clock.advance(seconds=PAUSE.total_seconds())
    desk = Desk(hub.deps, kind)
    await desk.offer(id)
    await desk.close(timeout_s=10)


async def test_values_that_were_sealed_anew_break_nothing(hub: Hub, clock: VirtualClock) -> None:
    await rotate(hub.deps, OURS)
    for _ in range(2):
        await work_at(hub, clock, RESEALING[0], f"{OURS}.2")
    await write(hub.deps)

    verdict = await verify(hub.deps, OURS)

    assert {version_of(entry["detail"]) for entry in await entries_of(hub.deps)} == {2}
    assert await hub.deps.mongo[KEYS].find_one({"_id": f"{OURS}.1"}) is None
    assert (verdict.state, verdict.entries) == (State.UNBROKEN, LENGTH + 1)


# Somebody reached the heads as well


async def test_end_that_was_cut_off_with_the_head_is_found(
    hub: Hub, main: Database[Document], apart: Database[Document]
) -> None:
    main[AUDIT].delete_many({"account": OURS, "seq": {"$gte": 4}})
    apart[AUDIT_HEADS].delete_one({"_id": OURS})

    assert await problem_of(hub) == "the record of where the log ended is gone"


async def test_head_that_names_another_entry_is_found(hub: Hub, apart: Database[Document]) -> None:
    apart[AUDIT_HEADS].update_one({"_id": OURS}, {"$set": {"hash": b"x" * 32}})

    assert await problem_of(hub) == "entry 5 is not the one with which the log once ended"


async def test_end_that_was_cut_off_with_the_head_set_back_is_found_by_a_head_that_was_noted(
    hub: Hub, main: Database[Document], apart: Database[Document]
) -> None:
    noted = await head_of(hub.deps)
    third = (await entries_of(hub.deps))[2]
    main[AUDIT].delete_many({"account": OURS, "seq": {"$gte": 4}})
    apart[AUDIT_HEADS].update_one({"_id": OURS}, {"$set": {"seq": 3, "hash": third["hash"]}})

    verdict = await verify(hub.deps, OURS, noted=Noted(LENGTH, noted["hash"].hex()))

    assert verdict.problem == "the log ends at 3, and was noted at 5: its end was cut off"


async def test_end_that_was_written_anew_is_found_by_a_head_that_was_noted(
    hub: Hub, main: Database[Document], apart: Database[Document]
) -> None:
    noted = await head_of(hub.deps)
    fourth = (await entries_of(hub.deps))[3]
    main[AUDIT].delete_many({"account": OURS, "seq": {"$gte": 5}})
    apart[AUDIT_HEADS].update_one({"_id": OURS}, {"$set": {"seq": 4, "hash": fourth["hash"]}})
    await write_many(hub.deps, 3)

    verdict = await verify(hub.deps, OURS, noted=Noted(LENGTH, noted["hash"].hex()))

    assert verdict.problem == "entry 5 is not the one that was noted"


@pytest.mark.parametrize("digits", [8, 64])
async def test_head_that_was_noted_is_found_again_when_the_log_has_gone_on(hub: Hub, digits: int) -> None:
    noted = await head_of(hub.deps)
    await write_many(hub.deps, 2)

    verdict = await verify(hub.deps, OURS, noted=Noted(LENGTH, noted["hash"].hex()[:digits]))

    assert verdict.state is State.UNBROKEN


# Keys were erased


async def test_erased_keys_are_told_and_no_new_ones_are_made(hub: Hub) -> None:
    await hub.deps.sealer.erase(OURS)

    verdict = await verify(hub.deps, OURS)

    assert (verdict.state, verdict.entries, verdict.erased) == (State.ERASED, LENGTH, LENGTH)
    assert not await hub.deps.sealer.has_keys(OURS)


async def test_what_is_written_by_new_keys_is_checked_by_them(hub: Hub, main: Database[Document]) -> None:
    await hub.deps.sealer.erase(OURS)
    await write_many(hub.deps, 2)

    before = await verify(hub.deps, OURS)
    main[AUDIT].update_one({"account": OURS, "seq": 7}, {"$set": {"status": 204}})

    assert (before.state, before.entries, before.erased) == (State.ERASED, LENGTH + 2, LENGTH)
    assert await problem_of(hub) == "entry 7 was changed"


async def test_new_keys_with_which_nothing_was_written_are_told_from_the_old_ones(hub: Hub) -> None:
    await hub.deps.sealer.erase(OURS)
    await hub.deps.sealer.keyring(OURS)

    verdict = await verify(hub.deps, OURS)

    assert (verdict.state, verdict.erased) == (State.ERASED, LENGTH)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"seq": 40}, "entry 4 is missing"),
        ({"previous": b"x"}, "entry 4 does not follow from the one before it"),
        ({"hash": b"x"}, "entry 5 does not follow from the one before it"),
        ({"hash": "x"}, "entry 4 does not follow from the one before it"),
    ],
)
async def test_order_is_checked_without_keys_too(
    hub: Hub, main: Database[Document], change: Document, problem: str
) -> None:
    await hub.deps.sealer.erase(OURS)

    main[AUDIT].update_one({"account": OURS, "seq": 4}, {"$set": change})

    assert await problem_of(hub) == problem


async def test_erased_log_takes_no_forged_entry(hub: Hub, main: Database[Document]) -> None:
    last = (await entries_of(hub.deps))[-1]
    await hub.deps.sealer.erase(OURS)

    main[AUDIT].insert_one({**last, "_id": "forged", "seq": LENGTH + 1, "previous": last["hash"]})

    assert await problem_of(hub) == "entry 6 was not written by Parley"


async def test_log_of_a_closed_account_goes_with_its_head(
    hub: Hub, main: Database[Document], clock: VirtualClock
) -> None:
    main["accounts"].insert_one({"_id": OURS, "account": OURS, "closed_at": clock.now(), "due_at": clock.now()})

    await work_at(hub, clock, closing.KINDS[0], OURS)

    assert await accounts(hub.deps) == [THEIRS]


# What stands in the databases


async def test_nothing_personal_stands_in_plain_in_either_database(
    hub: Hub, main: Database[Document], apart: Database[Document]
) -> None:
    stored = [
        str(document)
        for database in (main, apart)
        for name in database.list_collection_names()
        for document in database[name].find()
    ]

    assert any(OURS in text for text in stored)
    assert [text for text in stored if CANARY in text or ADDRESS in text] == []
