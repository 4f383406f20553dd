"""A write of the doctor's own, to see whether writes are kept."""

from hub.store.mongo import Mongo

SCRATCH = "doctor"


async def write_and_read(mongo: Mongo, id: str) -> bool:
    """Whether what was acknowledged is there again, as the majority has it."""
    await mongo[SCRATCH].insert({"_id": id})
    found = await mongo[SCRATCH].majority.find_one({"_id": id})
    await mongo[SCRATCH].delete({"_id": id})
    return found is not None
