"""Every query about the models of an account."""

from datetime import datetime

from agents.models.failing import Fault
from hub.minds.models import MINDS, Mind, MindUse
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Document, Duplicate, Mongo

INDEXES = (Index(MINDS, (("account", 1), ("use", 1)), unique=True),)
SEALED = (MINDS,)


async def list_minds(mongo: Mongo, account: str) -> list[Mind]:
    """All of them: one of each use at most."""
    found = await mongo[MINDS].find({"account": account}, sort=[("use", 1)], limit=len(MindUse))
    return [read(Mind, one) for one in found]


async def find(mongo: Mongo, account: str, use: MindUse) -> Mind | None:
    """The one for this use."""
    found = await mongo[MINDS].find_one({"account": account, "use": use})
    return read(Mind, found) if found else None


async def put(mongo: Mongo, mind: Mind) -> None:
    """In the place of the one before, with nothing wrong as yet. Of two at once the later one stays."""
    try:
        await mongo[MINDS].insert(as_document(mind))
    except Duplicate:
        fields = {name: value for name, value in as_document(mind).items() if name not in ("_id", "account", "use")}
        gone = {name: "" for name in ("key", "wrong", "wrong_since") if name not in fields}
        change = {"$set": fields} | ({"$unset": gone} if gone else {})
        await mongo[MINDS].update({"account": mind.account, "use": mind.use}, change)


async def note_wrong(mongo: Mongo, mind: Mind, wrong: Fault | None, now: datetime) -> None:
    """How it went last, where that is news. Of one that was changed meanwhile nothing is said."""
    known: Document = {"wrong": wrong, "wrong_since": now}
    change: Document = {"$set": known} if wrong else {"$unset": dict.fromkeys(known, "")}
    where = {"account": mind.account, "use": mind.use, "changed_at": mind.changed_at}
    await mongo[MINDS].update(where, change)


async def remove(mongo: Mongo, account: str, use: MindUse) -> bool:
    """It is asked nothing more; False when there is none."""
    return await mongo[MINDS].delete({"account": account, "use": use})
