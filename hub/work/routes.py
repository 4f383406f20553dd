"""Due work over HTTP."""

from typing import Any

from hub.access import Permission
from hub.house import house_of
from hub.http.endpoint import Call, Endpoint, NoQuery, PageQuery, Tag
from hub.work import actions
from hub.work.models import BuriedPage, Revived, WorkReport

TAG = Tag("Work", "Whatever waits to be done, and what was given up after too many attempts.")


async def show_work(call: Call[None, NoQuery]) -> WorkReport:
    """Of each kind of due work: how much is overdue, how much was given up."""
    return await actions.report(call.deps, call.caller, house_of(call.request).kinds)


async def list_buried_work(call: Call[None, PageQuery]) -> BuriedPage:
    """What was given up after too many attempts, and why."""
    kind = actions.access_kind(house_of(call.request).kinds, call.path["kind"])
    return await actions.list_buried(call.deps, call.caller, kind, call.query)


async def revive_work(call: Call[None, Any]) -> Revived:
    """Make it due again, once its cause is mended."""
    kind = actions.access_kind(house_of(call.request).kinds, call.path["kind"])
    return await actions.revive(call.act, kind, call.path["id"])


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/api/v1/work",
        handler=show_work,
        permission=Permission.WORK_VIEW,
        answer=WorkReport,
        tag=TAG,
        summary="How much work waits",
    ),
    Endpoint(
        method="GET",
        path="/api/v1/work/{kind}/buried",
        handler=list_buried_work,
        permission=Permission.WORK_VIEW,
        query=PageQuery,
        answer=BuriedPage,
        tag=TAG,
        summary="Work that was given up",
    ),
    Endpoint(
        method="POST",
        path="/api/v1/work/{kind}/buried/{id}/revive",
        handler=revive_work,
        permission=Permission.WORK_MANAGE,
        answer=Revived,
        audit="work.revive",
        tag=TAG,
        summary="Try it again",
    ),
)
