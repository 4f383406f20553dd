"""Members over HTTP."""

from typing import Any

from hub.access import Permission
from hub.accounts import members, presence, shutting_out, standing
from hub.accounts.shapes import MemberChange, MemberList, MemberShown
from hub.accounts.team_shapes import HoursWanted, MemberHours
from hub.http.endpoint import Call, Endpoint, Tag

TAG = Tag("Members", "Who works for the account, what each may do, and who is shut out.")
PATH = "/api/v1/members"


async def list_members(call: Call[None, Any]) -> MemberList:
    """As far as the permission reaches: oneself, one's teams, or all."""
    return MemberList(items=await members.list_members(call.deps, call.caller))


async def show_member(call: Call[None, Any]) -> MemberShown:
    """One member."""
    found = await standing.access_member(call.deps, call.caller, call.path["member_id"], Permission.MEMBERS_VIEW)
    return await members.shown(call.deps, *found)


async def change_member(call: Call[MemberChange, Any]) -> MemberShown:
    """Another role, other teams, another name. Nobody gives, or takes away, more than they have."""
    return await members.change_member(call.act, call.path["member_id"], call.body)


async def disable_member(call: Call[None, Any]) -> MemberShown:
    """Shut out, within seconds; what the member has done stays."""
    return await shutting_out.disable(call.act, call.path["member_id"])


async def enable_member(call: Call[None, Any]) -> MemberShown:
    """Let in again."""
    return await shutting_out.enable(call.act, call.path["member_id"])


async def remove_member(call: Call[None, Any]) -> None:
    """No member any more."""
    await shutting_out.remove(call.act, call.path["member_id"])


async def show_member_hours(call: Call[None, Any]) -> MemberHours:
    """When a member is there: by the own hours, or by those of the teams."""
    return await presence.show_member_hours(call.deps, call.caller, call.path["member_id"])


async def set_member_hours(call: Call[HoursWanted, Any]) -> MemberHours:
    """Own hours, which count in place of those of the teams; null takes them away again."""
    return await presence.set_member_hours(call.act, call.path["member_id"], call.body.hours)


def managed(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who manage members."""
    return Endpoint(
        method=method, path=PATH + path, handler=handler, permission=Permission.MEMBERS_MANAGE, tag=TAG, **more
    )


def viewed(path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who may see members."""
    return Endpoint(
        method="GET", path=PATH + path, handler=handler, permission=Permission.MEMBERS_VIEW, tag=TAG, **more
    )


ENDPOINTS = (
    viewed("", list_members, answer=MemberList, summary="List members"),
    viewed("/{member_id}", show_member, answer=MemberShown, summary="Show a member"),
    managed(
        "PATCH", "/{member_id}", change_member,
        body=MemberChange, answer=MemberShown, audit="member.change", summary="Change a member",
    ),
    managed("POST", "/{member_id}/disable", disable_member,
            answer=MemberShown, audit="member.disable", summary="Shut a member out"),
    managed("POST", "/{member_id}/enable", enable_member,
            answer=MemberShown, audit="member.enable", summary="Let a member in again"),
    managed("DELETE", "/{member_id}", remove_member, status=204, audit="member.remove", summary="Remove a member"),
    viewed("/{member_id}/hours", show_member_hours, answer=MemberHours, summary="Show a member's hours"),
    managed(
        "PUT", "/{member_id}/hours", set_member_hours,
        body=HoursWanted, answer=MemberHours, audit="member.hours", summary="Set a member's hours",
    ),
)  # fmt: skip
