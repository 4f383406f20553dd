"""Every query about files. Whatever is not there gives None."""

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Any

from hub.files.models import FILES, TRANSCRIPT, File, FileState, Picture, Transcript, preview_of
from hub.store.documents import as_document, read, written
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo, Where

INDEXES = (Index(FILES, (("account", 1), ("_id", 1))),)
SEALED = (FILES,)
# What makes a file work to be done.
DUE = ("due_at", "claim", "attempts", "buried")
UNUSED: Where = {"thread": {"$exists": False}}
# No message has it: it is held for one that is to be said, or UNUSED.
UNSAID: Where = {"entry": {"$exists": False}}


async def add(mongo: Mongo, file: File) -> None:
    """Store it, or raise Duplicate."""
    await mongo[FILES].insert(as_document(file))


async def find(mongo: Mongo, account: str, id: str) -> File | None:
    """One of the account's, whatever its state."""
    found = await mongo[FILES].find_one({"_id": id, "account": account})
    return read(File, found) if found else None


async def list_kept(mongo: Mongo, account: str, ids: Collection[str]) -> list[File]:
    """Those of these ids that are there, in no order."""
    where = {"_id": {"$in": list(ids)}, "account": account, "state": FileState.KEPT}
    return [read(File, found) for found in await mongo[FILES].find(where, limit=max(len(ids), 1))]


async def note_kept(
    mongo: Mongo, account: str, id: str, *, type: str, size: int, picture: Picture | None = None
) -> bool:
    """The content is in the store, and is this; False when somebody else has noted so, or it is to go."""
    where = {"_id": id, "account": account, "state": FileState.STORING}
    found = {"type": type, "size": size} | ({"picture": written(picture)} if picture else {})
    return await mongo[FILES].update(where, {"$set": {"state": FileState.KEPT, **found}})


async def take(mongo: Mongo, account: str, ids: Collection[str], *, thread: str, entry: str) -> None:
    """What nobody has taken belongs to this entry from now on, and is not forgotten."""
    where = {"_id": {"$in": list(ids)}, "account": account, "state": FileState.KEPT, **UNSAID}
    gone = dict.fromkeys(DUE, "")
    await mongo[FILES].update_all(where, {"$set": {"thread": thread, "entry": entry}, "$unset": gone})


async def hold(mongo: Mongo, account: str, ids: Collection[str], *, thread: str, until: datetime) -> None:
    """What no message has is the thread's, and kept until then at least."""
    where = {"_id": {"$in": list(ids)}, "account": account, "state": FileState.KEPT, **UNSAID}
    mine: Document = {"thread": {"$in": [None, thread]}}
    gone = {name: "" for name in DUE if name != "due_at"}
    change: Document = {"$set": {"thread": thread}, "$max": {"due_at": until}, "$unset": gone}
    await mongo[FILES].update_all(where | mine, change)


async def release(mongo: Mongo, account: str, ids: Collection[str], *, thread: str, until: datetime) -> None:
    """What was held for the thread is its keeper's again, until then."""
    where = {"_id": {"$in": list(ids)}, "account": account, "state": FileState.KEPT, "thread": thread, **UNSAID}
    await mongo[FILES].update_all(where, {"$set": {"due_at": until}, "$unset": {"thread": ""}})


async def let_go(mongo: Mongo, account: str, id: str, *, where: Where, due_at: datetime | None = None) -> bool:
    """It is to be removed, and no message can take it any more; False when one has. With `due_at` a sweep goes on where
    we may end."""
    change: Document = {"state": FileState.GOING} | ({} if due_at is None else {"due_at": due_at})
    return await mongo[FILES].update({**where, "_id": id, "account": account, **UNSAID}, {"$set": change})


async def ask_for_transcript(mongo: Mongo, account: str, id: str, transcript: Transcript, *, again: bool) -> bool:
    """What it says is to be found out; False when somebody has asked already, or, `again`, when it is known, or is
    being found out."""
    nothing = {f"{TRANSCRIPT}text": {"$exists": False}, f"{TRANSCRIPT}due_at": {"$exists": False}}
    where = {"_id": id, "account": account, "state": FileState.KEPT}
    unknown = nothing if again else {"transcript": {"$exists": False}}
    return await mongo[FILES].update({**where, **unknown}, {"$set": {"transcript": written(transcript)}})


async def note_transcript(mongo: Mongo, account: str, where: Where, **found: Any) -> bool:
    """What was found out, once; False when the claim that `where` names is somebody else's by now."""
    unknown = {f"{TRANSCRIPT}text": {"$exists": False}}
    fields = {f"{TRANSCRIPT}{name}": value for name, value in found.items() if value is not None}
    return await mongo[FILES].update({**where, **unknown, "account": account}, {"$set": fields})


async def each_kept_as(mongo: Mongo, account: str) -> AsyncIterator[str]:
    """What the store may have of the account, by the names there."""
    async for found in mongo[FILES].each({"account": account}, fields={"kept_as": 1}):
        yield found["kept_as"]
        yield preview_of(found["kept_as"])


async def remove(mongo: Mongo, account: str, id: str) -> None:
    """Forget one whose content is gone."""
    await mongo[FILES].delete({"_id": id, "account": account, "state": FileState.GOING})
