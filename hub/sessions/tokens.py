"""Access tokens (signed, ten minutes) and refresh tokens (in a cookie, good once).

Both are made with keys that are drawn from the installation's key in the keys database: whoever reads the main database
can make neither.
"""

import base64
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import msgspec

from hub.access import INSTALLATION, TokenExpired
from hub.deps import Deps
from hub.errors import Unauthenticated
from hub.sessions.errors import SignedOut

ACCESS_FOR = timedelta(minutes=10)
# How far the clocks of two processes may be apart.
SKEW = timedelta(seconds=30)
ALGORITHM = "HS256"
AUDIENCE = "parley"
# Times are judged by our own clock.
CHECKS: Any = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "strict_aud": True,
    "require": ["iss", "aud", "sub", "exp"],
}
# Each token has one spelling: decoders skip what they do not know, and bits at the end that mean nothing.
SPELLING = re.compile(r"[\w-]+\.[\w-]+\.[\w-]{42}[AEIMQUYcgkosw048]", re.ASCII)
KEY_PLACE, REFRESH_PLACE = "tokens.access", "tokens.refresh"


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What an access token says: a member of an account, by a session, for a while."""

    sub: str
    account: str
    session: str
    iat: int
    exp: int


async def access_token(deps: Deps, *, member: str, account: str, session: str) -> str:
    """Good for ten minutes, as long as the session and the member stand."""
    now = deps.clock.now()
    issued_s = int(now.timestamp())
    claims = {
        "iss": deps.installation,
        "aud": AUDIENCE,
        "sub": member,
        "account": account,
        "session": session,
        "iat": issued_s,
        "exp": issued_s + int(ACCESS_FOR.total_seconds()),
    }
    name = key_name(now)
    return jwt.encode(claims, await signing_key(deps, name), ALGORITHM, headers={"kid": name})


async def read_access_token(deps: Deps, token: str) -> Claims:
    """What it says, if it is ours and of this moment."""
    now = deps.clock.now()
    try:
        if not SPELLING.fullmatch(token):
            raise jwt.InvalidTokenError
        name = jwt.get_unverified_header(token).get("kid")
        if name not in {key_name(now - ACCESS_FOR - SKEW), key_name(now), key_name(now + SKEW)}:
            raise jwt.InvalidTokenError
        key = await signing_key(deps, str(name))
        said = jwt.decode(token, key, [ALGORITHM], CHECKS, audience=AUDIENCE, issuer=deps.installation)
        claims = msgspec.convert(said, Claims)
    except (jwt.InvalidTokenError, msgspec.ValidationError):
        raise Unauthenticated("The credential is not valid, or not any more.") from None
    check_times(claims, now)
    return claims


def check_times(claims: Claims, now: datetime) -> None:
    """Raise unless it is neither too old nor from the future, by a clock that may be a little wrong."""
    now_s, skew_s = now.timestamp(), SKEW.total_seconds()
    if claims.exp + skew_s < now_s:
        raise TokenExpired("The access token has expired: refresh it.")
    if claims.iat > now_s + skew_s or claims.exp - claims.iat > ACCESS_FOR.total_seconds():
        raise Unauthenticated("The credential is of the future: a clock is wrong.")


def key_name(moment: datetime) -> str:
    """Each month has a key of its own."""
    return moment.astimezone(UTC).strftime("%Y-%m")


async def signing_key(deps: Deps, name: str) -> bytes:
    """The key of that name."""
    return (await deps.sealer.keyring(INSTALLATION)).lookup(KEY_PLACE, name)


async def refresh_token(deps: Deps, session: str, generation: int) -> str:
    """The one of this generation of the session: the next has another."""
    return f"{session}.{generation}.{await refresh_mark(deps, session, generation)}"


async def read_refresh_token(deps: Deps, token: str) -> tuple[str, int]:
    """Which session and generation it is of, if we have made it: nobody is signed out by what somebody made up."""
    session, _, rest = token.partition(".")
    generation = rest.partition(".")[0]
    if generation.isascii() and generation.isdecimal() and len(generation) < 10:
        expected = await refresh_token(deps, session, int(generation))
        if hmac.compare_digest(token.encode(), expected.encode()):
            return session, int(generation)
    raise SignedOut("You are signed out: sign in again.")


async def refresh_mark(deps: Deps, session: str, generation: int) -> str:
    """What only we can write."""
    mark = (await deps.sealer.keyring(INSTALLATION)).lookup(REFRESH_PLACE, f"{session}.{generation}")
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")
