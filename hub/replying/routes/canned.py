"""Canned replies over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.replying import canned, filling
from hub.replying.shapes import (
    CannedChange,
    CannedList,
    CannedShown,
    CannedTeam,
    CannedWanted,
    Filled,
    FillQuery,
)

TAG = Tag("Canned replies", "Replies that are written once and used often, with blanks for what differs.")
PATH = "/api/v1/canned"


async def list_canned(call: Call[None, Any]) -> CannedList:
    """Those of everybody and of the caller's teams; all, for whoever manages the account."""
    return await canned.list_canned(call.deps, call.caller)


async def make_canned(call: Call[CannedWanted, Any]) -> CannedShown:
    """One more. Blanks are `{{person.name|there}}`: what stands behind the bar is said where nothing is known."""
    return await canned.make(call.act, call.body)


async def show_canned(call: Call[None, Any]) -> CannedShown:
    """One of those that the caller may use."""
    return await canned.shown(call.deps, await canned.access_canned(call.deps, call.caller, call.path["canned_id"]))


async def change_canned(call: Call[CannedChange, Any]) -> CannedShown:
    """Another name, shortcut or text."""
    return await canned.change(call.act, call.path["canned_id"], call.body)


async def set_canned_team(call: Call[CannedTeam, Any]) -> CannedShown:
    """A team's own from now on, or everybody's."""
    return await canned.set_team(call.act, call.path["canned_id"], call.body.team_id)


async def delete_canned(call: Call[None, Any]) -> None:
    """Nobody uses it any more."""
    await canned.remove(call.act, call.path["canned_id"])


async def fill_canned(call: Call[None, FillQuery]) -> Filled:
    """The reply as the caller would send it in this conversation. A blank for which nothing is known is an error."""
    return await filling.filled(call.deps, call.caller, call.path["canned_id"], call.query.thread_id)


def managed(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who manage the account."""
    return Endpoint(
        method=method, path=PATH + path, handler=handler, permission=Permission.ACCOUNT_MANAGE, tag=TAG, **more
    )


def viewed(path: str, handler: Any, **more: Any) -> Endpoint:
    """For everybody who sees the account."""
    return Endpoint(
        method="GET", path=PATH + path, handler=handler, permission=Permission.ACCOUNT_VIEW, tag=TAG, **more
    )


ENDPOINTS = (
    viewed("", list_canned, answer=CannedList, summary="List canned replies"),
    managed(
        "POST", "", make_canned,
        body=CannedWanted, answer=CannedShown, status=201, creates=True, audit="canned.make",
        summary="Make a canned reply",
    ),
    viewed("/{canned_id}", show_canned, answer=CannedShown, summary="Show a canned reply"),
    managed(
        "PATCH", "/{canned_id}", change_canned,
        body=CannedChange, answer=CannedShown, audit="canned.change", summary="Change a canned reply",
    ),
    managed(
        "PUT", "/{canned_id}/team", set_canned_team,
        body=CannedTeam, answer=CannedShown, audit="canned.team", summary="Say whose a canned reply is",
    ),
    managed(
        "DELETE", "/{canned_id}", delete_canned,
        status=204, audit="canned.delete", summary="Delete a canned reply",
    ),
    Endpoint(
        method="GET", path=f"{PATH}/{{canned_id}}/filled", handler=fill_canned, permission=Permission.THREADS_REPLY,
        query=FillQuery, answer=Filled, summary="Fill the blanks of a canned reply", tag=TAG,
    ),
)  # fmt: skip
