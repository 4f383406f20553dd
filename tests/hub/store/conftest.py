"""Databases of a test's own on the shared servers."""

from collections.abc import AsyncIterator

import pytest

from hub.settings import Settings
from hub.store.mongo import Mongo, open_mongo


@pytest.fixture
async def mongo(settings: Settings) -> AsyncIterator[Mongo]:
    """An empty database, gone after the test."""
    opened = open_mongo(settings.mongodb_url.reveal(), settings.mongodb_database, timeout_s=5)
    async with opened as mongo:
        yield mongo
        await mongo.drop()
