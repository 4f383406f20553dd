"""Teams over HTTP."""

from typing import Any

from hub.access import Permission
from hub.accounts import teams
from hub.accounts.team_shapes import HoursWanted, TeamChange, TeamList, TeamShown, TeamWanted
from hub.http.endpoint import Call, Endpoint, Tag

TAG = Tag("Teams", "Members who work together, and when they are there.")
PATH = "/api/v1/teams"


async def list_teams(call: Call[None, Any]) -> TeamList:
    """As far as the permission reaches: all, or those that one is in."""
    return TeamList(items=await teams.list_teams(call.deps, call.caller))


async def show_team(call: Call[None, Any]) -> TeamShown:
    """One team: who is in it, whether it is there now, and if not, from when on."""
    return await teams.show_team(call.deps, call.caller, call.path["team_id"])


async def make_team(call: Call[TeamWanted, Any]) -> TeamShown:
    """A team without members. No two have the same name."""
    return await teams.make(call.act, call.body)


async def change_team(call: Call[TeamChange, Any]) -> TeamShown:
    """Another name."""
    return await teams.change(call.act, call.path["team_id"], call.body)


async def delete_team(call: Call[None, Any]) -> None:
    """The team goes; its members stay members."""
    await teams.delete(call.act, call.path["team_id"])


async def put_team_member(call: Call[None, Any]) -> TeamShown:
    """One member more. It takes whatever the member's role grants for teams: by being in a team, one reaches it."""
    return await teams.put_member(call.act, call.path["team_id"], call.path["member_id"])


async def take_out_team_member(call: Call[None, Any]) -> TeamShown:
    """One member less."""
    return await teams.take_out_member(call.act, call.path["team_id"], call.path["member_id"])


async def set_team_hours(call: Call[HoursWanted, Any]) -> TeamShown:
    """When the team is there, by the clock of its zone; always, without hours."""
    return await teams.set_hours(call.act, call.path["team_id"], call.body.hours)


def managed(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who manage teams."""
    return Endpoint(
        method=method, path=PATH + path, handler=handler, permission=Permission.TEAMS_MANAGE, tag=TAG, **more
    )


def viewed(path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who may see members."""
    return Endpoint(
        method="GET", path=PATH + path, handler=handler, permission=Permission.MEMBERS_VIEW, tag=TAG, **more
    )


ENDPOINTS = (
    viewed("", list_teams, answer=TeamList, summary="List teams"),
    managed(
        "POST", "", make_team,
        body=TeamWanted, answer=TeamShown, status=201, creates=True, audit="team.make", summary="Make a team",
    ),
    viewed("/{team_id}", show_team, answer=TeamShown, summary="Show a team"),
    managed(
        "PATCH", "/{team_id}", change_team,
        body=TeamChange, answer=TeamShown, audit="team.change", summary="Change a team",
    ),
    managed("DELETE", "/{team_id}", delete_team, status=204, audit="team.delete", summary="Delete a team"),
    managed(
        "PUT", "/{team_id}/members/{member_id}", put_team_member,
        answer=TeamShown, audit="team.put_member", summary="Put a member into a team",
    ),
    managed(
        "DELETE", "/{team_id}/members/{member_id}", take_out_team_member,
        answer=TeamShown, audit="team.take_out_member", summary="Take a member out of a team",
    ),
    managed(
        "PUT", "/{team_id}/hours", set_team_hours,
        body=HoursWanted, answer=TeamShown, audit="team.hours", summary="Set a team's hours",
    ),
)  # fmt: skip
