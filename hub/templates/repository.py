"""Every query about templates."""

from collections.abc import Sequence
from typing import Any

from hub.store.documents import as_document, read, written
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo
from hub.store.paging import Position, older_than
from hub.templates.models import POLICIES, TEMPLATES, KeptTemplate, KnownTemplate, State, TemplatePolicy

INDEXES = (
    Index(TEMPLATES, (("account", 1), ("line", 1), ("name", 1), ("language", 1)), unique=True),
    Index(TEMPLATES, (("account", 1), ("made_at", -1), ("_id", -1))),
    Index(POLICIES, (("account", 1),)),
)
SEALED = (TEMPLATES,)
# No line has more: so many are kept at a provider at most.
MOST = 6_000


async def add(mongo: Mongo, template: KeptTemplate) -> None:
    """Store it, or raise Duplicate: there is one of this name in this language."""
    await mongo[TEMPLATES].insert(as_document(template))


async def find(mongo: Mongo, account: str, id: str) -> KeptTemplate | None:
    """One of the account's."""
    found = await mongo[TEMPLATES].find_one({"_id": id, "account": account})
    return read(KeptTemplate, found) if found else None


async def find_named(mongo: Mongo, account: str, line: str, name: str, language: str) -> KeptTemplate | None:
    """The one of this name in this language."""
    where = {"account": account, "line": line, "name": name, "language": language}
    found = await mongo[TEMPLATES].find_one(where)
    return read(KeptTemplate, found) if found else None


async def list_named(mongo: Mongo, account: str, line: str, name: str) -> list[KeptTemplate]:
    """The languages of one name, without what was deleted."""
    where = {"account": account, "line": line, "name": name, "state": {"$ne": State.DELETED}}
    return [read(KeptTemplate, found) for found in await mongo[TEMPLATES].find(where, limit=MOST)]


async def list_of_line(mongo: Mongo, account: str, line: str) -> list[KeptTemplate]:
    """All of a line, deleted ones too."""
    found = await mongo[TEMPLATES].find({"account": account, "line": line}, limit=MOST)
    return [read(KeptTemplate, document) for document in found]


async def list_known(mongo: Mongo, account: str, line: str) -> list[KnownTemplate]:
    """Those of a line that its provider knows, without what they say."""
    where = {"account": account, "line": line, "state": {"$nin": [State.DRAFT, State.DELETED]}}
    found = await mongo[TEMPLATES].find(where, fields={"words": 0}, limit=MOST)
    return [read(KnownTemplate, document) for document in found]


async def list_shared(mongo: Mongo, seen: KeptTemplate, lines: Sequence[str]) -> list[KeptTemplate]:
    """The same template on others of these lines: the provider calls it by one id on all of them."""
    where = {"account": seen.account, "line": {"$in": [*lines]}, "name": seen.name, "language": seen.language}
    found = await mongo[TEMPLATES].find({**where, "provider_id": seen.provider_id}, limit=MOST)
    return [read(KeptTemplate, document) for document in found]


async def list_page(
    mongo: Mongo, account: str, where: Document, *, after: Position | None, limit: int
) -> list[KeptTemplate]:
    """A page, the youngest first."""
    query = {"account": account, **where, **older_than("made_at", after)}
    found = await mongo[TEMPLATES].find(query, sort=[("made_at", -1), ("_id", -1)], limit=limit)
    return [read(KeptTemplate, document) for document in found]


async def is_full(mongo: Mongo, account: str, line: str) -> bool:
    """Whether the line has as many as a line can have."""
    return await mongo[TEMPLATES].count({"account": account, "line": line}, limit=MOST) >= MOST


async def change(mongo: Mongo, seen: KeptTemplate, **fields: Any) -> bool:
    """Set fields; False when somebody has changed it since it was seen."""
    where = {"_id": seen.id, "account": seen.account, "rev": seen.rev}
    change = {name: written(value) for name, value in fields.items()}
    return await mongo[TEMPLATES].update(where, {"$set": {**change, "rev": seen.rev + 1}})


async def remove(mongo: Mongo, seen: KeptTemplate) -> bool:
    """False when somebody has changed it since it was seen."""
    return await mongo[TEMPLATES].delete({"_id": seen.id, "account": seen.account, "rev": seen.rev})


async def find_policy(mongo: Mongo, account: str) -> TemplatePolicy | None:
    """What the account has set."""
    found = await mongo[POLICIES].find_one({"_id": account, "account": account})
    return read(TemplatePolicy, found) if found else None


async def put_policy(mongo: Mongo, policy: TemplatePolicy) -> None:
    """In the place of the one before."""
    where = {"_id": policy.id, "account": policy.account}
    await mongo[POLICIES].update(where, {"$set": {"language": policy.language}}, upsert=True)
