"""Limits beyond one endpoint: of an account, of an address, and of wrong credentials. With Redis and without."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from hub.http.endpoint import Call
from hub.http.serving import ACCOUNT_RATE, ADDRESS_RATE, WRONG_RATE
from hub.limits import Bucket, Rate
from hub.settings import Secret, Settings
from hub.store.ids import new_id
from tests.clock import MORNING, VirtualClock
from tests.hub.http.rooms import as_caller, client_at, error_of, get, hub_with
from tests.hubs import Hub, running_hub

NOWHERE = Secret("redis://127.0.0.1:1/0")
WRONG = {"authorization": "Bearer no token of ours"}


async def often(call: Call[None, Any]) -> str:
    """As often as the account may."""
    return "yes"


async def thrice(call: Call[None, Any]) -> str:
    """Three times a minute."""
    return "yes"


@pytest.fixture(params=["with Redis", "without Redis"])
def own_settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Once with a Redis and once with none: limits hold in both."""
    return settings if request.param == "with Redis" else replace(settings, redis_url=NOWHERE)


@pytest.fixture
async def hub(own_settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose clock stands still, for callers who say who they are."""
    endpoints = (get(often, path="/often", rate=Rate(99_000)), get(thrice, path="/thrice", rate=Rate(3)))
    async with hub_with(own_settings, *endpoints, clock=clock) as hub:
        yield hub


@pytest.fixture
async def true_hub(own_settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose clock stands still, for callers with credentials."""
    async with running_hub(own_settings, clock=clock) as hub:
        yield hub


async def use_up(hub: Hub, key: str) -> None:
    """Take all of a bucket that empties within a minute."""
    (await hub.deps.limiter.take(Bucket(key, Rate(1, per_s=60)))).check()


async def statuses(client: httpx2.AsyncClient, path: str, headers: dict[str, str], times: int = 1) -> Sequence[int]:
    """How so many requests are answered."""
    return [(await client.get(path, headers=headers)).status_code for _ in range(times)]


def operator(hub: Hub) -> dict[str, str]:
    """The operator's credential."""
    return {"authorization": f"Bearer {hub.deps.settings.operator_token.reveal()}"}


async def test_all_requests_of_an_account_together_have_a_limit(hub: Hub) -> None:
    account = new_id(MORNING)
    await use_up(hub, f"account:{account}")

    answer = await hub.client.get("/often", headers=as_caller(account=account))

    assert answer.status_code == 429
    assert error_of(answer) == "too_many"
    assert answer.headers["ratelimit-limit"] == str(ACCOUNT_RATE.times)
    assert answer.headers["retry-after"] == "1"


async def test_an_account_that_asks_too_often_takes_nothing_from_others(hub: Hub) -> None:
    account = new_id(MORNING)
    await use_up(hub, f"account:{account}")

    async with client_at(hub, f"stranger {account}") as stranger:
        assert await statuses(stranger, "/often", {}) == [200]
    assert await statuses(hub.client, "/often", as_caller(account=new_id(MORNING))) == [200]


async def test_an_account_goes_on_as_its_bucket_empties(hub: Hub, clock: VirtualClock) -> None:
    account = new_id(MORNING)
    await use_up(hub, f"account:{account}")

    await clock.advance(seconds=1)

    answers = await statuses(hub.client, "/often", as_caller(account=account), ACCOUNT_RATE.times // 60 + 1)
    assert answers == [200] * (ACCOUNT_RATE.times // 60) + [429]


async def test_all_requests_of_strangers_of_an_address_together_have_a_limit(hub: Hub) -> None:
    address = f"somewhere {new_id(MORNING)}"
    await use_up(hub, f"address:{address}")

    async with client_at(hub, address) as there:
        answer = await there.get("/often")

    assert answer.status_code == 429
    assert answer.headers["ratelimit-limit"] == str(ADDRESS_RATE.times)


async def test_members_are_not_held_to_the_limit_of_their_address(hub: Hub) -> None:
    address = f"office {new_id(MORNING)}"
    await use_up(hub, f"address:{address}")

    async with client_at(hub, address) as there:
        assert await statuses(there, "/often", as_caller(account=new_id(MORNING))) == [200]


@pytest.mark.parametrize("is_narrow_first", [True, False])
async def test_what_one_limit_refuses_counts_for_none(hub: Hub, is_narrow_first: bool) -> None:
    narrow, wide = Bucket(new_id(MORNING), Rate(3)), Bucket(new_id(MORNING), Rate(9))
    for _ in range(20):
        await hub.deps.limiter.take(*((narrow, wide) if is_narrow_first else (wide, narrow)))

    verdict = await hub.deps.limiter.take(wide)

    assert verdict.left == 9 - 4


async def test_an_answer_tells_of_the_limit_that_is_nearest(hub: Hub) -> None:
    answer = await hub.client.get("/thrice", headers=as_caller(account=new_id(MORNING)))

    assert answer.headers["ratelimit-limit"] == "3"
    assert answer.headers["ratelimit-remaining"] == "2"
    assert answer.headers["ratelimit-reset"] == "20"
    assert answer.headers["ratelimit-policy"] == "3;w=60"


async def test_wrong_credentials_of_one_address_have_a_limit(true_hub: Hub) -> None:
    async with client_at(true_hub, f"guesser {new_id(MORNING)}") as guesser:
        answers = [await guesser.get("/api/v1/work", headers=WRONG) for _ in range(WRONG_RATE.times + 1)]

    assert [answer.status_code for answer in answers] == [401] * WRONG_RATE.times + [429]
    assert error_of(answers[-1]) == "too_many"
    assert answers[-1].headers["retry-after"] == "1"


async def test_wrong_credentials_are_refused_again_once_their_limit_allows(true_hub: Hub, clock: VirtualClock) -> None:
    async with client_at(true_hub, f"guesser {new_id(MORNING)}") as guesser:
        await statuses(guesser, "/live", WRONG, WRONG_RATE.times)
        await clock.advance(seconds=1)

        assert await statuses(guesser, "/live", WRONG, 2) == [401, 429]


async def test_the_right_credential_gets_in_from_where_wrong_ones_come(true_hub: Hub) -> None:
    async with client_at(true_hub, f"office {new_id(MORNING)}") as office:
        await statuses(office, "/api/v1/work", WRONG, WRONG_RATE.times + 1)

        assert await statuses(office, "/api/v1/work", operator(true_hub)) == [200]


async def test_strangers_get_in_from_where_wrong_credentials_come(true_hub: Hub) -> None:
    async with client_at(true_hub, f"office {new_id(MORNING)}") as office:
        await statuses(office, "/live", WRONG, WRONG_RATE.times + 1)

        assert await statuses(office, "/", {}) == [200]


async def test_wrong_credentials_from_elsewhere_are_counted_apart(true_hub: Hub) -> None:
    one, other = f"one {new_id(MORNING)}", f"other {new_id(MORNING)}"
    async with client_at(true_hub, one) as here, client_at(true_hub, other) as there:
        await statuses(here, "/live", WRONG, WRONG_RATE.times + 1)

        assert await statuses(there, "/live", WRONG) == [401]


async def test_whoever_has_one_address_of_ipv6_has_those_beside_it(true_hub: Hub) -> None:
    async with client_at(true_hub, "2001:db8:1:2::1") as one, client_at(true_hub, "2001:db8:1:2:ffff::9") as beside:
        await statuses(one, "/live", WRONG, WRONG_RATE.times)

        assert await statuses(beside, "/live", WRONG) == [429]


async def test_right_credentials_are_not_counted_as_wrong_ones(true_hub: Hub) -> None:
    async with client_at(true_hub, f"office {new_id(MORNING)}") as office:
        await statuses(office, "/api/v1/work", operator(true_hub), WRONG_RATE.times + 1)

        assert await statuses(office, "/api/v1/work", WRONG) == [401]


async def test_a_limit_that_refuses_inside_a_handler_is_the_one_that_is_told(own_settings: Settings) -> None:
    async def stingy(call: Call[None, Any]) -> str:
        """Once an hour."""
        (await call.deps.limiter.take(Bucket(call.caller.id, Rate(1, per_s=3600)))).check()
        return "yes"

    async with hub_with(own_settings, get(stingy)) as hub:
        asha = as_caller()
        first, second = [await hub.client.get("/test", headers=asha) for _ in range(2)]

    assert first.headers["ratelimit-limit"] == "300"
    assert (second.status_code, second.headers["ratelimit-limit"]) == (429, "1")
    assert second.headers["ratelimit-remaining"] == "0"
