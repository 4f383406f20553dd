"""Who is asking, and what that one may do."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from starlette.requests import HTTPConnection

from hub.deps import Deps
from hub.errors import Forbidden, Unauthenticated

# What belongs to no business is kept and sealed under this name, which no account can have.
INSTALLATION = "installation"
BEARER = "bearer "


class Permission(StrEnum):
    """Everything that can be allowed or not. Each is explained in docs/api.md."""

    PUBLIC = "public"
    METRICS_VIEW = "metrics.view"
    WORK_VIEW = "work.view"
    WORK_MANAGE = "work.manage"


@dataclass(frozen=True)
class Caller:
    """Whoever is asking. The account comes from the credential, never from the input."""

    kind: Literal["stranger", "operator", "member", "key"]
    id: str
    account: str | None
    permissions: frozenset[Permission]

    @property
    def scope(self) -> str:
        """Where what this caller stores belongs."""
        return self.account or INSTALLATION


STRANGER = Caller("stranger", "", None, frozenset({Permission.PUBLIC}))
OPERATOR = Caller("operator", "operator", None, frozenset(Permission))

Identify = Callable[[Deps, HTTPConnection], Awaitable[Caller]]


async def identify(deps: Deps, connection: HTTPConnection) -> Caller:
    """The caller that the credential names; no bearer token is a stranger, a wrong one is refused."""
    header = connection.headers.get("authorization", "")
    # Another scheme is for somebody on the way, such as a proxy that asks for a password.
    if not header.lower().startswith(BEARER):
        return STRANGER
    token = header[len(BEARER) :]
    expected = deps.settings.operator_token.reveal()
    if expected and hmac.compare_digest(token.encode(), expected.encode()):
        return OPERATOR
    raise Unauthenticated("The credential is not valid, or not any more.")


def check_permission(caller: Caller, permission: Permission) -> None:
    """Raise unless the caller has it, and say which of the two is missing: a credential, or the permission."""
    if permission is Permission.PUBLIC or permission in caller.permissions:
        return
    if caller.kind == "stranger":
        raise Unauthenticated("This needs a credential: `Authorization: Bearer …`.", permission=permission)
    raise Forbidden("This credential does not have the permission.", permission=permission)
