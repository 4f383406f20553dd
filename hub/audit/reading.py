"""Reading the log: who may see which entries, and what they say."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import msgspec

from hub.access import Caller, Permission
from hub.accounts.standing import whose
from hub.audit import repository
from hub.audit.log import PLACE
from hub.audit.models import AuditEntry, AuditFilters, AuditPage, AuditQuery
from hub.audit.repository import Wanted
from hub.deps import Deps
from hub.errors import Invalid
from hub.store.mongo import Document
from hub.store.sealed import Unreadable

CURSOR = re.compile(r"[0-9]{1,18}")


class Detail(msgspec.Struct, frozen=True):
    """The sealed part of an entry; without an address it could not be read."""

    address: str | None = None
    before: object = None
    after: object = None


async def list_entries(deps: Deps, caller: Caller, query: AuditQuery) -> AuditPage:
    """One page, the latest first."""
    below = seq_of(query.cursor)
    wanted = await wanted_by(deps, caller, query)
    found = await repository.list_latest(deps.mongo, caller.account, wanted, below=below, limit=query.limit)
    items = [await show(deps, document) for document in found]
    return AuditPage(items=items, next=str(items[-1].seq) if len(items) == query.limit else None)


async def each_part(deps: Deps, caller: Caller, filters: AuditFilters) -> AsyncIterator[list[AuditEntry]]:
    """Everything, the earliest first, in parts that are never large."""
    wanted = await wanted_by(deps, caller, filters)
    async for found in repository.each_span(deps.mongo, caller.account, wanted):
        yield [await show(deps, document) for document in found]


async def wanted_by(deps: Deps, caller: Caller, filters: AuditFilters) -> Wanted:
    """What is asked for, as far as the caller's permission reaches."""
    after, before = in_utc(filters.after, "after"), in_utc(filters.before, "before")
    actors = await whose(deps, caller, Permission.AUDIT_VIEW)
    return Wanted(actors, filters.actor, filters.action, filters.target, after, before)


async def show(deps: Deps, document: Document) -> AuditEntry:
    """One entry, with what its sealed part says."""
    detail = await detail_of(deps, document)
    plain = {name: document[name] for name in ("seq", "at", "actor", "action", "target", "status", "request")}
    entry = {**plain, "id": document["_id"], "hash": document["hash"].hex(), **msgspec.structs.asdict(detail)}
    return msgspec.convert(entry, AuditEntry)


async def detail_of(deps: Deps, document: Document) -> Detail:
    """One damaged entry must not hide the others: then there is nothing to say."""
    try:
        plain = await deps.sealer.unseal(document["account"], PLACE, document["detail"])
    except Unreadable:
        return Detail()
    return msgspec.json.decode(plain, type=Detail)


def seq_of(cursor: str) -> int | None:
    """The number that a cursor names; an empty one is the beginning."""
    if cursor and not CURSOR.fullmatch(cursor):
        raise Invalid("This is not a cursor that a list has given.", field="cursor")
    return int(cursor) if cursor else None


def in_utc(moment: datetime | None, field: str) -> datetime | None:
    """The time as it is stored; in some zones the first and the last day of all have no such time."""
    try:
        return moment and moment.astimezone(UTC)
    except OverflowError:
        raise Invalid("This time is beyond what can be asked for.", field=field) from None
