"""A hub for each file of rules, with whatever it asks beyond itself. Companies are founded as they are needed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.house import Room
from hub.store.embedded import Servers
from tests.clock import VirtualClock
from tests.contracts.callers import Place
from tests.contracts.companies import LATER, outside, settings_with
from tests.contracts.matrix import Sent
from tests.contracts.own_endpoints import OWN
from tests.hub.http.rooms import build_pages, rooms_with_pages
from tests.hubs import running_hub


@pytest.fixture(scope="module")
async def place(servers: Servers, fast_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    """The hub as it ships, with its own way to tell who asks."""
    pages, sent = rooms_with_pages(build_pages(tmp_path_factory.mktemp("pages"))), Sent()
    rooms = (*pages, Room(name="tests", endpoints=OWN))
    async with outside() as beyond:
        settings = settings_with(servers, fast_folder, beyond)
        async with running_hub(settings, rooms=rooms, clock=VirtualClock(LATER), listeners=[sent]) as hub:
            yield Place(hub, sent, beyond)
            # The embedded database grows slow with all that it ever held.
            await hub.deps.mongo.drop()
