"""Signing in by an account's identity provider: the browser is sent there, and comes back with a code."""

import re
from collections.abc import Sequence
from datetime import timedelta

import msgspec

from hub.act import Act
from hub.deps import Deps
from hub.errors import HubError, Invalid
from hub.http.endpoint import Reply
from hub.logins import slips
from hub.logins.emails import read_email
from hub.logins.models import Proof, Slip
from hub.secrets import hash_of, new_secret
from hub.sessions.cookies import set_cookie
from hub.sessions.entering import enter
from hub.sso import claiming, registration
from hub.sso.admitting import admit
from hub.sso.attempt import Attempt, Callback, authorization_url, code_of, new_attempt
from hub.sso.errors import SignInRefused
from hub.sso.models import Registration
from hub.sso.oidc import Identity, exchange
from hub.sso.shapes import SsoBegun, SsoBrought, SsoWay
from hub.sso.tokens import is_same

COOKIE, SLIP = "parley_sso", "sso"
WITHIN = timedelta(minutes=10)
# Whoever the provider lets in no more is out within a day, without anybody telling us.
LASTS = timedelta(hours=24)
MARK = re.compile(r"[\w-]{43}", re.ASCII)


async def begin(deps: Deps, way: SsoWay, mark: str) -> Reply:
    """Where the browser goes, and the mark by which it is known when it comes back."""
    stored = await registration.access(deps, way.account_id or await account_of(deps, way.email))
    registered = await registration.opened(deps, stored)
    provider = await registration.provider_of(deps, registered)
    # Of two tabs that sign in at the same moment none takes the other's mark away.
    mark = mark if MARK.fullmatch(mark) else new_secret()
    attempt = new_attempt()
    kept = {"nonce": attempt.nonce, "verifier": attempt.verifier, "revision": stored.revision}
    state = await slips.give(deps, stored.account, SLIP, lasts=WITHIN, browser=hash_of(mark).hex(), **kept)
    attempt = msgspec.structs.replace(attempt, state=state)
    url = authorization_url(provider, registration.client_of(deps, registered), attempt, way.email or "")
    return Reply(SsoBegun(authorization_url=url), [cookie(deps, mark)])


async def account_of(deps: Deps, email: str | None) -> str:
    """The account that an address's domain belongs to."""
    if email is None:
        raise Invalid("Say where to sign in: `account_id`, or your address as `email`.")
    account = await claiming.owner_of(deps, read_email(email))
    if account is None:
        raise registration.no_sso()
    return account


async def finish(act: Act, brought: SsoBrought, mark: str) -> Sequence[str]:
    """In: the cookies of the session that has begun."""
    deps = act.deps
    slip = await access_slip(deps, brought.state, mark)
    stored = await registration.access(deps, slip.account)
    act.note.account = stored.account
    if stored.revision != slip.data["revision"]:
        raise slips.SlipSpent("The account's identity provider was changed meanwhile: begin anew.")
    try:
        identity = await identify(deps, stored, slip, brought)
        login = await admit(act, stored, identity)
        act.note.after = {"proofs": [Proof.SSO], **(act.note.after or {})}
        return (await enter(act, login, [Proof.SSO], bound_to=stored.account, lasts=LASTS)).cookies
    except HubError as error:
        # Whoever is refused sees a code only; owners read here why.
        act.note.after = {"refused": error.code, "because": error.message}
        raise


async def identify(deps: Deps, stored: Registration, slip: Slip, brought: SsoBrought) -> Identity:
    """Who somebody is in the provider's words."""
    registered = await registration.opened(deps, stored)
    provider = await registration.provider_of(deps, registered)
    attempt = Attempt(brought.state, slip.data["nonce"], slip.data["verifier"])
    code = code_of(Callback(brought.state, brought.code, brought.iss, brought.error), provider, attempt)
    client = registration.client_of(deps, registered)
    return await exchange(deps.egress, provider, client, attempt, code=code, now=deps.clock.now())


async def access_slip(deps: Deps, state: str, mark: str) -> Slip:
    """What was begun in this browser, once. Else somebody could have others sign in as whom they do not know."""
    if not state or not mark:
        raise SignInRefused("state")
    slip = await slips.look(deps, SLIP, state)
    if not is_same(hash_of(mark).hex(), slip.data["browser"]):
        raise SignInRefused("state")
    await slips.spend(deps, slip)
    return slip


def cookie(deps: Deps, mark: str) -> str:
    """Lax, because it is the provider's page that sends the browser back."""
    lasts_s = int(WITHIN.total_seconds())
    return set_cookie(deps, COOKIE, mark, lasts_s, path=registration.PATH, same_site="Lax")
