"""Who is asking, what that one may do, and how far it reaches."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from starlette.requests import HTTPConnection

from hub.deps import Deps
from hub.errors import Forbidden, Unauthenticated

# What belongs to no business is kept and sealed under this name, which no account can have.
INSTALLATION = "installation"


class Permission(StrEnum):
    """Everything that can be allowed or not. Each is explained in docs/api.md."""

    PUBLIC = "public"
    # What all members may do for themselves; no role and no key has to say so. The second only once they have shown all
    # that their account asks for.
    ME = "me"
    MEMBERSHIP = "me.membership"
    # What somebody may who visits a page with the widget on it.
    VISIT = "visit"
    # The operator's, who belongs to no account.
    METRICS_VIEW = "metrics.view"
    ACCOUNTS_VIEW = "accounts.view"
    ACCOUNTS_MANAGE = "accounts.manage"
    # What roles and keys are made of.
    ACCOUNT_VIEW = "account.view"
    ACCOUNT_MANAGE = "account.manage"
    ACCOUNT_OWN = "account.own"
    AGENTS_MANAGE = "agents.manage"
    ANALYTICS_VIEW = "analytics.view"
    AUDIT_VIEW = "audit.view"
    BILLING_MANAGE = "billing.manage"
    CAMPAIGNS_MANAGE = "campaigns.manage"
    INTEGRATIONS_MANAGE = "integrations.manage"
    KEYS_MANAGE = "keys.manage"
    LINES_MANAGE = "lines.manage"
    MAGNETS_WRITE = "magnets.write"
    MEMBERS_VIEW = "members.view"
    MEMBERS_MANAGE = "members.manage"
    PEOPLE_VIEW = "people.view"
    PEOPLE_EDIT = "people.edit"
    PEOPLE_ERASE = "people.erase"
    PEOPLE_EXPORT = "people.export"
    ROLES_MANAGE = "roles.manage"
    TEAMS_MANAGE = "teams.manage"
    TEMPLATES_MANAGE = "templates.manage"
    THREADS_VIEW = "threads.view"
    THREADS_FOLLOW = "threads.follow"
    THREADS_REPLY = "threads.reply"
    THREADS_ASSIGN = "threads.assign"
    WORK_VIEW = "work.view"
    WORK_MANAGE = "work.manage"


class Scope(StrEnum):
    """How far a permission reaches: what is one's own, what is of one's teams, everything of the account."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"

    def covers(self, other: "Scope") -> bool:
        """Whether it reaches as far."""
        return ORDER.index(self) >= ORDER.index(other)


ORDER = tuple(Scope)
Grants = Mapping[Permission, Scope]

OF_NO_ROLE = frozenset({Permission.PUBLIC, Permission.ME, Permission.MEMBERSHIP, Permission.VISIT})
OF_OPERATORS = frozenset({Permission.METRICS_VIEW, Permission.ACCOUNTS_VIEW, Permission.ACCOUNTS_MANAGE})
# What belongs to somebody can be granted for one's own or one's teams' only; everything else is the account's.
SCOPED = frozenset(
    {Permission.ANALYTICS_VIEW, Permission.AUDIT_VIEW, Permission.MEMBERS_VIEW}
    | {Permission.PEOPLE_VIEW, Permission.PEOPLE_EDIT, Permission.PEOPLE_EXPORT}
    | {Permission.THREADS_VIEW, Permission.THREADS_FOLLOW, Permission.THREADS_REPLY, Permission.THREADS_ASSIGN}
)


class Everywhere:
    """Not bound to one account: how far the operator sees."""


EVERYWHERE = Everywhere()
Bounds = str | Everywhere


@dataclass(frozen=True)
class Caller:
    """Whoever is asking. The account comes from the credential, never from the input; strangers and the operator
    belong to the installation."""

    kind: Literal["stranger", "operator", "member", "key", "visitor"]
    id: str = ""
    account: str = INSTALLATION
    grants: Grants = field(default_factory=dict)
    teams: frozenset[str] = frozenset()
    # Of members: who signed in, and by which session.
    login: str = ""
    session: str = ""
    # The account asks for a second factor that this session has not shown.
    lacks_second_factor: bool = False
    # The account lets its members in by its identity provider only, and this session was begun otherwise.
    lacks_sso: bool = False
    # The account whose identity provider has let them in; it speaks for no other.
    bound_to: str | None = None
    # Of visitors: on which line, which is a site of the account, and on pages of which origin.
    line: str = ""
    origin: str = ""

    @property
    def bounds(self) -> Bounds:
        """What a list may show: the operator sees all accounts, anybody else one."""
        return EVERYWHERE if self.kind == "operator" else self.account

    def may(self, permission: Permission) -> bool:
        """Whether it has the permission, however far it reaches."""
        return permission is Permission.PUBLIC or permission in self.grants


STRANGER = Caller("stranger")
OPERATOR = Caller(
    "operator",
    "operator",
    grants=dict.fromkeys(OF_OPERATORS | {Permission.WORK_VIEW, Permission.WORK_MANAGE}, Scope.ALL),
)

Identify = Callable[[Deps, HTTPConnection], Awaitable[Caller]]


class SecondFactorRequired(Forbidden):
    """The account asks for a second factor, and this session was begun without one."""

    code = "second_factor_required"


class SsoRequired(Forbidden):
    """The account lets its members in by its identity provider only, and this session was begun otherwise."""

    code = "sso_required"


class TokenExpired(Unauthenticated):
    """A credential that was good, until its time was over."""

    code = "token_expired"


def check_permission(caller: Caller, permission: Permission) -> None:
    """Raise unless the caller has it, and say which of the two is missing: a credential, or the permission."""
    if caller.may(permission):
        return
    if caller.kind == "stranger":
        raise Unauthenticated("This needs a credential: `Authorization: Bearer …`.", permission=permission)
    if caller.lacks_sso:
        raise SsoRequired("This account asks its members to sign in by its identity provider.", permission=permission)
    if caller.lacks_second_factor:
        raise SecondFactorRequired(
            "This account asks for a second factor: set one up (or sign in with it), then go on.", permission=permission
        )
    raise Forbidden("This credential does not have the permission.", permission=permission)
