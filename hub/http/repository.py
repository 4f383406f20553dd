"""What the frame of the API keeps: answers by their idempotency key."""

from datetime import datetime, timedelta
from typing import NamedTuple

from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo

ANSWERS = "idempotency"
INDEXES = (
    Index(ANSWERS, (("expires_at", 1),), expire_after=timedelta(0)),
    Index(ANSWERS, (("account", 1),)),
)


class Begun(NamedTuple):
    """One carrying-out of a request. The time of its beginning makes it ours: whoever was too slow, and was replaced,
    matches nothing any more."""

    account: str
    id: str
    at: datetime
    new_id: str

    @property
    def where(self) -> Document:
        """Fits as long as it is ours."""
        return {"_id": self.id, "account": self.account, "begun_at": self.at}


async def begin_answer(mongo: Mongo, begun: Begun, fingerprint: str, expires_at: datetime) -> None:
    """It is being carried out; raises Duplicate when the key was used before."""
    await mongo[ANSWERS].insert(
        {**begun.where, "new_id": begun.new_id, "fingerprint": fingerprint, "expires_at": expires_at}
    )


async def find_answer(mongo: Mongo, account: str, id: str) -> Document | None:
    """What is known of an earlier request with the same key."""
    return await mongo[ANSWERS].find_one({"_id": id, "account": account})


async def take_over_answer(mongo: Mongo, dead: Begun, begun: Begun, expires_at: datetime) -> bool:
    """Carry it out in place of a process that has died; False when somebody else was first."""
    return await mongo[ANSWERS].update(dead.where, {"$set": {"begun_at": begun.at, "expires_at": expires_at}})


async def keep_answer(mongo: Mongo, begun: Begun, *, status: int, answer: bytes) -> None:
    """For a repeat."""
    await mongo[ANSWERS].update(begun.where, {"$set": {"status": status, "answer": answer}})


async def forget_answer(mongo: Mongo, begun: Begun) -> None:
    """It has failed: the key may be used again."""
    await mongo[ANSWERS].delete(begun.where)
