"""Every query about what is to be sent later, how sending was asked to be, and what providers have said too early."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from hub.sending.models import EarlyStatus, LineTemplates, PartName, Scheduled, SendingPolicy
from hub.store.documents import as_document, read, written
from hub.store.indexes import Index
from hub.store.mongo import Document, Duplicate, Mongo

POLICIES, TEMPLATES, SCHEDULED = "sending_policies", "line_templates", "scheduled"
EARLY, PARTS = "early_statuses", "sent_parts"
# A status that nobody has waited for by then is of somebody else's message.
EARLY_FOR = timedelta(days=3)
# No provider says anything about a message any more by then; what was not said later, people have looked at.
KEPT_FOR = timedelta(days=90)
INDEXES = (
    Index(POLICIES, (("account", 1),)),
    Index(TEMPLATES, (("account", 1),)),
    # The thread last, since it may be one of several.
    Index(SCHEDULED, (("account", 1), ("ended_at", 1), ("thread", 1))),
    Index(SCHEDULED, (("account", 1), ("thread", 1), ("send_at", 1))),
    Index(SCHEDULED, (("account", 1), ("client_id", 1)), unique=True),
    Index(SCHEDULED, (("ended_at", 1),), expire_after=KEPT_FOR),
    Index(EARLY, (("account", 1), ("line", 1), ("provider_id", 1), ("state", 1)), unique=True),
    Index(EARLY, (("stored_at", 1),), expire_after=EARLY_FOR),
    Index(PARTS, (("account", 1), ("line", 1), ("provider_id", 1)), unique=True),
    Index(PARTS, (("stored_at", 1),), expire_after=KEPT_FOR),
)
SEALED = (SCHEDULED,)
# No conversation has more that is to be said later, and nobody looks further back at what was not said.
MOST = 100
WAITS: Document = {"ended_at": None}


async def find_policy(mongo: Mongo, account: str) -> SendingPolicy | None:
    """What the account has set."""
    found = await mongo[POLICIES].find_one({"_id": account, "account": account})
    return read(SendingPolicy, found) if found else None


async def put_policy(mongo: Mongo, policy: SendingPolicy) -> None:
    """In the place of the one before."""
    fields = {name: value for name, value in as_document(policy).items() if name != "_id"}
    gone = {} if policy.quiet else {"$unset": {"quiet": ""}}
    where = {"_id": policy.account, "account": policy.account}
    await mongo[POLICIES].update(where, {"$set": fields, **gone}, upsert=True)


async def find_templates(mongo: Mongo, account: str, line: str) -> LineTemplates | None:
    """Those that were told of a line."""
    found = await mongo[TEMPLATES].find_one({"_id": line, "account": account})
    return read(LineTemplates, found) if found else None


async def put_templates(mongo: Mongo, templates: LineTemplates) -> None:
    """In the place of those before."""
    where = {"_id": templates.id, "account": templates.account}
    change = {"$set": {"account": templates.account, "items": written(templates.items)}}
    await mongo[TEMPLATES].update(where, change, upsert=True)


async def add_early(mongo: Mongo, status: EarlyStatus) -> None:
    """Keep it until its message is known; a repeat changes nothing."""
    try:
        await mongo[EARLY].insert(as_document(status))
    except Duplicate:
        return


async def list_early(mongo: Mongo, account: str, line: str, ids: list[str]) -> list[EarlyStatus]:
    """What was said of messages of these ids."""
    where = {"account": account, "line": line, "provider_id": {"$in": ids}}
    return [read(EarlyStatus, found) for found in await mongo[EARLY].find(where, limit=MOST)]


async def remove_early(mongo: Mongo, status: EarlyStatus) -> None:
    """It has reached its message."""
    await mongo[EARLY].delete({"_id": status.id, "account": status.account})


async def add_part_name(mongo: Mongo, name: PartName) -> None:
    """Store it; a repeat changes nothing."""
    try:
        await mongo[PARTS].insert(as_document(name))
    except Duplicate:
        return


async def find_part_name(mongo: Mongo, account: str, line: str, provider_id: str) -> PartName | None:
    """Which part of which entry the provider calls so."""
    found = await mongo[PARTS].find_one({"account": account, "line": line, "provider_id": provider_id})
    return read(PartName, found) if found else None


async def add_scheduled(mongo: Mongo, scheduled: Scheduled) -> None:
    """Store it, or raise Duplicate: a repeat."""
    await mongo[SCHEDULED].insert(as_document(scheduled))


async def find_scheduled(mongo: Mongo, account: str, **where: str) -> Scheduled | None:
    """By what is unique of it: `_id`, `client_id`."""
    found = await mongo[SCHEDULED].find_one({**where, "account": account})
    return read(Scheduled, found) if found else None


async def list_scheduled(mongo: Mongo, account: str, threads: Collection[str]) -> list[Scheduled]:
    """A conversation's, which may be several that became one: what waits, the next first, then what was not said, the
    latest first."""
    where = {"account": account, "thread": {"$in": [*threads]}}
    waits = await mongo[SCHEDULED].find(where | WAITS, sort=[("send_at", 1)], limit=MOST * len(threads))
    latest = await mongo[SCHEDULED].find(where, sort=[("send_at", -1)], limit=MOST + len(waits))
    ended = [one for one in latest if one.get("ended_at")]
    return [read(Scheduled, document) for document in (*waits, *ended)]


async def is_full(mongo: Mongo, account: str, threads: Collection[str]) -> bool:
    """Whether as much waits in the conversation, which may be several that became one, as may."""
    where = {"account": account, "thread": {"$in": [*threads]}}
    return await mongo[SCHEDULED].count(where | WAITS, limit=MOST) >= MOST


async def change_scheduled(mongo: Mongo, seen: Scheduled, where: Document, **fields: Any) -> bool:
    """Set fields, and remove those that become None; False when somebody has changed it meanwhile, or it is not as
    `where` says."""
    put = {name: written(value) for name, value in fields.items() if value is not None} | {"rev": seen.rev + 1}
    gone = {name: "" for name, value in fields.items() if value is None}
    change: Document = {"$set": put} | ({"$unset": gone} if gone else {})
    return await mongo[SCHEDULED].update({**where, "_id": seen.id, "account": seen.account, "rev": seen.rev}, change)


async def remove_scheduled(mongo: Mongo, seen: Scheduled, where: Document) -> bool:
    """False when somebody has changed it meanwhile, or it is not as `where` says."""
    return await mongo[SCHEDULED].delete({**where, "_id": seen.id, "account": seen.account, "rev": seen.rev})
