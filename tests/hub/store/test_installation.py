"""The name of an installation."""

import asyncio
from datetime import UTC, datetime

from hub.store.installation import installation_id
from hub.store.mongo import Mongo

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def test_all_who_ask_at_once_get_the_same_name(mongo: Mongo) -> None:
    names = await asyncio.gather(*(installation_id(mongo, NOW) for _ in range(8)))

    assert len(set(names)) == 1


async def test_name_stays(mongo: Mongo) -> None:
    assert await installation_id(mongo, NOW) == await installation_id(mongo, NOW)
