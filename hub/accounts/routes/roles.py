"""Roles over HTTP."""

from typing import Any

from hub.access import Permission
from hub.accounts import custom_roles
from hub.accounts.role_shapes import PermissionList, RoleChange, RoleList, RoleShown, RoleWanted
from hub.http.endpoint import Call, Endpoint, Tag

TAG = Tag("Roles", "What members may do, and how far each permission reaches: one's own, one's teams', everything.")
PATH = "/api/v1/roles"
MANAGED: dict[str, Any] = {"permission": Permission.ROLES_MANAGE, "tag": TAG}
VIEWED: dict[str, Any] = {"permission": Permission.MEMBERS_VIEW, "tag": TAG}


async def list_roles(call: Call[None, Any]) -> RoleList:
    """The four that come with every account, then its own, each with what it allows."""
    return RoleList(items=await custom_roles.list_roles(call.deps, call.caller.account))


async def list_permissions(call: Call[None, Any]) -> PermissionList:
    """Everything that roles and keys can be made of, in plain words."""
    return PermissionList(items=custom_roles.list_permissions())


async def make_role(call: Call[RoleWanted, Any]) -> RoleShown:
    """A role of the account's own. It can allow no more than whoever makes it may do."""
    return await custom_roles.make(call.act, call.body)


async def change_role(call: Call[RoleChange, Any]) -> RoleShown:
    """Another name, other grants, for all who have it and within seconds. It takes whatever the role allows, before and
    after."""
    return await custom_roles.change(call.act, call.path["role_id"], call.body)


async def delete_role(call: Call[None, Any]) -> None:
    """The role goes, once nobody has it or is invited to it."""
    await custom_roles.delete(call.act, call.path["role_id"])


ENDPOINTS = (
    Endpoint(method="GET", path=PATH, handler=list_roles, answer=RoleList, summary="List roles", **VIEWED),
    Endpoint(
        method="POST", path=PATH, handler=make_role, body=RoleWanted, answer=RoleShown, status=201, creates=True,
        audit="role.make", summary="Make a role", **MANAGED,
    ),
    Endpoint(
        method="PATCH", path=PATH + "/{role_id}", handler=change_role, body=RoleChange, answer=RoleShown,
        audit="role.change", summary="Change a role", **MANAGED,
    ),
    Endpoint(
        method="DELETE", path=PATH + "/{role_id}", handler=delete_role, status=204,
        audit="role.delete", summary="Delete a role", **MANAGED,
    ),
    Endpoint(
        method="GET", path="/api/v1/permissions", handler=list_permissions, answer=PermissionList,
        summary="List permissions", **VIEWED,
    ),
)  # fmt: skip
