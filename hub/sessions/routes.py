"""Signing in and out over HTTP."""

from typing import Any

from starlette.responses import RedirectResponse, Response

from hub.access import Permission
from hub.accounts import invitations
from hub.accounts.shapes import Acceptance, InvitationLook, InvitationToken
from hub.http.endpoint import Call, Endpoint, Reply, Tag
from hub.limits import Rate
from hub.logins import proving, resets
from hub.mail import actions as mail
from hub.sessions import cookies, entering, joining, myself, signing_in
from hub.sessions.models import AddressLink, Forgotten, Refresh, Reset, SecondFactor, SignedIn, SignIn, SignUp

TAG = Tag("Signing in", "Access tokens last ten minutes; a cookie that is good once brings the next.")
# By address, for what anybody may try.
TRIES = Rate(30)
# A whole office behind one address comes back at the same moment; and nobody guesses a refresh token.
REFRESHES = Rate(600)
SEE_OTHER = 303


async def sign_up(call: Call[SignUp, Any]) -> Reply:
    """A new account with its owner, who is signed in at once. Open for the first account, or by PARLEY_OPEN_SIGN_UP."""
    return await joining.sign_up(call.act, call.body, device(call))


async def sign_in(call: Call[SignIn, Any]) -> Reply:
    """By address and password. Where a second factor is set up, the answer is a ticket for the second step."""
    return await signing_in.sign_in(call.act, call.body, device(call))


async def second_factor(call: Call[SecondFactor, Any]) -> Reply:
    """The second step: a code of the app, or a recovery code."""
    return await signing_in.second_step(call.act, call.body.ticket, call.body.code)


async def refresh(call: Call[Refresh, Any]) -> Reply:
    """A new access token by the cookie, for this account or another one of the login's. The cookie is good once: of two
    tabs one wins, and the other is told to use the new cookie."""
    return await entering.refresh(call.act, cookies.refresh_cookie(call.request), call.body.account_id)


async def sign_out(call: Call[None, Any]) -> Reply:
    """This browser's session ends."""
    return await entering.sign_out(call.act, cookies.refresh_cookie(call.request))


async def look_at_invitation(call: Call[InvitationToken, Any]) -> InvitationLook:
    """What the link of an invitation leads to, and what accepting it takes."""
    return await invitations.look(call.deps, call.body.token)


async def accept_invitation(call: Call[Acceptance, Any]) -> Reply:
    """Become a member, and be signed in at once."""
    return await joining.accept(call.act, call.body, device(call))


async def forgotten_password(call: Call[Forgotten, Any]) -> None:
    """A link to set a new password is mailed, if the address has a login. The answer is the same if it has none."""
    mail.check_is_set_up(call.deps)
    await signing_in.take_try(call.deps, call.body.email, device(call), "forgotten")
    await resets.ask(call.deps, call.body.email)
    call.act.note.target, call.act.note.after = {"login": "unknown"}, {"asked": "a new password"}


async def reset_password(call: Call[Reset, Any]) -> None:
    """Set a new password by the link that was mailed. Every session ends."""
    await myself.reset_password(call.act, call.body.token, call.body.password)


async def prove_address(call: Call[None, AddressLink]) -> Response:
    """Where the link leads that was mailed at sign-up: to the sign-in page, with `#proved`; or with the code of what
    has failed behind the #."""
    login = await proving.use(call.deps, call.query.token)
    note = call.act.note
    note.account, note.target = await signing_in.log_of(call.deps, login), {"login": login.id}
    note.after = {"address": "proved"}
    return RedirectResponse(f"{call.deps.settings.base_url}/sign-in#proved", SEE_OTHER)


def device(call: Call[Any, Any]) -> str:
    """What a browser that was here before has kept."""
    return call.request.cookies.get(cookies.DEVICE, "")


def public(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who have no credential yet: every try counts by address."""
    declared = {"permission": Permission.PUBLIC, "rate": TRIES, "tag": TAG, **more}
    return Endpoint(method=method, path=path, handler=handler, **declared)


ENDPOINTS = (
    public(
        "POST", "/api/v1/sign-up", sign_up,
        body=SignUp, answer=SignedIn, status=201, audit="account.sign_up", summary="Make an account",
    ),
    public(
        "POST", cookies.PATH, sign_in,
        body=SignIn, answer=SignedIn, audit="session.begin", summary="Sign in",
    ),
    public(
        "POST", f"{cookies.PATH}/second-factor", second_factor,
        body=SecondFactor, answer=SignedIn, audit="session.second_factor", summary="Take the second step",
    ),
    public(
        "POST", f"{cookies.PATH}/refresh", refresh,
        body=Refresh, answer=SignedIn, rate=REFRESHES, recorded_in="the session: when, and how often",
        summary="Stay signed in",
    ),
    public("DELETE", cookies.PATH, sign_out, status=204, audit="session.end", summary="Sign out"),
    public(
        "POST", "/api/v1/invitation", look_at_invitation,
        body=InvitationToken, answer=InvitationLook, recorded_in="nothing: it changes nothing, and keeps the link out "
        "of the path", summary="Look at an invitation",
    ),
    public(
        "POST", "/api/v1/invitation/accept", accept_invitation,
        body=Acceptance, answer=SignedIn, audit="invitation.accept", summary="Accept an invitation",
    ),
    public(
        "POST", "/api/v1/password/forgotten", forgotten_password,
        body=Forgotten, status=202, audit="password.forgotten", summary="Forget a password",
    ),
    public(
        "POST", "/api/v1/password/reset", reset_password,
        body=Reset, status=204, audit="password.reset", summary="Set a new password",
    ),
    public(
        "GET", proving.PATH, prove_address,
        query=AddressLink, status=SEE_OTHER, audit="address.prove", failure_page="/sign-in", summary="Prove an address",
    ),
)  # fmt: skip
