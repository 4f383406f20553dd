"""The content of a file as a browser may have it: never as a page, a script or a picture that can act."""

import re
from typing import NamedTuple

from starlette.responses import Response

from hub.deps import Deps
from hub.files import naming
from hub.files.actions import get_file, name_of, read, read_preview
from hub.files.links import PREVIEW, read_link
from hub.files.models import PICTURES, PREVIEW_TYPE, File
from hub.limits import Bucket, Rate

RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)
PARTIAL, UNSATISFIABLE = 206, 416
# For each part the whole file is opened: of a large one that is work which a few bytes ask for.
SMALL_BYTES = 1024 * 1024
OF_FILE, OF_ACCOUNT = Rate(60), Rate(300)
HEADERS = {
    # Even opened by itself it runs nothing, loads nothing and is of no origin.
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    # Whoever has the link may show it: there is nothing here that a cookie would open.
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "private, max-age=900, immutable",
    "accept-ranges": "bytes",
}


class Span(NamedTuple):
    """From this byte to before that one."""

    start: int
    end: int


async def serve(deps: Deps, token: str, range: str | None) -> Response:
    """The file that a link leads to, or the part that is asked for."""
    claims = await read_link(deps, token)
    file = await get_file(deps, claims.account, claims.file)
    if claims.is_preview:
        return await serve_preview(deps, file)
    headers = await headers_of(deps, file)
    span = span_in(range or "", file.size)
    if span is None:
        return Response(await read(deps, file), headers=headers)
    if span.start >= span.end:
        return Response(status_code=UNSATISFIABLE, headers={**HEADERS, "content-range": f"bytes */{file.size}"})
    headers["content-range"] = f"bytes {span.start}-{span.end - 1}/{file.size}"
    if file.size > SMALL_BYTES:
        await check_parts(deps, file)
    return Response((await read(deps, file))[span.start : span.end], PARTIAL, headers)


async def serve_preview(deps: Deps, file: File) -> Response:
    """The small picture of one: it is small enough for no parts of it."""
    name = naming.disposition(naming.clean(PREVIEW, PREVIEW_TYPE), is_inline=True)
    headers = {**HEADERS, "content-type": PREVIEW_TYPE, "content-disposition": name}
    return Response(await read_preview(deps, file), headers=headers)


async def check_parts(deps: Deps, file: File) -> None:
    """Raise TooMany when parts of it, or of its account's large files together, are asked for too often."""
    verdict = await deps.limiter.take(Bucket(f"parts:{file.id}", OF_FILE), Bucket(f"parts:{file.account}", OF_ACCOUNT))
    verdict.check()


async def headers_of(deps: Deps, file: File) -> dict[str, str]:
    """What it is, what it is called, and what may be done with it."""
    name = naming.disposition(await name_of(deps, file), is_inline=file.type in PICTURES)
    # Text is UTF-8, or it would not be text.
    charset = "; charset=utf-8" if file.type.startswith("text/") else ""
    return {**HEADERS, "content-type": file.type + charset, "content-disposition": name}


def span_in(said: str, size: int) -> Span | None:
    """What a Range header of one span asks for; an empty one where there is nothing. None is the whole file, also where
    the header makes no sense or asks for several spans."""
    asked = RANGE.fullmatch(said.strip())
    if asked is None or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        return Span(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    return Span(int(first), min(int(last) + 1, size) if last else size)
