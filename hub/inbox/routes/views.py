"""Saved views over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint
from hub.inbox import saved
from hub.inbox.routes.threads import TAG
from hub.inbox.shapes import ViewChange, ViewList, ViewShown, ViewWanted

PATH = "/api/v1/views"


async def list_views(call: Call[None, Any]) -> ViewList:
    """One's own, and those that are shared."""
    return ViewList(items=await saved.list_views(call.deps, call.caller))


async def make_view(call: Call[ViewWanted, Any]) -> ViewShown:
    """Conditions over what a conversation is, joined by and/or in three levels at most."""
    return await saved.make(call.act, call.body)


async def change_view(call: Call[ViewChange, Any]) -> ViewShown:
    """One's own; those who manage the account change any that is shared."""
    return await saved.change(call.act, call.path["view_id"], call.body)


async def delete_view(call: Call[None, Any]) -> None:
    """The view goes, the conversations stay."""
    await saved.remove(call.act, call.path["view_id"])


def members(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For all members: a view is one's own, and shows nothing that one may not see."""
    return Endpoint(method=method, path=PATH + path, handler=handler, permission=Permission.MEMBERSHIP, tag=TAG, **more)


ENDPOINTS = (
    members("GET", "", list_views, answer=ViewList, summary="List saved views"),
    members(
        "POST", "", make_view,
        body=ViewWanted, answer=ViewShown, status=201, creates=True, audit="view.make", summary="Save a view",
    ),
    members(
        "PATCH", "/{view_id}", change_view,
        body=ViewChange, answer=ViewShown, audit="view.change", summary="Change a saved view",
    ),
    members("DELETE", "/{view_id}", delete_view, status=204, audit="view.delete", summary="Delete a saved view"),
)  # fmt: skip
