"""Every query about drafts and canned replies."""

from typing import Any

from hub.replying.models import CANNED, DRAFTS, Canned, KeptDraft
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo

INDEXES = (
    Index(DRAFTS, (("account", 1), ("thread", 1), ("member", 1)), unique=True),
    Index(CANNED, (("account", 1), ("key", 1)), unique=True),
    Index(CANNED, (("account", 1), ("_id", 1))),
)
SEALED = (DRAFTS, CANNED)
# No account has more canned replies; the list shows all of them.
MOST = 1_000


async def find_draft(mongo: Mongo, account: str, thread: str, member: str) -> KeptDraft | None:
    """What somebody was about to write in a thread."""
    found = await mongo[DRAFTS].find_one({"account": account, "thread": thread, "member": member})
    return read(KeptDraft, found) if found else None


async def add_draft(mongo: Mongo, draft: KeptDraft) -> None:
    """Store it, or raise Duplicate: there is one."""
    await mongo[DRAFTS].insert(as_document(draft))


async def change_draft(mongo: Mongo, seen: KeptDraft, **fields: Any) -> bool:
    """Write it anew; False when somebody has done so since it was seen."""
    where = {"_id": seen.id, "account": seen.account, "rev": seen.rev}
    return await mongo[DRAFTS].update(where, {"$set": fields})


async def remove_draft(mongo: Mongo, account: str, thread: str, member: str) -> bool:
    """False when there was none."""
    return await mongo[DRAFTS].delete({"account": account, "thread": thread, "member": member})


async def add_canned(mongo: Mongo, canned: Canned) -> None:
    """Store it, or raise Duplicate: the shortcut is taken, or it is stored already."""
    await mongo[CANNED].insert(as_document(canned))


async def find_canned(mongo: Mongo, account: str, id: str) -> Canned | None:
    """One of the account's."""
    found = await mongo[CANNED].find_one({"_id": id, "account": account})
    return read(Canned, found) if found else None


async def list_canned(mongo: Mongo, account: str) -> list[Canned]:
    """All of the account's, in the order of their making."""
    found = await mongo[CANNED].find({"account": account}, sort=[("_id", 1)], limit=MOST)
    return [read(Canned, document) for document in found]


async def count_canned(mongo: Mongo, account: str) -> int:
    """How many there are."""
    return await mongo[CANNED].count({"account": account}, limit=MOST)


async def change_canned(mongo: Mongo, account: str, id: str, **fields: Any) -> bool:
    """Set fields, and remove those that become None; False when it is gone. Raises Duplicate for a taken shortcut."""
    put = {name: value for name, value in fields.items() if value is not None}
    gone = {name: "" for name, value in fields.items() if value is None}
    change: Document = {name: part for name, part in (("$set", put), ("$unset", gone)) if part}
    return await mongo[CANNED].update({"_id": id, "account": account}, change)


async def remove_canned(mongo: Mongo, account: str, id: str) -> bool:
    """False when there was none."""
    return await mongo[CANNED].delete({"_id": id, "account": account})
