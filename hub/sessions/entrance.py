"""What the entrance must know before anybody has said who they are."""

from typing import Any

from hub.access import Permission
from hub.accounts import founding
from hub.accounts.errors import SignUpClosed
from hub.deps import Deps
from hub.http.endpoint import Call, Endpoint, Output
from hub.mail import actions as mail
from hub.sessions.routes import TAG


class Entrance(Output, frozen=True):
    """Which ways in there are: whether anybody may make an account now, and whether a forgotten password can be mailed
    for."""

    can_sign_up: bool
    mail_is_set_up: bool


async def entrance(call: Call[None, Any]) -> Entrance:
    """Which ways in there are."""
    return Entrance(can_sign_up=await can_sign_up(call.deps), mail_is_set_up=mail.is_set_up(call.deps))


async def can_sign_up(deps: Deps) -> bool:
    """Whether a stranger who signed up now would be let in."""
    try:
        await founding.check_sign_up(deps)
    except SignUpClosed:
        return False
    return True


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/api/v1/entrance",
        handler=entrance,
        permission=Permission.PUBLIC,
        answer=Entrance,
        tag=TAG,
        summary="Which ways in there are",
    ),
)
