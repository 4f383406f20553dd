"""Two logs, and both databases as somebody has them who did not come through Parley."""

from collections.abc import AsyncIterator, Iterator

import pytest
from pymongo.database import Database

from hub.settings import Settings
from hub.store.mongo import Document
from tests.clock import VirtualClock
from tests.hub.audit.logs import LENGTH, THEIRS, behind_its_back, opened, write_many
from tests.hubs import Hub


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """With a log of five, and one of another account."""
    async with opened(settings, clock) as hub:
        await write_many(hub.deps, LENGTH)
        await write_many(hub.deps, 2, THEIRS)
        yield hub


@pytest.fixture
def main(hub: Hub, settings: Settings) -> Iterator[Database[Document]]:
    """The database with the entries, for somebody without keys."""
    with behind_its_back(settings) as database:
        yield database


@pytest.fixture
def apart(hub: Hub, settings: Settings) -> Iterator[Database[Document]]:
    """The database with the keys and the heads."""
    with behind_its_back(settings, "_keys") as database:
        yield database
