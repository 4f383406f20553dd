"""Slips: what a link or a half finished sign-in is worth. Each is good once, and not for long."""

from datetime import timedelta

from hub.deps import Deps
from hub.errors import Unprocessable
from hub.logins import repository
from hub.logins.models import Slip
from hub.secrets import hash_of, new_secret


class SlipSpent(Unprocessable):
    """The link or the ticket was used, or is too old, or never was one."""

    code = "slip_spent"


async def give(deps: Deps, account: str, kind: str, /, *, lasts: timedelta, **data: str) -> str:
    """A new slip; what is given back is shown to nobody else, and only its hash is kept."""
    token = new_secret()
    slip = Slip(id=hash_of(token).hex(), account=account, kind=kind, expires_at=deps.clock.now() + lasts, data=data)
    await repository.add_slip(deps.mongo, slip)
    return token


async def look(deps: Deps, kind: str, token: str) -> Slip:
    """What it promises, without taking it: for steps that may fail and be tried again."""
    slip = await repository.find_slip(deps.mongo, hash_of(token).hex(), kind, deps.clock.now())
    if slip is None:
        raise SlipSpent("This was used already, or is too old: begin anew.")
    return slip


async def take(deps: Deps, kind: str, token: str) -> Slip:
    """What it promises, once."""
    slip = await look(deps, kind, token)
    await spend(deps, slip)
    return slip


async def spend(deps: Deps, slip: Slip) -> None:
    """It was kept now; raises SlipSpent when somebody else was first."""
    if not await repository.remove_slip(deps.mongo, slip.id):
        raise SlipSpent("This was used already: begin anew.")


async def withdraw(deps: Deps, account: str, kind: str = "") -> None:
    """Whatever was given is good no more: of this kind, or all of it."""
    await repository.remove_slips(deps.mongo, account, {"kind": kind} if kind else {})
