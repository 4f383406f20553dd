"""Which conversations a view shows, and to whom."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from hub.access import Caller
from hub.deps import Deps
from hub.inbox import repository
from hub.inbox.errors import NoSuchView, UnknownView
from hub.inbox.filters import Viewer, compiled
from hub.inbox.models import SavedView, Sort
from hub.store.ids import is_id
from hub.store.mongo import Document
from hub.threads.access import Reach
from hub.threads.models import ThreadStatus

OPEN = ThreadStatus.OPEN.value
TEAM = "team:"
NEWEST: Sort = "newest"
BUILT_IN: Mapping[str, Callable[[str], Document]] = {
    "mine": lambda me: {"owner.id": me, "status": OPEN},
    # Nobody has no id.
    "unassigned": lambda _: {"owner.id": "", "status": OPEN},
    "all": lambda _: {"status": OPEN},
    "unread": lambda me: {"unread_for": me},
    "mentions": lambda me: {"mentions": me},
    "failed": lambda _: {"has_failed": True},
    "snoozed": lambda _: {"status": ThreadStatus.SNOOZED.value},
    "closed": lambda _: {"status": ThreadStatus.CLOSED.value},
}


class Listed(NamedTuple):
    """What a view asks for, and in which order it shows it."""

    where: Document
    sort: Sort


async def listed_in(deps: Deps, caller: Caller, view: str, reach: Reach | None) -> Listed:
    """What the view shows to the caller, as far as the permission reaches; or UnknownView."""
    if view in BUILT_IN:
        where, sort = BUILT_IN[view](caller.id), NEWEST
    elif view.startswith(TEAM):
        where, sort = {"team": view.removeprefix(TEAM), "status": OPEN}, NEWEST
    else:
        saved = await find_seen(deps, caller, view)
        if saved is None:
            raise UnknownView("There is no such view.", view=view)
        viewer = Viewer(caller.id, caller.teams, deps.clock.now())
        where, sort = of_any_status(compiled(saved.filter, viewer)), saved.sort
    return Listed({**where, **within(reach)}, sort)


def of_any_status(where: Document) -> Document:
    """A filter that says nothing of the status names all of them: the indexes of lists begin with it."""
    return where if "status" in where else {**where, "status": {"$in": [status.value for status in ThreadStatus]}}


def within(reach: Reach | None) -> Document:
    """How far the permission reaches, as a part of a query."""
    if reach is None:
        return {}
    return {"reach": next(iter(reach)) if len(reach) == 1 else {"$in": sorted(reach)}}


async def access_view(deps: Deps, caller: Caller, id: str) -> SavedView:
    """One's own, or one that is shared; others do not exist."""
    view = await find_seen(deps, caller, id)
    if view is None:
        raise NoSuchView("There is no such view.", id=id)
    return view


async def find_seen(deps: Deps, caller: Caller, id: str) -> SavedView | None:
    """A saved view that the caller may see."""
    view = await repository.find_view(deps.mongo, caller.account, id) if is_id(id) else None
    return view if view and (view.is_shared or view.owner == caller.id) else None
