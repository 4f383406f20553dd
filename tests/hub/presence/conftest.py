"""Two processes of the hub on one database and one Redis, which is the test's own; and an account in it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hub.presence import beating
from hub.settings import Secret, Settings
from tests.hub.inbox.talking import Talk
from tests.hubs import Hub, running_hub
from tests.own_redis import OwnRedis, own_redis
from tests.people import Person, found
from tests.serving import serving


@dataclass(frozen=True)
class Pair:
    """Two hubs, and where each is."""

    one: Hub
    other: Hub
    url: str
    other_url: str


@pytest.fixture
async def redis(tmp_path: Path) -> AsyncIterator[OwnRedis]:
    """It runs; a test may kill it."""
    with own_redis(tmp_path) as redis:
        await redis.start()
        yield redis


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Processes tell of themselves more often than they do in earnest."""
    monkeypatch.setattr(beating, "BEAT_S", 0.1)
    yield


@pytest.fixture
async def pair(settings: Settings, redis: OwnRedis, quick: None) -> AsyncIterator[Pair]:
    """Both on real sockets, in the time of this machine."""
    ours = replace(settings, open_sign_up=True, redis_url=Secret(redis.url))
    async with AsyncExitStack() as stack:
        one, other = [await stack.enter_async_context(running_hub(ours)) for _ in range(2)]
        url, other_url = [await stack.enter_async_context(serving(hub)) for hub in (one, other)]
        yield Pair(one, other, url, other_url)


@pytest.fixture
async def owner(pair: Pair) -> Person:
    """Who sees everything of the account."""
    return await found(pair.one, "acme")


@pytest.fixture
async def talk(pair: Pair, owner: Person) -> Talk:
    """The account's conversations."""
    return Talk(pair.one.deps, owner.account)
