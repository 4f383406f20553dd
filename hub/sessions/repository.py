"""Every query about sessions."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from hub.logins.models import Proof
from hub.sessions.models import Session
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo

SESSIONS = "sessions"
INDEXES = (
    Index(SESSIONS, (("account", 1),)),
    Index(SESSIONS, (("bound_to", 1),), sparse=True),
    Index(SESSIONS, (("expires_at", 1),), expire_after=timedelta(0)),
)
MOST = 500


async def add(mongo: Mongo, session: Session) -> None:
    """Somebody has signed in."""
    await mongo[SESSIONS].insert(as_document(session))


async def find(mongo: Mongo, id: str, now: datetime) -> Session | None:
    """One that has not ended."""
    found = await mongo[SESSIONS].find_one({"_id": id, "expires_at": {"$gt": now}})
    return read(Session, found) if found else None


async def find_each(mongo: Mongo, ids: Collection[str], now: datetime) -> dict[str, Session]:
    """Those of these that have not ended."""
    if not ids:
        return {}
    found = await mongo[SESSIONS].find({"_id": {"$in": [*ids]}, "expires_at": {"$gt": now}}, limit=len(ids))
    return {one["_id"]: read(Session, one) for one in found}


async def find_of(mongo: Mongo, login: str, id: str, now: datetime) -> Session | None:
    """One of the login's that has not ended."""
    found = await mongo[SESSIONS].find_one({"_id": id, "account": login, "expires_at": {"$gt": now}})
    return read(Session, found) if found else None


async def rotate(mongo: Mongo, seen: Session, **fields: Any) -> bool:
    """Its refresh token was used; False when somebody else has used it at the same moment."""
    where = {"_id": seen.id, "account": seen.account, "generation": seen.generation}
    return await mongo[SESSIONS].update(where, {"$set": {"generation": seen.generation + 1, **fields}})


async def add_proof(mongo: Mongo, login: str, id: str, proof: Proof) -> None:
    """It has shown something more."""
    await mongo[SESSIONS].update({"_id": id, "account": login}, {"$addToSet": {"proofs": str(proof)}})


async def keep(mongo: Mongo, login: str, id: str, passwords: int) -> None:
    """It stays under the password that is counted so."""
    await mongo[SESSIONS].update({"_id": id, "account": login}, {"$set": {"passwords": passwords}})


async def list_of(mongo: Mongo, login: str, now: datetime) -> list[Session]:
    """Wherever the login is signed in, the latest first."""
    found = await mongo[SESSIONS].find({"account": login, "expires_at": {"$gt": now}}, limit=MOST)
    return sorted((read(Session, one) for one in found), key=lambda session: session.made_at, reverse=True)


async def remove(mongo: Mongo, login: str, id: str) -> bool:
    """Sign it out; False when there is none."""
    return await mongo[SESSIONS].delete({"_id": id, "account": login})


async def remove_all(mongo: Mongo, login: str, *, besides: str = "", bound_to: str | None = None) -> int:
    """Sign the login out everywhere, but not here; or only where an account's identity provider has let it in."""
    where: Document = {"account": login, "_id": {"$ne": besides}} | ({"bound_to": bound_to} if bound_to else {})
    return await mongo[SESSIONS].delete_all(where)


async def remove_bound(mongo: Mongo, account: str) -> int:
    """Sign out everybody whom the account's identity provider has let in."""
    return await mongo[SESSIONS].delete_all({"bound_to": account})
