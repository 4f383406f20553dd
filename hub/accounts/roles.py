"""Roles are data: which permission reaches how far. Four come with every account, which can make more of its own."""

from collections.abc import Collection, Mapping

from hub.access import OF_NO_ROLE, OF_OPERATORS, SCOPED, Caller, Grants, Permission, Scope
from hub.errors import Forbidden, Invalid

# Whatever an account can grant at all.
GRANTABLE = frozenset(Permission) - OF_NO_ROLE - OF_OPERATORS
# Handing on and closing the account, and how its members sign in: for owners, in person.
OF_OWNERS = frozenset({Permission.ACCOUNT_OWN})
OF_KEYS = GRANTABLE - OF_OWNERS

OWNER, ADMIN, EDITOR, VIEWER = "owner", "admin", "editor", "viewer"
BUILT_IN: Mapping[str, Grants] = {
    OWNER: dict.fromkeys(GRANTABLE, Scope.ALL),
    ADMIN: dict.fromkeys(GRANTABLE - OF_OWNERS - {Permission.BILLING_MANAGE}, Scope.ALL),
    EDITOR: {
        Permission.ACCOUNT_VIEW: Scope.ALL,
        Permission.MEMBERS_VIEW: Scope.ALL,
        Permission.THREADS_VIEW: Scope.ALL,
        Permission.THREADS_FOLLOW: Scope.ALL,
        Permission.THREADS_REPLY: Scope.ALL,
        Permission.THREADS_ASSIGN: Scope.TEAM,
        Permission.PEOPLE_VIEW: Scope.ALL,
        Permission.PEOPLE_EDIT: Scope.ALL,
        Permission.MAGNETS_WRITE: Scope.ALL,
        Permission.ANALYTICS_VIEW: Scope.TEAM,
        Permission.AUDIT_VIEW: Scope.OWN,
    },
    VIEWER: {
        Permission.ACCOUNT_VIEW: Scope.ALL,
        Permission.MEMBERS_VIEW: Scope.ALL,
        Permission.THREADS_VIEW: Scope.ALL,
        Permission.THREADS_FOLLOW: Scope.ALL,
        Permission.PEOPLE_VIEW: Scope.ALL,
        Permission.ANALYTICS_VIEW: Scope.ALL,
    },
}


class NotYours(Forbidden):
    """Nobody gives, or takes away, what they do not have."""

    code = "not_yours_to_give"


class BadGrants(Invalid):
    """These permissions do not make a role or a key."""

    code = "bad_grants"


def check_grants(grants: Grants, grantable: frozenset[Permission] = OF_KEYS) -> None:
    """Only what can be granted, as far as it can reach."""
    if strange := grants.keys() - grantable:
        raise BadGrants("These cannot be granted here.", permissions=sorted(strange))
    if wide := {one for one, scope in grants.items() if one not in SCOPED and scope is not Scope.ALL}:
        raise BadGrants("These belong to nobody in particular: their scope is `all`.", permissions=sorted(wide))


def check_may_give(caller: Caller, grants: Grants) -> None:
    """Raise unless the caller has all of it, as far as it reaches. The operator gives what there is."""
    if caller.kind == "operator":
        return
    lacking = [one for one, scope in grants.items() if one not in caller.grants or not caller.grants[one].covers(scope)]
    if lacking:
        raise NotYours("You can give, change and take away only what you may do yourself.", permissions=sorted(lacking))


def check_may_place(caller: Caller, grants: Grants, teams: Collection[str]) -> None:
    """Raise unless the caller reaches these teams by whatever a member with these grants reaches its teams by: being
    put into a team gives as much as a role does."""
    reach = Scope.TEAM if caller.teams.issuperset(teams) else Scope.ALL
    check_may_give(caller, {one: reach for one, scope in grants.items() if scope is Scope.TEAM and teams})
