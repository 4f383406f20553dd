"""The worker with its real bell: arq over a real Redis."""

import asyncio
import dataclasses
import time
from pathlib import Path

import pytest
from arq.connections import ArqRedis

from hub.bell import START, new_pool
from hub.settings import Secret, Settings
from hub.work.worker import Worker, working
from tests.hub.work.chores import Done, add, chore, hub_with
from tests.hubs import Hub
from tests.own_redis import own_redis


def worker_of(hub: Hub) -> Worker:
    """A worker for all kinds that the hub knows."""
    return Worker(hub.deps, hub.app.state.house.kinds, hub.deps.settings.redis_url.reveal())


async def until(claim: object, within_s: float = 30) -> None:
    """Wait until the claim, a function without arguments, is true."""
    async with asyncio.timeout(within_s):
        while not claim():  # type: ignore[operator]
            await asyncio.sleep(0.02)


@pytest.fixture
def quick(settings: Settings, tmp_path: Path) -> Settings:
    """Sweeps every second."""
    return dataclasses.replace(settings, work_sweep_s=1)


async def test_a_ring_starts_the_work(settings: Settings) -> None:
    done, settings = Done(), dataclasses.replace(settings, work_sweep_s=30)
    kind = chore(done.note)
    async with hub_with(settings, kind) as hub, working(worker_of(hub)) as worker:
        await until(lambda: worker.bell_works)
        await add(hub, "one")

        await hub.deps.bell.ring(kind.name, "one")

        assert await done.wait_for(1) == ["one"]


async def test_a_lost_ring_is_found_by_a_sweep(quick: Settings) -> None:
    done = Done()
    async with hub_with(quick, chore(done.note)) as hub, working(worker_of(hub)):
        await add(hub, "one")

        assert await done.wait_for(1) == ["one"]


async def test_ringing_five_times_does_the_work_once(settings: Settings) -> None:
    done = Done()
    kind = chore(done.note)
    async with hub_with(settings, kind) as hub, working(worker_of(hub)), working(worker_of(hub)):
        await add(hub, "one")
        await add(hub, "two")

        for id in ("one",) * 5 + ("two",):
            await hub.deps.bell.ring(kind.name, id)
        await done.wait_for(2)
        await asyncio.sleep(0.2)

        assert sorted(done.ids) == ["one", "two"]


async def test_rubbish_in_the_queue_stops_nobody(settings: Settings) -> None:
    done = Done()
    kind = chore(done.note)
    async with hub_with(settings, kind) as hub, working(worker_of(hub)) as worker:
        await until(lambda: worker.bell_works)
        await add(hub, "one")

        async with new_pool(settings.redis_url.reveal(), hub.deps.bell.queue) as pool:
            await poison(pool)
        await hub.deps.bell.ring(kind.name, "one")

        assert await done.wait_for(1) == ["one"]


async def poison(pool: ArqRedis) -> None:
    """Jobs of every bad kind: no body, a pickle, JSON of another shape, an unknown function, kind or count of words."""
    for name, body in {"pickle": b"\x80\x04K\x01.", "list": b"[1, 2]", "shape": b'{"f": 1}'}.items():
        await pool.set(f"arq:job:{name}", body)
    await pool.zadd(pool.default_queue_name, {"missing": 1, "pickle": 1, "list": 1, "shape": 1})
    await pool.enqueue_job("no_such_function", "x")
    await pool.enqueue_job(START, "no such kind", "x")
    await pool.enqueue_job(START, "too few words")


async def test_a_pickle_from_redis_is_never_opened(settings: Settings, tmp_path: Path) -> None:
    mark = tmp_path / "pickle-was-opened"
    evil = b"cposix\nsystem\n(S'touch " + str(mark).encode() + b"'\ntR."
    async with hub_with(settings, chore(Done().note)) as hub, working(worker_of(hub)) as worker:
        await until(lambda: worker.bell_works)

        async with new_pool(settings.redis_url.reveal(), hub.deps.bell.queue) as pool:
            await pool.set("arq:job:evil", evil)
            await pool.zadd(pool.default_queue_name, {"evil": 1})
            async with asyncio.timeout(30):
                while await pool.zscore(pool.default_queue_name, "evil"):
                    await asyncio.sleep(0.02)

        assert not mark.exists()


async def test_work_goes_on_without_redis_and_the_bell_comes_back_with_it(quick: Settings, tmp_path: Path) -> None:
    done = Done()
    kind = chore(done.note)
    with own_redis(tmp_path) as redis:
        await redis.start()
        quick = dataclasses.replace(quick, redis_url=Secret(redis.url))
        async with hub_with(quick, kind) as hub, working(worker_of(hub)) as worker:
            await until(lambda: worker.bell_works)
            redis.kill()
            await until(lambda: not worker.bell_works)
            await add(hub, "while away")
            await done.wait_for(1)

            await redis.start()
            await until(lambda: worker.bell_works)

            assert done.ids == ["while away"]


async def test_a_ring_without_redis_neither_fails_nor_waits(settings: Settings, tmp_path: Path) -> None:
    kind = chore(Done().note)
    with own_redis(tmp_path) as nobody:
        settings = dataclasses.replace(settings, redis_url=Secret(nobody.url))
        async with hub_with(settings, kind) as hub:
            started_s = time.monotonic()

            for _ in range(1000):
                await hub.deps.bell.ring(kind.name, "one")

            assert time.monotonic() - started_s < 5


async def test_what_runs_is_finished_before_the_worker_ends(settings: Settings) -> None:
    finished: list[str] = []

    async def slow(deps: object, document: dict[str, object], lease: object) -> None:
        await asyncio.sleep(0.3)
        finished.append(str(document["_id"]))

    kind = chore(slow)
    async with hub_with(settings, kind) as hub:
        async with working(worker_of(hub)) as worker:
            await add(hub, "one")
            await worker.desks["chore"].offer("one")

        assert finished == ["one"]
