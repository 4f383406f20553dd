"""Which processes there are."""

from datetime import datetime, timedelta

from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo

PROCESSES = "processes"
INDEXES = (Index(PROCESSES, (("seen_at", 1),), expire_after=timedelta(days=1)),)


async def note_process(mongo: Mongo, id: str, facts: Document, now: datetime) -> None:
    """This process is there."""
    await mongo[PROCESSES].update({"_id": id}, {"$set": {**facts, "seen_at": now}}, upsert=True)


async def forget_process(mongo: Mongo, id: str) -> None:
    """This process has ended."""
    await mongo[PROCESSES].delete({"_id": id})


async def list_processes(mongo: Mongo, since: datetime) -> list[Document]:
    """Those that were there lately."""
    return await mongo[PROCESSES].find({"seen_at": {"$gte": since}}, limit=500)
