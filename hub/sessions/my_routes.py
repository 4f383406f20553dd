"""What members do about themselves, over HTTP."""

from typing import Any

from hub.access import Permission
from hub.accounts import invitations, members, shutting_out
from hub.accounts.shapes import InvitationToken
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate
from hub.sessions import entering, myself
from hub.sessions.models import (
    CodesBegun,
    CodesConfirmed,
    Me,
    MyChange,
    PasswordAgain,
    PasswordChange,
    RecoveryCodes,
    SessionList,
)

TAG = Tag("Myself", "What every member does about the own name, password, second factor and sessions.")
PATH = "/api/v1/me"
RARELY = Rate(20)


async def show_me(call: Call[None, Any]) -> Me:
    """Who one is here, and what one may do."""
    return await myself.show_me(call.deps, call.caller)


async def change_me(call: Call[MyChange, Any]) -> Me:
    """Another name."""
    await members.rename(call.act, call.caller.id, call.body.name)
    return await myself.show_me(call.deps, call.caller)


async def leave_account(call: Call[None, Any]) -> None:
    """No member of this account any more. The last owner cannot."""
    await shutting_out.leave(call.act)


async def join_another_account(call: Call[InvitationToken, Any]) -> None:
    """Accept an invitation to another account, for the address that is signed in."""
    entering.check_is_unbound(call.caller)
    me = await myself.show_me(call.deps, call.caller)
    await invitations.accept_signed_in(call.act, call.body.token, me.name)


async def change_my_password(call: Call[PasswordChange, Any]) -> None:
    """A new password. All other sessions end."""
    await myself.change_password(call.act, call.body.current, call.body.new)


async def list_my_sessions(call: Call[None, Any]) -> SessionList:
    """Wherever one is signed in."""
    return SessionList(items=await entering.list_sessions(call.deps, call.caller))


async def end_my_session(call: Call[None, Any]) -> None:
    """Signed out there, within seconds."""
    await entering.end_one(call.act, call.path["session_id"])


async def end_my_other_sessions(call: Call[None, Any]) -> None:
    """Signed out everywhere but here."""
    await entering.end_others(call.act, bound_to=call.caller.bound_to)


async def begin_codes(call: Call[None, Any]) -> CodesBegun:
    """Set up an authenticator app: its secret, and a ticket to confirm its first code with."""
    return await myself.begin_codes(call.act)


async def confirm_codes(call: Call[CodesConfirmed, Any]) -> RecoveryCodes:
    """The app works: from now on its codes are asked for at every sign-in. Keep the recovery codes."""
    return await myself.confirm_codes(call.act, call.body.ticket, call.body.code)


async def remove_codes(call: Call[PasswordAgain, Any]) -> None:
    """Ask for no codes any more."""
    await myself.remove_codes(call.act, call.body.password)


async def renew_recovery_codes(call: Call[PasswordAgain, Any]) -> RecoveryCodes:
    """Ten new recovery codes; the old ones are good no more."""
    return await myself.renew_recovery_codes(call.act, call.body.password)


def mine(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For every member, whatever the role."""
    declared = {"permission": Permission.ME, "tag": TAG, **more}
    return Endpoint(method=method, path=PATH + path, handler=handler, **declared)


ENDPOINTS = (
    mine("GET", "", show_me, answer=Me, summary="Who am I"),
    mine(
        "PATCH", "", change_me, permission=Permission.MEMBERSHIP,
        body=MyChange, answer=Me, audit="member.rename", summary="Change my name",
    ),
    mine(
        "DELETE", "", leave_account, permission=Permission.MEMBERSHIP,
        status=204, audit="member.leave", summary="Leave the account",
    ),
    mine(
        "POST", "/invitation", join_another_account, permission=Permission.MEMBERSHIP,
        body=InvitationToken, status=204, audit="invitation.accept", summary="Join another account",
    ),
    mine(
        "POST", "/password", change_my_password,
        body=PasswordChange, status=204, rate=RARELY, audit="password.change", summary="Change my password",
    ),
    mine("GET", "/sessions", list_my_sessions, answer=SessionList, summary="My sessions"),
    mine("DELETE", "/sessions", end_my_other_sessions, status=204, audit="session.end_others",
         summary="Sign out elsewhere"),
    mine("DELETE", "/sessions/{session_id}", end_my_session, status=204, audit="session.end", summary="End a session"),
    mine(
        "POST", "/codes", begin_codes,
        answer=CodesBegun, rate=RARELY, audit="codes.begin", summary="Begin with an app",
    ),
    mine(
        "POST", "/codes/confirm", confirm_codes,
        body=CodesConfirmed, answer=RecoveryCodes, rate=RARELY, audit="codes.confirm", summary="Confirm the app",
    ),
    mine(
        "POST", "/codes/remove", remove_codes, permission=Permission.MEMBERSHIP,
        body=PasswordAgain, status=204, rate=RARELY, audit="codes.remove", summary="Remove the app",
    ),
    mine(
        "POST", "/codes/recovery", renew_recovery_codes, permission=Permission.MEMBERSHIP,
        body=PasswordAgain, answer=RecoveryCodes, rate=RARELY, audit="codes.renew", summary="New recovery codes",
    ),
)  # fmt: skip
