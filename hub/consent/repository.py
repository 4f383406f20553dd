"""Every query about the ledger of consent, the words of accounts, and suppressed addresses."""

from collections.abc import Collection, Sequence
from datetime import datetime

from channels.base import Medium
from hub.consent.models import OptWords, Reason, Record, Suppression
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo
from hub.store.paging import Position, older_than

CONSENTS, OPT_WORDS, SUPPRESSIONS = "consents", "opt_words", "suppressions"
INDEXES = (
    Index(CONSENTS, (("account", 1), ("person", 1), ("recorded_at", -1), ("_id", -1))),
    Index(SUPPRESSIONS, (("account", 1), ("medium", 1), ("key", 1)), unique=True),
    Index(SUPPRESSIONS, (("account", 1), ("at", -1), ("_id", -1))),
    Index(OPT_WORDS, (("account", 1),)),
)
SEALED = (CONSENTS, SUPPRESSIONS)
# Nobody has said so much about being written to that it does not fit.
MOST = 1000


async def add_record(mongo: Mongo, record: Record) -> None:
    """Store it, or raise Duplicate: it is in the ledger."""
    await mongo[CONSENTS].insert(as_document(record))


async def find_record(mongo: Mongo, account: str, id: str) -> Record | None:
    """One of the account's."""
    found = await mongo[CONSENTS].find_one({"_id": id, "account": account})
    return read(Record, found) if found else None


async def count_in(mongo: Mongo, account: str, id: str) -> None:
    """What is known of the person says so by now."""
    await mongo[CONSENTS].update({"_id": id, "account": account}, {"$unset": {"due_at": ""}})


async def list_records(
    mongo: Mongo, account: str, person: str, *, position: Position | None = None, limit: int = MOST
) -> list[Record]:
    """All about one person, the last written first."""
    where = {"account": account, "person": person, **older_than("recorded_at", position)}
    found = await mongo[CONSENTS].find(where, sort=[("recorded_at", -1), ("_id", -1)], limit=limit)
    return [read(Record, document) for document in found]


async def hand_over(mongo: Mongo, account: str, ids: Collection[str], person: str) -> None:
    """These are about somebody else."""
    await mongo[CONSENTS].update_all({"_id": {"$in": list(ids)}, "account": account}, {"$set": {"person": person}})


async def find_words(mongo: Mongo, account: str) -> OptWords | None:
    """The account's own, where it has any."""
    found = await mongo[OPT_WORDS].find_one({"_id": account, "account": account})
    return read(OptWords, found) if found else None


async def set_words(mongo: Mongo, words: OptWords) -> None:
    """In the place of those before."""
    where = {"_id": words.id, "account": words.account}
    await mongo[OPT_WORDS].update(where, {"$set": {"words": as_document(words)["words"]}}, upsert=True)


async def add_suppression(mongo: Mongo, suppression: Suppression) -> None:
    """Store it, or raise Duplicate: the address is suppressed."""
    await mongo[SUPPRESSIONS].insert(as_document(suppression))


async def find_suppression(mongo: Mongo, account: str, keys: Sequence[bytes], medium: Medium) -> Suppression | None:
    """Of the first of these addresses that is suppressed."""
    found = await mongo[SUPPRESSIONS].find_one({"account": account, "key": {"$in": list(keys)}, "medium": medium})
    return read(Suppression, found) if found else None


async def list_suppressed(mongo: Mongo, account: str, keys: Sequence[bytes], medium: Medium) -> set[bytes]:
    """Those of these addresses that are."""
    where = {"account": account, "key": {"$in": list(keys)}, "medium": medium}
    found = await mongo[SUPPRESSIONS].find(where, limit=len(keys))
    return {read(Suppression, document).key for document in found}


async def get_suppression(mongo: Mongo, account: str, id: str) -> Suppression | None:
    """One of the account's."""
    found = await mongo[SUPPRESSIONS].find_one({"_id": id, "account": account})
    return read(Suppression, found) if found else None


async def outweigh(mongo: Mongo, seen: Suppression, new: Suppression) -> bool:
    """Suppressed for another reason from now on; False when it is not any more as it was seen."""
    changes = {name: value for name, value in as_document(new).items() if name in ("reason", "at", "by", "evidence")}
    where = {"_id": seen.id, "account": seen.account, "reason": seen.reason}
    return await mongo[SUPPRESSIONS].update(where, {"$set": changes})


async def list_suppressions(mongo: Mongo, account: str, *, position: Position | None, limit: int) -> list[Suppression]:
    """All of the account's, the last first."""
    where = {"account": account, **older_than("at", position)}
    found = await mongo[SUPPRESSIONS].find(where, sort=[("at", -1), ("_id", -1)], limit=limit)
    return [read(Suppression, document) for document in found]


async def remove_suppression(mongo: Mongo, account: str, id: str) -> bool:
    """Something may go there again; False when it might already."""
    return await mongo[SUPPRESSIONS].delete({"_id": id, "account": account})


async def lift_opt_outs(
    mongo: Mongo, account: str, keys: Sequence[bytes], medium: Medium, *, until: datetime | None = None
) -> int:
    """Whoever has said no, `until` then where it is given, says yes: every other reason stays. How many there were."""
    where: Document = {"account": account, "key": {"$in": list(keys)}, "medium": medium, "reason": Reason.OPT_OUT}
    return await mongo[SUPPRESSIONS].delete_all(where | ({"at": {"$lte": until}} if until else {}))
