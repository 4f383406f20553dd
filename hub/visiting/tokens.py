"""Tokens of visits: signed as access tokens are, by a key of their own, for another audience; good for an hour. One
speaks for a visitor on pages of the origin that it was made for."""

from datetime import timedelta

import msgspec

from hub.deps import Deps
from hub.tokens import Kind

VISIT = Kind(
    audience="parley.visit",
    place="tokens.visit",
    good_for=timedelta(hours=1),
    expired="The visit has expired: begin it anew by its secret.",
)


class VisitClaims(msgspec.Struct, frozen=True, kw_only=True):
    """What a token says: a visitor of a site, on a page of an origin, for a while."""

    sub: str
    account: str
    line: str
    origin: str
    iat: int
    exp: int


async def visit_token(deps: Deps, *, visitor: str, account: str, line: str, origin: str) -> str:
    """Good for an hour, as long as the site stands and shows the widget there."""
    return await VISIT.make(deps, sub=visitor, account=account, line=line, origin=origin)


async def read_visit_token(deps: Deps, token: str) -> VisitClaims:
    """What it says, if it is ours and of this hour."""
    return await VISIT.read(deps, token, VisitClaims)
