"""Lines over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.lines import actions, health, showing
from hub.lines.health import HealthShown
from hub.lines.shapes import ChannelList, LineChange, LineList, LineShown, LineTeam, LineWanted, SecondLine

TAG = Tag("Lines", "The numbers, mailboxes and sites that the account is reached at.")
PATH = "/api/v1/lines"


async def list_channels(_: Call[None, Any]) -> ChannelList:
    """Which providers there are, and what a line of each needs."""
    return ChannelList(items=showing.channels_shown())


async def list_lines(call: Call[None, Any]) -> LineList:
    """All lines, and how they fare."""
    lines = await actions.list_lines(call.deps, call.caller.account)
    return LineList(items=[await showing.line_shown(call.deps, line) for line in lines])


async def show_line(call: Call[None, Any]) -> LineShown:
    """One line, with the URL that its provider must know."""
    return await showing.line_shown(call.deps, await actions.access_line(call.deps, call.caller, call.path["line_id"]))


async def show_line_health(call: Call[None, Any]) -> HealthShown:
    """When something came and went last, what was refused and why. At most some seconds old."""
    return health.shown(await actions.access_line(call.deps, call.caller, call.path["line_id"]))


async def make_line(call: Call[LineWanted, Any]) -> LineShown:
    """Connect a number, mailbox or site. No two have the same address on one medium."""
    return await actions.make_line(call.act, call.body)


async def change_line(call: Call[LineChange, Any]) -> LineShown:
    """Another name, other credentials, another pace."""
    return await actions.change_line(call.act, call.path["line_id"], call.body)


async def set_line_team(call: Call[LineTeam, Any]) -> LineShown:
    """The team that is asked first about what comes in on it."""
    return await actions.set_team(call.act, call.path["line_id"], call.body.team_id)


async def set_second_line(call: Call[SecondLine, Any]) -> LineShown:
    """What messages go over while this line's provider is down."""
    return await actions.set_second(call.act, call.path["line_id"], call.body.line_id)


async def pause_line(call: Call[None, Any]) -> LineShown:
    """Nothing is sent on it until it goes on; what comes in is taken all the same."""
    return await actions.set_paused(call.act, call.path["line_id"], is_paused=True)


async def resume_line(call: Call[None, Any]) -> LineShown:
    """It goes on."""
    return await actions.set_paused(call.act, call.path["line_id"], is_paused=False)


async def remove_line(call: Call[None, Any]) -> None:
    """Nothing comes or goes on it any more; what was said on it stays."""
    await actions.remove_line(call.act, call.path["line_id"])


def managed(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who connect lines."""
    return Endpoint(
        method=method, path=PATH + path, handler=handler, permission=Permission.LINES_MANAGE, tag=TAG, **more
    )


def viewed(path: str, handler: Any, **more: Any) -> Endpoint:
    """For everybody in the account."""
    return Endpoint(method="GET", path=path, handler=handler, permission=Permission.ACCOUNT_VIEW, tag=TAG, **more)


ENDPOINTS = (
    viewed("/api/v1/channels", list_channels, answer=ChannelList, summary="List providers"),
    viewed(PATH, list_lines, answer=LineList, summary="List lines"),
    managed(
        "POST", "", make_line,
        body=LineWanted, answer=LineShown, status=201, creates=True, audit="line.make", summary="Connect a line",
    ),
    viewed(f"{PATH}/{{line_id}}", show_line, answer=LineShown, summary="Show a line"),
    managed(
        "PATCH", "/{line_id}", change_line,
        body=LineChange, answer=LineShown, audit="line.change", summary="Change a line",
    ),
    managed("DELETE", "/{line_id}", remove_line, status=204, audit="line.remove", summary="Remove a line"),
    managed(
        "PUT", "/{line_id}/team", set_line_team,
        body=LineTeam, answer=LineShown, audit="line.team", summary="Set a line's team",
    ),
    managed(
        "PUT", "/{line_id}/second", set_second_line,
        body=SecondLine, answer=LineShown, audit="line.second", summary="Set a line's second line",
    ),
    managed("POST", "/{line_id}/pause", pause_line, answer=LineShown, audit="line.pause", summary="Pause a line"),
    managed("POST", "/{line_id}/resume", resume_line, answer=LineShown, audit="line.resume", summary="Go on"),
    viewed(f"{PATH}/{{line_id}}/health", show_line_health, answer=HealthShown, summary="Show how a line fares"),
)  # fmt: skip
