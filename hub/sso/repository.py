"""Every query about identity providers and domains."""

from datetime import datetime

from hub.sso.models import Domain, Registration
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Mongo

SSO, DOMAINS = "sso", "domains"
SEALED = (SSO, DOMAINS)
INDEXES = (
    Index(SSO, (("account", 1),)),
    Index(DOMAINS, (("account", 1), ("key", 1)), unique=True),
    Index(DOMAINS, (("proved", 1),), unique=True, sparse=True),
)
# No account has more domains.
MOST = 1_000


async def find_registration(mongo: Mongo, account: str) -> Registration | None:
    """The account's provider."""
    found = await mongo[SSO].find_one({"_id": account, "account": account})
    return read(Registration, found) if found else None


async def add_registration(mongo: Mongo, registration: Registration) -> None:
    """The first of the account, or Duplicate."""
    await mongo[SSO].insert(as_document(registration))


async def replace_registration(mongo: Mongo, seen: Registration, registration: Registration) -> bool:
    """Another one in its place; False when it was changed meanwhile."""
    where = {"_id": seen.id, "account": seen.account, "revision": seen.revision}
    return await mongo[SSO].update(where, {"$set": as_document(registration)})


async def remove_registration(mongo: Mongo, account: str) -> bool:
    """False when there was none."""
    return await mongo[SSO].delete({"_id": account, "account": account})


async def add_domain(mongo: Mongo, domain: Domain) -> None:
    """Claimed, and not proved; or Duplicate."""
    await mongo[DOMAINS].insert(as_document(domain))


async def count_domains(mongo: Mongo, account: str) -> int:
    """How many the account has."""
    return await mongo[DOMAINS].count({"account": account}, limit=MOST)


async def find_domain(mongo: Mongo, account: str, id: str) -> Domain | None:
    """One of the account's."""
    found = await mongo[DOMAINS].find_one({"_id": id, "account": account})
    return read(Domain, found) if found else None


async def list_domains(mongo: Mongo, account: str) -> list[Domain]:
    """The account's, in the order of their making."""
    found = await mongo[DOMAINS].find({"account": account}, limit=MOST)
    return sorted((read(Domain, one) for one in found), key=lambda domain: domain.id)


async def find_proved(mongo: Mongo, key: bytes) -> Domain | None:
    """Whoever's it is: there is one account at most."""
    found = await mongo[DOMAINS].find_one({"proved": key})
    return read(Domain, found) if found else None


async def prove_domain(mongo: Mongo, domain: Domain, now: datetime) -> bool:
    """It is the account's, or Duplicate when it is another's; False when it is claimed no more."""
    change = {"proved": domain.key, "proved_at": now}
    return await mongo[DOMAINS].update({"_id": domain.id, "account": domain.account}, {"$set": change})


async def disprove_domain(mongo: Mongo, seen: Domain) -> None:
    """It is claimed only, unless it was proved anew meanwhile."""
    where = {"_id": seen.id, "account": seen.account, "proved_at": seen.proved_at}
    await mongo[DOMAINS].update(where, {"$unset": {"proved": "", "proved_at": ""}})


async def remove_domain(mongo: Mongo, account: str, id: str) -> bool:
    """False when there was none."""
    return await mongo[DOMAINS].delete({"_id": id, "account": account})
