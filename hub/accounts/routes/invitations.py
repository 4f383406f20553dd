"""Invitations over HTTP, for those who invite."""

from typing import Any

from hub.access import Permission
from hub.accounts import invitations
from hub.accounts.shapes import InvitationList, Invite, Invited
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate

TAG = Tag("Invitations", "A link that makes somebody a member, once, within some days.")
PATH = "/api/v1/invitations"
DECLARED: dict[str, Any] = {"permission": Permission.MEMBERS_MANAGE, "tag": TAG}


async def invite_member(call: Call[Invite, Any]) -> Invited:
    """Mailed where mail is set up; otherwise the answer holds the link, to be handed on."""
    return await invitations.invite(call.act, call.body)


async def list_invitations(call: Call[None, Any]) -> InvitationList:
    """Those that were not accepted yet."""
    return InvitationList(items=await invitations.list_invitations(call.deps, call.caller.account))


async def withdraw_invitation(call: Call[None, Any]) -> None:
    """The link is good no more."""
    await invitations.withdraw(call.act, call.path["invitation_id"])


ENDPOINTS = (
    Endpoint(
        method="POST", path=PATH, handler=invite_member, body=Invite, answer=Invited, status=201, creates=True,
        rate=Rate(60), audit="invitation.make", summary="Invite somebody", **DECLARED,
    ),
    Endpoint(
        method="GET", path=PATH, handler=list_invitations, answer=InvitationList, summary="List invitations", **DECLARED
    ),
    Endpoint(
        method="DELETE", path=PATH + "/{invitation_id}", handler=withdraw_invitation, status=204,
        audit="invitation.withdraw", summary="Withdraw an invitation", **DECLARED,
    ),
)  # fmt: skip
