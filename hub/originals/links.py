"""Links to pictures of mails: whoever has one may have that picture for a day or two, and nothing else. A picture
has the same link all day, so that browsers ask for it once."""

from collections.abc import Collection
from datetime import timedelta

import msgspec

from hub.deps import Deps
from hub.errors import NotFound, Unauthenticated
from hub.tokens import Kind

PATH = "/img"
LINK = Kind(
    audience="parley.picture",
    place="tokens.picture",
    good_for=timedelta(days=2),
    expired="The link has expired: open the mail again.",
    same_for=timedelta(days=1),
    # With an address of 2,000 letters, of which each may take six bytes.
    most_letters=20_000,
)


class PictureClaims(msgspec.Struct, frozen=True, kw_only=True):
    """What a link gives: what stands at an address, or the part of a kept mail, by its number."""

    sub: str
    account: str
    file: str
    iat: int
    exp: int


async def links_to(deps: Deps, account: str, addresses: Collection[str]) -> dict[str, str]:
    """Of pictures that stand elsewhere, by their addresses."""
    return {address: await link(deps, sub=address, account=account, file="") for address in addresses}


async def link_to_part(deps: Deps, account: str, file: str, number: int) -> str:
    """Of a picture within a mail."""
    return await link(deps, sub=str(number), account=account, file=file)


async def link(deps: Deps, **claims: str) -> str:
    """An address of ours."""
    return f"{deps.settings.base_url}{PATH}/{await LINK.make(deps, **claims)}"


async def read_link(deps: Deps, token: str) -> PictureClaims:
    """What the end of such an address gives."""
    try:
        return await LINK.read(deps, token, PictureClaims)
    except Unauthenticated:
        raise NotFound("There is no such picture, or not any more at this address.") from None
