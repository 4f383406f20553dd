"""`python -m hub keys …`"""

import json
from datetime import UTC, datetime

import pytest

from hub.settings import Secret, Settings
from hub.store.indexes import ensure
from hub.store.mongo import KEYS, open_mongo
from hub.store.sealed import INDEXES, MasterKeys, Sealer, new_master_key
from tests.clock import VirtualClock
from tests.processes import command


def environ_of(settings: Settings, **more: str) -> dict[str, str]:
    given = {"PARLEY_MONGODB_URL": settings.mongodb_url.reveal(), "PARLEY_REDIS_URL": settings.redis_url.reveal()}
    return {**given, "PARLEY_MONGODB_DATABASE": settings.mongodb_database, **more}


@pytest.mark.slow
async def test_rotate_makes_a_new_key_and_work_for_a_worker(settings: Settings) -> None:
    master = new_master_key()
    environ = environ_of(settings, PARLEY_MASTER_KEY=master)
    async with open_mongo(settings.mongodb_url.reveal(), settings.mongodb_database, timeout_s=5) as mongo:
        await ensure(mongo, INDEXES)
        await Sealer(mongo[KEYS], MasterKeys(Secret(master), Secret()), VirtualClock()).keyring("acme")

        result = await command("keys", "rotate", "acme", "--json", **environ)

        assert json.loads(result.out) == {"account": "acme", "version": 2}
        key = await mongo[KEYS].find_one({"_id": "acme.2"})
        assert key is not None
        assert key["due_at"] > datetime.now(UTC)


@pytest.mark.slow
async def test_an_account_that_does_not_exist_gets_no_keys(settings: Settings) -> None:
    result = await command("keys", "rotate", "acne", **environ_of(settings, PARLEY_MASTER_KEY=new_master_key()))

    assert result.code == 1
    assert result.err == "No account acne has anything sealed: check the id.\n"


@pytest.mark.slow
async def test_rewrap_makes_the_previous_master_key_superfluous(settings: Settings) -> None:
    previous, current = new_master_key(), new_master_key()
    environ = environ_of(settings, PARLEY_MASTER_KEY=current, PARLEY_MASTER_KEY_PREVIOUS=previous)
    async with open_mongo(settings.mongodb_url.reveal(), settings.mongodb_database, timeout_s=5) as mongo:
        await ensure(mongo, INDEXES)
        await Sealer(mongo[KEYS], MasterKeys(Secret(previous), Secret()), VirtualClock()).keyring("acme")

        result = await command("keys", "rewrap", "--json", **environ)

        assert json.loads(result.out) == {"rewrapped": 2}
        await Sealer(mongo[KEYS], MasterKeys(Secret(current), Secret()), VirtualClock()).check()


@pytest.mark.slow
async def test_wrong_master_key_is_told_in_a_line(settings: Settings) -> None:
    async with open_mongo(settings.mongodb_url.reveal(), settings.mongodb_database, timeout_s=5) as mongo:
        await ensure(mongo, INDEXES)
        masters = MasterKeys(Secret(new_master_key()), Secret())
        await Sealer(mongo[KEYS], masters, VirtualClock()).keyring("acme")

    result = await command("keys", "rotate", "acme", **environ_of(settings, PARLEY_MASTER_KEY=new_master_key()))

    assert result.code == 1
    assert result.err.startswith("The data keys of acme were wrapped by another master key")
    assert "Traceback" not in result.err
