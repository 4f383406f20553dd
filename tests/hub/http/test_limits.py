"""How often somebody may ask, with Redis and without."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hub.http.endpoint import Call
from hub.limits import Bucket, Limiter, Rate
from hub.settings import Secret, Settings
from hub.store.embedded import Servers
from hub.store.ids import new_id
from hub.store.redis import PAUSE_S, open_redis
from tests.clock import MORNING, VirtualClock
from tests.hub.http.rooms import as_caller, client_at, error_of, get, hub_with
from tests.hubs import Hub
from tests.own_redis import own_redis

THRICE = Rate(3, per_s=60)
NOWHERE = Secret("redis://127.0.0.1:1/0")


async def limited(call: Call[None, Any]) -> str:
    """Three times a minute."""
    return "yes"


async def unlimited(call: Call[None, Any]) -> str:
    """As often as anybody likes."""
    return "yes"


@pytest.fixture(params=["with Redis", "without Redis"])
async def hub(request: pytest.FixtureRequest, settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose clock stands still, once with a Redis and once with none: limits hold in both."""
    url = settings.redis_url if request.param == "with Redis" else NOWHERE
    endpoints = (get(limited, rate=THRICE), get(unlimited, path="/free", rate=None))
    async with hub_with(replace(settings, redis_url=url), *endpoints, clock=clock) as hub:
        yield hub


async def ask(client: httpx2.AsyncClient, times: int, headers: dict[str, str] | None = None) -> list[httpx2.Response]:
    """Ask so many times."""
    return [await client.get("/test", headers=headers or {}) for _ in range(times)]


async def test_whoever_asks_too_often_is_told_when_to_go_on(hub: Hub) -> None:
    *within, beyond = await ask(hub.client, 4, as_caller())

    assert {answer.status_code for answer in within} == {200}
    assert beyond.status_code == 429
    assert error_of(beyond) == "too_many"
    assert beyond.headers["retry-after"] == "20"


async def test_every_answer_says_what_is_left(hub: Hub) -> None:
    answers = await ask(hub.client, 4, as_caller())

    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer.headers["ratelimit-limit"] for answer in answers} == {"3"}


async def test_a_refused_request_says_what_is_left_too(hub: Hub) -> None:
    answer = await hub.client.get("/test?unknown=1", headers=as_caller())

    assert answer.status_code == 400
    assert answer.headers["ratelimit-remaining"] == "2"


async def test_whoever_waits_as_told_goes_on(hub: Hub, clock: VirtualClock) -> None:
    asha = as_caller()
    *_, refused = await ask(hub.client, 4, asha)

    await clock.advance(seconds=int(refused.headers["retry-after"]))

    assert [answer.status_code for answer in await ask(hub.client, 2, asha)] == [200, 429]


async def test_whoever_does_not_wait_long_enough_stays_refused(hub: Hub, clock: VirtualClock) -> None:
    asha = as_caller()
    await ask(hub.client, 3, asha)

    await clock.advance(seconds=19)

    assert [answer.status_code for answer in await ask(hub.client, 5, asha)] == [429] * 5


async def test_asking_while_refused_does_not_make_the_wait_longer(hub: Hub, clock: VirtualClock) -> None:
    asha = as_caller()
    await ask(hub.client, 50, asha)

    await clock.advance(seconds=20)

    assert [answer.status_code for answer in await ask(hub.client, 1, asha)] == [200]


async def test_two_callers_do_not_share_a_limit(hub: Hub) -> None:
    await ask(hub.client, 4, as_caller())

    assert [answer.status_code for answer in await ask(hub.client, 1, as_caller())] == [200]


async def test_strangers_of_one_address_share_a_limit(hub: Hub) -> None:
    async with client_at(hub, f"stranger {new_id(MORNING)}") as one:
        answers = await ask(one, 4)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


async def test_strangers_of_two_addresses_do_not_share_a_limit(hub: Hub) -> None:
    async with client_at(hub, f"a {new_id(MORNING)}") as one, client_at(hub, f"b {new_id(MORNING)}") as other:
        await ask(one, 4)

        assert [answer.status_code for answer in await ask(other, 1)] == [200]


async def test_a_member_has_the_same_limit_from_everywhere(hub: Hub) -> None:
    asha = as_caller()
    async with client_at(hub, "192.0.2.1") as here, client_at(hub, "192.0.2.2") as there:
        await ask(here, 3, asha)

        assert [answer.status_code for answer in await ask(there, 1, asha)] == [429]


async def test_two_endpoints_do_not_share_a_limit(hub: Hub) -> None:
    asha = as_caller()
    await ask(hub.client, 4, asha)

    answer = await hub.client.get("/api/v1/work", headers=asha)

    assert answer.status_code == 200


async def test_an_endpoint_without_a_limit_has_none(hub: Hub) -> None:
    answers = [await hub.client.get("/free") for _ in range(20)]

    assert {answer.status_code for answer in answers} == {200}
    assert "ratelimit-limit" not in answers[0].headers


@asynccontextmanager
async def limiter_on(redis_url: str, clock: VirtualClock) -> AsyncIterator[Limiter]:
    """A limiter alone."""
    async with open_redis(redis_url, "test") as wire:
        yield Limiter(wire, clock)


@pytest.mark.parametrize("per_s", [1, 60, 3600])
async def test_a_burst_is_exactly_as_long_as_the_limit_says(servers: Servers, clock: VirtualClock, per_s: int) -> None:
    async with limiter_on(servers.redis_url, clock) as with_redis, limiter_on(NOWHERE.reveal(), clock) as without:
        for times in (1, 2, 3, 6, 7, 11, 15, 29, 60, 99):
            for limiter in (with_redis, without):
                key, rate = new_id(MORNING), Rate(times, per_s=per_s)
                left = [(await limiter.take(Bucket(key, rate))).left for _ in range(times)]

                assert left == list(reversed(range(times)))
                assert (await limiter.take(Bucket(key, rate))).wait_us > 0


async def booked(limiter: Limiter, bucket: Bucket, *names: object) -> list[float]:
    """After how many seconds each of these has its turn."""
    return [await limiter.book(f"{bucket.key} {name}", bucket) / 1_000_000 for name in names]


@pytest.fixture(params=["with Redis", "without Redis"])
async def limiter(request: pytest.FixtureRequest, servers: Servers, clock: VirtualClock) -> AsyncIterator[Limiter]:
    """One that has its Redis, and one that has not."""
    async with limiter_on(servers.redis_url if request.param == "with Redis" else NOWHERE.reveal(), clock) as limiter:
        yield limiter


async def test_those_who_book_have_their_turns_one_after_the_other(limiter: Limiter) -> None:
    one_a_second, burst = Bucket(new_id(MORNING), Rate(1, per_s=1)), Bucket(new_id(MORNING), Rate(4, per_s=2))

    assert await booked(limiter, one_a_second, *range(1000)) == [*range(1000)]
    assert await booked(limiter, burst, *range(8)) == [0, 0, 0, 0, 0.5, 1, 1.5, 2]


async def test_whoever_comes_for_their_turn_is_let_by_once_and_counts_no_second_time(
    limiter: Limiter, clock: VirtualClock
) -> None:
    bucket = Bucket(new_id(MORNING), Rate(1, per_s=1))
    await booked(limiter, bucket, "a", "b", "c")

    early = await booked(limiter, bucket, "b", "c")
    await clock.advance(seconds=1)
    at_their_turn = await booked(limiter, bucket, "b", "c", "d", "b")

    assert early == [1, 2]
    assert at_their_turn == [0, 1, 2, 3]


async def test_whoever_comes_late_has_a_turn_still_and_much_too_late_another_one(
    limiter: Limiter, clock: VirtualClock
) -> None:
    bucket = Bucket(new_id(MORNING), Rate(1, per_s=10))
    await booked(limiter, bucket, *"abcdef")

    await clock.advance(seconds=41)

    assert await booked(limiter, bucket, *"bcd") == [19, 0, 0]


async def test_a_turn_is_one_in_all_of_the_buckets(limiter: Limiter) -> None:
    line, person = Bucket(new_id(MORNING), Rate(10, per_s=1)), Bucket(new_id(MORNING), Rate(1, per_s=6))

    waits = [await limiter.book(f"{person.key} {n}", line, person) / 1_000_000 for n in range(3)]

    assert waits == [0, 6, 12]
    assert await booked(limiter, line, "somebody else") == [0]


async def test_two_processes_count_together(servers: Servers, clock: VirtualClock) -> None:
    key = new_id(MORNING)
    async with limiter_on(servers.redis_url, clock) as one, limiter_on(servers.redis_url, clock) as other:
        left = [(await limiter.take(Bucket(key, THRICE))).left for limiter in (one, other, one)]

    assert left == [2, 1, 0]


async def test_many_at_once_do_not_get_past_the_limit(hub: Hub) -> None:
    asha = as_caller()

    answers = await asyncio.gather(*(hub.client.get("/test", headers=asha) for _ in range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 17


async def test_limits_go_on_in_memory_and_come_back_to_redis(settings: Settings, tmp_path: Path) -> None:
    asha, rate = as_caller(), Rate(3, per_s=3600)
    with own_redis(tmp_path) as redis:
        async with hub_with(replace(settings, redis_url=Secret(redis.url)), get(limited, rate=rate)) as hub:
            away = await ask(hub.client, 4, asha)
            await redis.start()
            await asyncio.sleep(PAUSE_S)
            back = await ask(hub.client, 1, asha)
            counted = await hub.deps.redis.client.keys(hub.deps.redis.key("rate", "limited:*"))

    assert [answer.status_code for answer in away] == [200, 200, 200, 429]
    assert back[0].status_code == 200
    assert len(counted) == 1
