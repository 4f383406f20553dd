"""What people do about due work: look, and revive what was given up."""

from collections.abc import Sequence

from hub.access import Caller
from hub.act import Act
from hub.deps import Deps
from hub.errors import NotFound
from hub.http.endpoint import PageQuery
from hub.store.mongo import Document
from hub.store.paging import cursor_of, position_of
from hub.work import repository
from hub.work.kinds import Kind, part_of
from hub.work.models import Buried, BuriedPage, KindReport, Revived, WorkReport

COUNTED_TO = 1000


class UnknownKind(NotFound):
    """There is no such kind of work."""

    code = "unknown_kind"


class NotBuried(NotFound):
    """There is nothing to revive."""

    code = "not_buried"


def access_kind(kinds: Sequence[Kind], name: str) -> Kind:
    """The kind of this name."""
    for kind in kinds:
        if kind.name == name:
            return kind
    raise UnknownKind("There is no work of this kind.", kind=name)


async def report(deps: Deps, caller: Caller, kinds: Sequence[Kind]) -> WorkReport:
    """How much waits and how much was given up, of each kind."""
    return WorkReport(kinds=[await report_kind(deps, caller, kind) for kind in kinds])


async def report_kind(deps: Deps, caller: Caller, kind: Kind) -> KindReport:
    """One kind's."""
    overdue = await repository.count_overdue(deps.mongo, kind, caller.bounds, deps.clock.now(), limit=COUNTED_TO)
    buried = await repository.count_buried(deps.mongo, kind, caller.bounds, limit=COUNTED_TO)
    return KindReport(kind=kind.name, overdue=overdue, buried=buried)


async def list_buried(deps: Deps, caller: Caller, kind: Kind, page: PageQuery) -> BuriedPage:
    """What was given up, the latest first."""
    after = position_of(page.cursor)
    found = await repository.list_buried(deps.mongo, kind, caller.bounds, after=after, limit=page.limit)
    items = [show(kind, document) for document in found]
    is_full = len(items) == page.limit
    return BuriedPage(items=items, next=cursor_of(items[-1].at, items[-1].id) if is_full else None)


async def revive(act: Act, kind: Kind, id: str) -> Revived:
    """Make it due again, with all its attempts before it."""
    deps, now = act.deps, act.deps.clock.now()
    act.note.target = {"kind": kind.name, "id": id}
    if not await repository.revive(deps.mongo, kind, act.caller.bounds, id, now):
        raise NotBuried("Nothing of this id was given up, or somebody has revived it already.", id=id)
    await deps.bell.ring(kind.name, id)
    act.note.after = {"due_at": now}
    return Revived(id=id, due_at=now)


def show(kind: Kind, document: Document) -> Buried:
    """As people see it."""
    grave = part_of(document, kind)["buried"]
    return Buried(id=document["_id"], account=document["account"], **grave)
