"""Every query about logins, slips and passkeys."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from hub.logins.models import Login, Passkey, Slip
from hub.store.documents import as_document, read, written
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo

LOGINS, SLIPS, RESETS, PASSKEYS = "logins", "slips", "resets", "passkeys"
SEALED = (LOGINS, RESETS, PASSKEYS)
INDEXES = (
    Index(LOGINS, (("key", 1),), unique=True),
    Index(LOGINS, (("account", 1),)),
    Index(SLIPS, (("account", 1), ("kind", 1))),
    Index(SLIPS, (("expires_at", 1),), expire_after=timedelta(0)),
    Index(PASSKEYS, (("credential", 1),), unique=True),
    Index(PASSKEYS, (("account", 1),)),
)
# More than any login may have.
MOST_PASSKEYS = 100


async def add_login(mongo: Mongo, login: Login) -> None:
    """Raises Duplicate when the address has one already."""
    await mongo[LOGINS].insert(as_document(login))


async def find_login_by_key(mongo: Mongo, key: bytes) -> Login | None:
    """The login of an address."""
    found = await mongo[LOGINS].find_one({"key": key})
    return read(Login, found) if found else None


async def find_login(mongo: Mongo, id: str) -> Login | None:
    """One login."""
    found = await mongo[LOGINS].find_one({"_id": id})
    return read(Login, found) if found else None


async def count_passwords(mongo: Mongo, ids: Collection[str]) -> dict[str, int]:
    """How many passwords each of these logins has had; one that is gone has no number."""
    if not ids:
        return {}
    found = await mongo[LOGINS].find({"_id": {"$in": [*ids]}}, limit=len(ids), fields={"passwords": 1})
    return {one["_id"]: one.get("passwords", 0) for one in found}


async def change_login(mongo: Mongo, seen: Login, **fields: Any) -> bool:
    """Set fields, and remove those that become None, as long as its proofs are those that were seen."""
    put = {name: written(value) for name, value in fields.items() if value is not None}
    gone = {name: "" for name, value in fields.items() if value is None}
    change = {name: part for name, part in (("$set", put), ("$unset", gone)) if part}
    where = {"_id": seen.id, "password": seen.password, "renewed": seen.renewed}
    return await mongo[LOGINS].update(where, change)


async def use_code(mongo: Mongo, seen: Login, step: int) -> bool:
    """Remember when the code was of; False when one of that time was used before, or the app may not be that one any
    more."""
    where = {"_id": seen.id, "renewed": seen.renewed, "codes.step": {"$lt": step}}
    return await mongo[LOGINS].update(where, {"$set": {"codes.step": step}})


async def use_recovery_code(mongo: Mongo, id: str, hash: bytes) -> bool:
    """Strike it out; False when it was none, or used before."""
    where = {"_id": id, "codes.recovery": hash}
    return await mongo[LOGINS].update(where, {"$pull": {"codes.recovery": hash}})


async def set_last_account(mongo: Mongo, id: str, account: str) -> None:
    """Where signing in leads next time."""
    await mongo[LOGINS].update({"_id": id}, {"$set": {"last_account": account}})


async def set_proved(mongo: Mongo, id: str) -> None:
    """A link that was mailed to the address came back."""
    await mongo[LOGINS].update({"_id": id}, {"$set": {"is_proved": True}})


async def remove_login(mongo: Mongo, id: str) -> None:
    """The login and whatever was promised to it."""
    await mongo[SLIPS].delete_all({"account": id})
    await mongo[PASSKEYS].delete_all({"account": id})
    await mongo[LOGINS].delete({"_id": id})


async def add_reset(mongo: Mongo, request: Document) -> None:
    """Somebody says that a password was forgotten."""
    await mongo[RESETS].insert(request)


async def remove_reset(mongo: Mongo, where: Document) -> None:
    """It was answered."""
    await mongo[RESETS].delete(where)


async def add_slip(mongo: Mongo, slip: Slip) -> None:
    """Promise something."""
    await mongo[SLIPS].insert(as_document(slip))


async def find_slip(mongo: Mongo, id: str, kind: str, now: datetime) -> Slip | None:
    """One that is still good."""
    found = await mongo[SLIPS].find_one({"_id": id, "kind": kind, "expires_at": {"$gt": now}})
    return read(Slip, found) if found else None


async def remove_slip(mongo: Mongo, id: str) -> bool:
    """Keep the promise; False when somebody else was first."""
    return await mongo[SLIPS].delete({"_id": id})


async def remove_slips(mongo: Mongo, account: str, where: Document) -> None:
    """Of these nothing is promised to it any more."""
    await mongo[SLIPS].delete_all({"account": account, **where})


async def add_passkey(mongo: Mongo, passkey: Passkey) -> None:
    """Raises Duplicate when the credential is known already."""
    await mongo[PASSKEYS].insert(as_document(passkey))


async def find_passkey_by_credential(mongo: Mongo, credential: bytes) -> Passkey | None:
    """By what a device shows, before it is known whose it is."""
    found = await mongo[PASSKEYS].find_one({"credential": credential})
    return read(Passkey, found) if found else None


async def find_passkey(mongo: Mongo, account: str, id: str) -> Passkey | None:
    """One of the login's."""
    found = await mongo[PASSKEYS].find_one({"_id": id, "account": account})
    return read(Passkey, found) if found else None


async def list_passkeys(mongo: Mongo, account: str) -> list[Passkey]:
    """The login's, the oldest first."""
    found = await mongo[PASSKEYS].find({"account": account}, sort=[("_id", 1)], limit=MOST_PASSKEYS)
    return [read(Passkey, one) for one in found]


async def use_passkey(mongo: Mongo, seen: Passkey, *, sign_count: int, is_backed_up: bool, now: datetime) -> bool:
    """It was used; False when it is locked or gone, or its count has not grown. Devices that do not count say 0."""
    grown: Any = {"$lt": sign_count} if sign_count else 0
    where = {"_id": seen.id, "account": seen.account, "locked_at": {"$exists": False}, "sign_count": grown}
    change = {"sign_count": sign_count, "is_backed_up": is_backed_up, "used_at": now}
    return await mongo[PASSKEYS].update(where, {"$set": change})


async def lock_passkey(mongo: Mongo, account: str, id: str, now: datetime) -> bool:
    """It opens nothing any more; False when it did not before, or is gone."""
    where = {"_id": id, "account": account, "locked_at": {"$exists": False}}
    return await mongo[PASSKEYS].update(where, {"$set": {"locked_at": now}})


async def rename_passkey(mongo: Mongo, account: str, id: str, name: bytes) -> bool:
    """False when there is no such one."""
    return await mongo[PASSKEYS].update({"_id": id, "account": account}, {"$set": {"name": name}})


async def remove_passkey(mongo: Mongo, account: str, id: str) -> bool:
    """False when there was none."""
    return await mongo[PASSKEYS].delete({"_id": id, "account": account})


async def remove_passkeys(mongo: Mongo, account: str) -> None:
    """All of the login's."""
    await mongo[PASSKEYS].delete_all({"account": account})
