"""Every query about what stands around the words of mails."""

from collections.abc import Collection

from hub.letterheads.models import KeptLogo, KeptStyle, Signature
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Mongo

LETTERHEADS, SIGNATURES, LOGOS = "letterheads", "signatures", "logos"
SEALED = (LETTERHEADS, SIGNATURES, LOGOS)
INDEXES = tuple(Index(collection, (("account", 1),)) for collection in SEALED)


async def find_style(mongo: Mongo, account: str) -> KeptStyle | None:
    """What the account has said of it."""
    found = await mongo[LETTERHEADS].find_one({"_id": account, "account": account})
    return read(KeptStyle, found) if found else None


async def put_style(mongo: Mongo, kept: KeptStyle) -> None:
    """In the place of the one before."""
    where = {"_id": kept.id, "account": kept.account}
    await mongo[LETTERHEADS].update(where, {"$set": {"style": kept.style}}, upsert=True)


async def find_logo(mongo: Mongo, account: str) -> KeptLogo | None:
    """That of the account, where it has one."""
    found = await mongo[LOGOS].find_one({"_id": account, "account": account})
    return read(KeptLogo, found) if found else None


async def put_logo(mongo: Mongo, logo: KeptLogo) -> None:
    """In the place of the one before."""
    kept = as_document(logo)
    fields = {name: kept[name] for name in ("type", "width", "height", "content")}
    await mongo[LOGOS].update({"_id": logo.id, "account": logo.account}, {"$set": fields}, upsert=True)


async def remove_logo(mongo: Mongo, account: str) -> None:
    """The account has none any more."""
    await mongo[LOGOS].delete_all({"_id": account, "account": account})


async def find_signature(mongo: Mongo, account: str, member: str) -> Signature | None:
    """That of a member, where there is one."""
    found = await mongo[SIGNATURES].find_one({"_id": member, "account": account})
    return read(Signature, found) if found else None


async def put_signature(mongo: Mongo, signature: Signature) -> None:
    """In the place of the one before."""
    where = {"_id": signature.id, "account": signature.account}
    await mongo[SIGNATURES].update(where, {"$set": {"text": as_document(signature)["text"]}}, upsert=True)


async def remove_signatures(mongo: Mongo, account: str, members: Collection[str]) -> None:
    """These have none any more."""
    await mongo[SIGNATURES].delete_all({"_id": {"$in": list(members)}, "account": account})
