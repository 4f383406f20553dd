"""Access tokens (signed, ten minutes) and refresh tokens (in a cookie, good once).

Both are made with keys that are drawn from the installation's key in the keys database: whoever reads the main database
can make neither.
"""

import base64
import hmac
from datetime import timedelta

import msgspec

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.sessions.errors import SignedOut
from hub.tokens import Kind

ACCESS = Kind(
    audience="parley",
    place="tokens.access",
    good_for=timedelta(minutes=10),
    expired="The access token has expired: refresh it.",
)
REFRESH_PLACE = "tokens.refresh"


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What an access token says: a member of an account, by a session, for a while."""

    sub: str
    account: str
    session: str
    iat: int
    exp: int


async def access_token(deps: Deps, *, member: str, account: str, session: str) -> str:
    """Good for ten minutes, as long as the session and the member stand."""
    return await ACCESS.make(deps, sub=member, account=account, session=session)


async def read_access_token(deps: Deps, token: str) -> Claims:
    """What it says, if it is ours and of this moment."""
    return await ACCESS.read(deps, token, Claims)


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
