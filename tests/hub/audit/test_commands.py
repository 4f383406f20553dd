"""`python -m hub audit verify`"""

import argparse
import json
from collections.abc import AsyncIterator

import pytest

from hub.audit.commands import line, noted_head
from hub.audit.repository import AUDIT
from hub.audit.verify import Noted, State, Verdict
from hub.settings import Settings
from tests.hub.audit.logs import OURS, THEIRS, behind_its_back, head_of, opened, write_many
from tests.hubs import Hub
from tests.processes import Result, command

HASH = "5c0ffee0" * 8


@pytest.fixture
async def hub(settings: Settings) -> AsyncIterator[Hub]:
    """With two logs."""
    async with opened(settings) as hub:
        await write_many(hub.deps, 3)
        await write_many(hub.deps, 2, THEIRS)
        yield hub


async def verify(settings: Settings, *argv: str) -> Result:
    """The command, on the test's database."""
    return await command(
        *("audit", "verify", *argv),
        PARLEY_MONGODB_URL=settings.mongodb_url.reveal(),
        PARLEY_REDIS_URL=settings.redis_url.reveal(),
        PARLEY_MONGODB_DATABASE=settings.mongodb_database,
        PARLEY_MASTER_KEY=settings.master_key.reveal(),
    )


def verdict(state: State, *, entries: int, erased: int = 0, problem: str = "") -> Verdict:
    """What a walk may say."""
    return Verdict(account=OURS, state=state, entries=entries, head="7:5c0f", erased=erased, problem=problem)


@pytest.mark.slow
async def test_every_log_has_a_line_and_what_is_unbroken_is_no_failure(hub: Hub, settings: Settings) -> None:
    result = await verify(settings)

    ours, theirs = (await head_of(hub.deps))["hash"].hex(), (await head_of(hub.deps, THEIRS))["hash"].hex()
    assert result.out.splitlines() == [
        f"{OURS}  3 entries, unbroken, head 3:{ours}",
        f"{THEIRS}  2 entries, unbroken, head 2:{theirs}",
    ]
    assert result.code == 0


@pytest.mark.slow
async def test_one_broken_log_is_a_failure(hub: Hub, settings: Settings) -> None:
    with behind_its_back(settings) as database:
        database[AUDIT].update_one({"account": THEIRS, "seq": 2}, {"$set": {"action": "door.burn"}})

    every, ours = await verify(settings, "--json"), await verify(settings, OURS)

    found = [(each["account"], each["state"], each["problem"]) for each in json.loads(every.out)]
    assert found == [(OURS, "unbroken", ""), (THEIRS, "broken", "entry 2 was changed")]
    assert (every.code, ours.code) == (1, 0)


@pytest.mark.slow
async def test_head_that_was_noted_must_still_be_there(hub: Hub, settings: Settings) -> None:
    hash = (await head_of(hub.deps))["hash"].hex()
    await write_many(hub.deps, 1)

    good = await verify(settings, OURS, "--expect", f"3:{hash}")
    other = await verify(settings, OURS, "--expect", f"3:{HASH}")

    assert (good.code, other.code) == (0, 1)
    assert other.out == f"{OURS}  BROKEN behind 2 entries: entry 3 is not the one that was noted\n"


@pytest.mark.slow
async def test_what_was_asked_wrongly_is_told_in_a_line(hub: Hub, settings: Settings) -> None:
    unknown = await verify(settings, "acne")
    whose = await verify(settings, "--expect", f"3:{HASH}")

    assert unknown.err == "Nothing was ever written down for an account acne: check the id.\n"
    assert "ACCOUNT --expect" in whose.err
    assert (unknown.code, whose.code) == (1, 1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (verdict(State.UNBROKEN, entries=1), "acme  1 entry, unbroken, head 7:5c0f"),
        (verdict(State.UNBROKEN, entries=1203), "acme  1,203 entries, unbroken, head 7:5c0f"),
        (verdict(State.BROKEN, entries=16, problem="entry 17 was changed"), "acme  BROKEN behind 16 entries: entry 17"),
        (verdict(State.ERASED, entries=7, erased=7), "acme  7 entries, in order, head 7:5c0f; the keys of all were"),
        (verdict(State.ERASED, entries=7, erased=5), "acme  7 entries, in order, head 7:5c0f; the keys of the first 5"),
    ],
)
def test_a_verdict_is_a_line_in_plain_words(said: Verdict, expected: str) -> None:
    assert line(said).startswith(expected)


@pytest.mark.parametrize("digits", [8, 64])
def test_head_may_be_noted_by_the_beginning_of_its_hash(digits: int) -> None:
    assert noted_head(f"1203:{HASH[:digits].upper()}") == Noted(1203, HASH[:digits])


@pytest.mark.parametrize("text", ["", "1203", f"0:{HASH}", f"-1:{HASH}", "1203:5c0ffee", f"1203:{HASH}0", f"x:{HASH}"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="a head looks like"):
        noted_head(text)
