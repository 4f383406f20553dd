"""A picture of a mail as a browser may have it: nothing but a picture, drawn by us."""

from functools import partial

from starlette.responses import Response

from hub.apart.reading import Unreadable
from hub.deps import Deps
from hub.errors import NotFound
from hub.files.actions import get_file, read
from hub.files.pictures import redrawn
from hub.files.sniffing import by_magic
from hub.originals import parts as program
from hub.originals.errors import NotAPicture
from hub.originals.fetching import fetch_picture
from hub.originals.links import PictureClaims, read_link

HEADERS = {
    # Even opened by itself it runs nothing, loads nothing and is of no origin.
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    # The frame that a mail is shown in is of no origin either.
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "private, max-age=86400, immutable",
    "content-disposition": "inline",
}


async def serve(deps: Deps, token: str) -> Response:
    """The picture that a link leads to."""
    claims = await read_link(deps, token)
    # A browser asks for all of a page at once: what is fetched must not pile up before whoever draws it.
    async with deps.mail_picture_queue.place():
        content = await (within(deps, claims) if claims.file else fetch_picture(deps, claims.sub))
        type = by_magic(content) or ""
        drawn = await redrawn(deps.mail_pictures, type, content)
    if drawn is None:
        raise NotAPicture("There is no picture that can be drawn.")
    return Response(drawn.content, headers=HEADERS, media_type=type)


async def within(deps: Deps, claims: PictureClaims) -> bytes:
    """Out of the mail that brought it along."""
    file = await get_file(deps, claims.account, claims.file)
    try:
        return await deps.apart.read(program.__name__, claims.sub, given=partial(read, deps, file))
    except Unreadable:
        raise NotFound("There is no such picture in this mail.") from None
