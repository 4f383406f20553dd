"""What the API takes and shows of roles and permissions."""

from datetime import datetime

from hub.access import Permission
from hub.accounts.shapes import Grants, GrantShown, Name
from hub.http.endpoint import Input, Output


class RoleWanted(Input, frozen=True):
    """A role that an account makes itself."""

    name: Name
    grants: Grants


class RoleChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays."""

    name: Name | None = None
    grants: Grants | None = None


class RoleShown(Output, frozen=True):
    """What a member of this role may do, and how far each permission reaches. The four that come with every account do
    not change."""

    id: str
    name: str
    is_built_in: bool
    grants: list[GrantShown]
    made_at: datetime | None


class RoleList(Output, frozen=True):
    """The four that come with every account, then its own."""

    items: list[RoleShown]


class PermissionShown(Output, frozen=True):
    """Something that a role can allow. Without scopes it reaches the whole account."""

    permission: Permission
    about: str
    has_scopes: bool


class PermissionList(Output, frozen=True):
    """Everything that roles and keys can be made of."""

    items: list[PermissionShown]
