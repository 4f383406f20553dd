"""What the doctor finds: each check when all is well, when there is something to know, and when something fails."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pymongo import IndexModel

from hub.clock import Clock
from hub.deps import Deps, open_deps
from hub.doctor import machine, outside, servers
from hub.doctor.checks import CHECKS, guarded
from hub.doctor.models import Finding, State
from hub.egress import Egress
from hub.operations import repository
from hub.rooms import HOUSE
from hub.settings import Secret, Settings
from hub.store.embedded import free_port
from hub.store.mongo import KEYS
from hub.store.sealed import MasterKeys, Sealer, new_master_key
from tests.clock import VirtualClock
from tests.fakes.certificates import self_signed, serving, trusting
from tests.fakes.loopback import Loopback, answer, listening, says
from tests.fakes.resolver import ScriptedResolver
from tests.own_redis import own_redis

HOST = "parley.test"
HERE = ("127.0.0.0/8",)


@asynccontextmanager
async def opened(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Deps]:
    """As `python -m hub doctor` opens it, with nothing running beside it."""
    async with open_deps(HOUSE.wants(settings, clock=clock), report=lambda text: None) as deps:
        yield deps
        await deps.mongo.drop()


@pytest.fixture
async def deps(settings: Settings) -> AsyncIterator[Deps]:
    async with opened(settings) as deps:
        yield deps


def with_settings(deps: Deps, **changed: Any) -> Deps:
    return replace(deps, settings=replace(deps.settings, **changed))


async def run(deps: Deps, kind: str) -> None:
    """As if such a process ran."""
    await repository.note_process(deps.mongo, kind, {"kind": kind}, deps.clock.now())


def says_live(installation: str) -> bytes:
    return answer(msgspec.json.encode({"alive": True, "version": "1", "installation": installation}))


def of_loopback(deps: Deps, server: Loopback) -> Deps:
    return with_settings(deps, public_url=f"http://127.0.0.1:{server.port}")


def is_told(finding: Finding, state: State, words: str) -> bool:
    """Whatever is not well comes with what to do."""
    has_mend = bool(finding.mend) == (state is not State.OK)
    return finding.state is state and words in finding.detail and has_mend


# This machine


def test_folder_that_can_be_used_is_well(tmp_path: Path) -> None:
    assert is_told(machine.data_folder(Settings(data=tmp_path)), State.OK, str(tmp_path))


def test_folder_that_cannot_be_used_fails(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()

    assert is_told(machine.data_folder(Settings(data=tmp_path / "a-file" / "data")), State.FAIL, "Not a directory")


# The servers


async def test_embedded_database_is_worth_a_note(deps: Deps) -> None:
    embedded = replace(deps, servers=replace(deps.servers, is_embedded=True))

    assert is_told(await servers.database(embedded), State.NOTE, "embedded")


async def test_database_of_ones_own_is_well(deps: Deps) -> None:
    assert is_told(await servers.database(deps), State.OK, "a replica set")


async def test_acknowledged_write_is_well_and_leaves_nothing(deps: Deps) -> None:
    assert is_told(await servers.writes(deps), State.OK, "majority")
    assert await deps.mongo["doctor"].count({}, limit=1) == 0


async def test_indexes_after_a_start_are_well(deps: Deps) -> None:
    assert is_told(await servers.indexes(deps), State.OK, "as declared")


async def test_drifted_indexes_fail_by_name(deps: Deps) -> None:
    await deps.mongo[KEYS].drop_index("account_1_version_1")
    await deps.mongo[KEYS].create_index(IndexModel([("made_at", 1)]))

    found = await servers.indexes(deps)

    assert is_told(found, State.FAIL, "keys.account_1_version_1 is missing")
    assert is_told(found, State.FAIL, "keys.made_at_1 is not declared")


async def test_master_key_of_the_settings_is_well(deps: Deps) -> None:
    await deps.sealer.keyring("acme")

    assert is_told(await servers.master_key(deps), State.OK, "opens every data key")


async def test_master_key_in_the_folder_is_worth_a_copy(deps: Deps) -> None:
    found = await servers.master_key(with_settings(deps, master_key=Secret()))

    assert is_told(found, State.NOTE, "master.key")
    assert "Keep a copy" in found.mend


async def test_wrong_master_key_fails(deps: Deps) -> None:
    await deps.sealer.keyring("acme")
    other = Sealer(deps.mongo[KEYS], MasterKeys(Secret(new_master_key()), Secret()), deps.clock)

    found = await guarded(servers.master_key, replace(deps, sealer=other))

    assert is_told(found, State.FAIL, "another master key")
    assert found.name == "master key"


async def test_redis_that_answers_is_well(deps: Deps) -> None:
    assert is_told(await servers.redis(deps), State.OK, "answers")


async def test_redis_that_is_away_fails(settings: Settings) -> None:
    nowhere = Secret(f"redis://127.0.0.1:{free_port()}/0")
    async with opened(replace(settings, redis_url=nowhere)) as deps:
        assert is_told(await servers.redis(deps), State.FAIL, "does not answer")
        assert is_told(await guarded(servers.clocks, deps), State.FAIL, "Redis is away")


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [("appendonly", "no", "forgets at a restart"), ("maxmemory-policy", "allkeys-lru", "may throw keys away")],
)
async def test_redis_that_forgets_is_worth_a_note(
    settings: Settings, tmp_path: Path, setting: str, value: str, words: str
) -> None:
    with own_redis(tmp_path) as redis:
        await redis.start()
        async with opened(replace(settings, redis_url=Secret(redis.url))) as deps:
            await deps.redis.client.config_set("appendonly", "yes")
            await deps.redis.client.config_set(setting, value)

            assert is_told(await servers.redis(deps), State.NOTE, words)


async def test_clocks_that_agree_are_well(deps: Deps) -> None:
    assert is_told(await servers.clocks(deps), State.OK, "agree")


async def test_clock_of_a_machine_that_is_off_fails(settings: Settings) -> None:
    async with opened(settings, VirtualClock()) as deps:
        found = await servers.clocks(deps)

    assert is_told(found, State.FAIL, "from the database by")
    assert is_told(found, State.FAIL, "and Redis by")


@pytest.mark.parametrize(
    ("running", "state", "words"),
    [
        ([], State.NOTE, "none is running"),
        (["web"], State.FAIL, "1 web, 0 worker: nothing is sent"),
        (["worker"], State.FAIL, "0 web, 1 worker: nothing is received"),
        (["web", "worker"], State.OK, "1 web, 1 worker"),
    ],
)
async def test_processes_that_run_are_counted(deps: Deps, running: list[str], state: State, words: str) -> None:
    for kind in running:
        await run(deps, kind)

    assert is_told(await servers.processes(deps), state, words)


async def test_no_buried_work_is_well(deps: Deps) -> None:
    assert is_told(await servers.buried(deps), State.OK, "nothing was given up")


async def test_buried_work_fails_by_its_kind(deps: Deps) -> None:
    grave = {"at": deps.clock.now(), "reason": "x", "attempts": 8}
    await deps.mongo[KEYS].insert({"_id": "acme.2", "account": "acme", "version": 2, "buried": grave})

    assert is_told(await servers.buried(deps), State.FAIL, "{'keys.reseal': 1}")


# Outside


async def test_loopback_url_of_a_hub_that_does_not_run_is_worth_a_note(deps: Deps) -> None:
    assert is_told(await outside.public_url(deps), State.NOTE, "the hub is not running")


async def test_loopback_url_that_leads_here_is_worth_a_note(deps: Deps) -> None:
    await run(deps, "web")
    async with listening(says(says_live(deps.installation))) as server:
        found = await outside.public_url(of_loopback(deps, server))

    assert is_told(found, State.NOTE, "from this machine alone")


@pytest.mark.parametrize(
    "said",
    [
        says_live("another"),
        answer(b"<html>Welcome to nginx!</html>"),
        answer(b'["a", "list"]'),
        answer(b"[" * 100_000),
        answer(b"no", status="404 Not Found"),
    ],
    ids=["another hub", "a page", "a list", "an attack", "not found"],
)
async def test_something_else_at_the_url_fails(deps: Deps, said: bytes) -> None:
    await run(deps, "web")
    async with listening(says(said)) as server:
        found = await outside.public_url(of_loopback(deps, server))

    assert is_told(found, State.FAIL, "something else answers")


async def test_nothing_at_the_url_fails(deps: Deps) -> None:
    await run(deps, "web")

    found = await outside.public_url(with_settings(deps, public_url=f"http://localhost:{free_port()}"))

    assert is_told(found, State.FAIL, "does not answer")


async def test_public_url_without_encryption_fails(deps: Deps) -> None:
    found = await outside.public_url(with_settings(deps, public_url="http://parley.example.com"))

    assert is_told(found, State.FAIL, "is not https")


async def test_public_url_that_leads_to_a_private_address_fails(deps: Deps) -> None:
    found = await outside.public_url(with_settings(deps, public_url="https://10.0.0.1"))

    assert is_told(found, State.FAIL, "https://10.0.0.1")
    assert "reachable from the internet" in found.mend


async def test_public_url_that_leads_here_is_well(deps: Deps, tmp_path: Path) -> None:
    pem = self_signed(HOST, tmp_path)
    out = Egress.open(allow=HERE, tls=trusting(pem), resolver=ScriptedResolver(["127.0.0.1"]))
    async with listening(says(says_live(deps.installation)), tls=serving(pem)) as server, out as egress:
        here = with_settings(deps, public_url=f"https://{HOST}:{server.port}")

        found = await outside.public_url(replace(here, egress=egress))

    assert is_told(found, State.OK, "leads here")


async def test_operator_token_that_is_set_is_well(deps: Deps) -> None:
    assert is_told(await outside.operator_token(deps), State.OK, "set")


async def test_operator_token_that_is_not_set_is_worth_a_note(deps: Deps) -> None:
    found = await outside.operator_token(with_settings(deps, operator_token=Secret()))

    assert is_told(found, State.NOTE, "401")


async def test_every_check_names_itself_and_none_twice(deps: Deps) -> None:
    names = [(await guarded(check, deps)).name for check in CHECKS]

    assert len(set(names)) == len(CHECKS)
