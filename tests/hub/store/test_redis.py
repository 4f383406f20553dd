"""The wire: what its absence looks like, and the fuse that keeps it cheap."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from hub.settings import Settings
from hub.store.redis import RedisAway, Wire, open_redis
from tests.own_redis import OwnRedis, own_redis


@pytest.fixture
async def wire(settings: Settings) -> AsyncIterator[Wire]:
    async with open_redis(settings.redis_url.reveal()) as wire:
        yield wire


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[OwnRedis]:
    """A Redis of our own, not started yet."""
    with own_redis(tmp_path) as redis:
        yield redis


async def refuse(wire: Wire) -> float:
    """How long it took to say that Redis is away."""
    began_s = time.monotonic()
    with pytest.raises(RedisAway):
        await wire.ping()
    return time.monotonic() - began_s


async def test_redis_that_answers_is_there(wire: Wire) -> None:
    await wire.ping()


async def test_redis_that_is_not_there_is_away(redis: OwnRedis) -> None:
    async with open_redis(redis.url) as wire:
        with pytest.raises(RedisAway):
            await wire.ping()


async def test_name_that_does_not_resolve_is_away() -> None:
    async with open_redis("redis://nowhere.invalid:6379/0") as wire:
        with pytest.raises(RedisAway):
            await wire.ping()


async def test_redis_that_dies_in_the_middle_is_away(redis: OwnRedis) -> None:
    await redis.start()
    async with open_redis(redis.url) as wire:
        await wire.ping()

        redis.kill()

        with pytest.raises(RedisAway):
            await wire.ping()


async def test_wrong_password_is_away(settings: Settings) -> None:
    host = settings.redis_url.reveal().rpartition("@")[2]
    async with open_redis(f"redis://:wrong@{host}") as wire:
        with pytest.raises(RedisAway):
            await wire.ping()


# The fuse


@pytest.mark.slow
async def test_silent_redis_costs_one_timeout_and_not_one_for_each_who_asks() -> None:
    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    silent = await asyncio.start_server(swallow, "127.0.0.1", 0)
    async with silent, open_redis(f"redis://127.0.0.1:{silent.sockets[0].getsockname()[1]}/0") as wire:
        first_s = await refuse(wire)

        later_s = sum([await refuse(wire) for _ in range(100)])

    assert first_s > 1
    assert later_s < 0.1


async def test_while_the_fuse_is_out_nobody_asks_even_a_redis_that_is_back(redis: OwnRedis) -> None:
    async with open_redis(redis.url) as wire:
        await refuse(wire)

        await redis.start()

        await refuse(wire)


async def test_after_a_second_it_is_tried_again(redis: OwnRedis) -> None:
    async with open_redis(redis.url) as wire:
        await refuse(wire)
        await redis.start()

        await asyncio.sleep(1.05)

        await wire.ping()


async def test_refused_command_fails_alone(wire: Wire) -> None:
    with pytest.raises(RedisAway), wire.guard():
        await wire.client.set("refused", "1", ex=-1)

    await wire.ping()


async def test_errors_that_are_not_of_redis_pass_unchanged(wire: Wire) -> None:
    with pytest.raises(KeyError), wire.guard():
        raise KeyError("ours")

    await wire.ping()
