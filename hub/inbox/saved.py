"""Views that members make for themselves, or for everybody."""

from typing import Any

from hub.access import Caller, Permission
from hub.act import Act
from hub.deps import Deps
from hub.inbox import repository
from hub.inbox.errors import NoSuchView, TooManyViews
from hub.inbox.filters import Filter, Viewer, compiled
from hub.inbox.models import NAME_PLACE, SavedView
from hub.inbox.shapes import ViewChange, ViewShown, ViewWanted
from hub.inbox.views import access_view
from hub.store.mongo import Duplicate


async def list_views(deps: Deps, caller: Caller) -> list[ViewShown]:
    """One's own and those that are shared, in the order of their making."""
    own = await repository.list_views(deps.mongo, caller.account, owner=caller.id)
    shared = await repository.list_views(deps.mongo, caller.account, is_shared=True)
    views = {view.id: view for view in (*own, *shared)}
    return [await shown(deps, views[id]) for id in sorted(views)]


async def make(act: Act, wanted: ViewWanted) -> ViewShown:
    """One more; a member has no more of them than a list shows."""
    deps, account = act.deps, act.account
    check_filter(act, wanted.filter)
    if len(await repository.list_views(deps.mongo, account, owner=act.caller.id)) >= repository.MOST_VIEWS:
        raise TooManyViews(f"A member has {repository.MOST_VIEWS} views at most.", most=repository.MOST_VIEWS)
    view = SavedView(
        id=act.new_id,
        account=account,
        name=await deps.sealer.seal(account, NAME_PLACE, wanted.name),
        owner=act.caller.id,
        made_at=deps.clock.now(),
        filter=wanted.filter,
        sort=wanted.sort,
        is_shared=wanted.is_shared,
    )
    try:
        await repository.add_view(deps.mongo, view)
    except Duplicate:
        # A repeat of the request: the first has stored it.
        view = await access_view(deps, act.caller, view.id)
    act.note.target, act.note.after = {"view": view.id}, (made := await shown(deps, view))
    return made


async def change(act: Act, id: str, wanted: ViewChange) -> ViewShown:
    """What is said in the change; the rest stays."""
    view = await access_to_change(act, id)
    if wanted.filter is not None:
        check_filter(act, wanted.filter)
    said = {"filter": wanted.filter, "sort": wanted.sort, "is_shared": wanted.is_shared}
    fields: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    if wanted.name is not None:
        fields["name"] = await act.deps.sealer.seal(act.account, NAME_PLACE, wanted.name)
    if fields and not await repository.change_view(act.deps.mongo, view, **fields):
        raise NoSuchView("There is no such view any more.", view=id)
    after = await repository.find_view(act.deps.mongo, act.account, id) or view
    act.note.after = changed = await shown(act.deps, after)
    return changed


async def remove(act: Act, id: str) -> None:
    """The view goes; what it has shown stays."""
    view = await access_to_change(act, id)
    if not await repository.remove_view(act.deps.mongo, act.account, view.id):
        raise NoSuchView("There is no such view any more.", view=id)


async def access_to_change(act: Act, id: str) -> SavedView:
    """One's own; of the shared ones any, for those who manage the account. It goes into the audit log as it was."""
    view = await access_view(act.deps, act.caller, id)
    if view.owner != act.caller.id and not act.caller.may(Permission.ACCOUNT_MANAGE):
        raise NoSuchView("This view is somebody else's: only they and those who manage the account change it.", view=id)
    act.note.target, act.note.before = {"view": id}, await shown(act.deps, view)
    return view


def check_filter(act: Act, filter: Filter) -> None:
    """Raise BadFilter now, and not whenever somebody opens the view."""
    compiled(filter, Viewer(act.caller.id, act.caller.teams, act.deps.clock.now()))


async def shown(deps: Deps, view: SavedView) -> ViewShown:
    """As the API shows it."""
    return ViewShown(
        id=view.id,
        name=await deps.sealer.text(view.account, NAME_PLACE, view.name),
        owner=view.owner,
        filter=view.filter,
        sort=view.sort,
        is_shared=view.is_shared,
        made_at=view.made_at,
    )
