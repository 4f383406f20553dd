"""The name of an installation: the same for all processes that share a database."""

from datetime import datetime

from hub.store.ids import new_id
from hub.store.mongo import Duplicate, Mongo

COLLECTION = "installation"


async def installation_id(mongo: Mongo, now: datetime) -> str:
    """Made by whoever asks first."""
    if stored := await mongo[COLLECTION].find_one({"_id": "id"}):
        return str(stored["value"])
    value = new_id(now)
    try:
        await mongo[COLLECTION].insert({"_id": "id", "value": value})
    except Duplicate:
        return await installation_id(mongo, now)
    return value
