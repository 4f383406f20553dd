"""Files that are uploaded to Meta by themselves, to be named elsewhere."""

import base64
import secrets

from starlette.requests import Request
from starlette.responses import Response

from tests.fakes.meta.answering import refusal, unknown
from tests.fakes.meta.provider import Kept, Meta
from tests.fakes.serving import json

# A mood of this line is of files alone.
UPLOADS = "uploads"
TYPES = ("image/jpeg", "image/png", "video/mp4", "application/pdf")


async def begin(meta: Meta, request: Request) -> Response:
    """POST /app/uploads?file_length=…&file_type=…: a session, whose name has its signature with it."""
    query = request.query_params
    if query["file_type"] not in TYPES:
        return refusal("100", "Invalid file type")
    name = "upload:" + base64.urlsafe_b64encode(secrets.token_bytes(11)).decode()
    meta.uploads[name] = query["file_type"], int(query["file_length"])
    return json({"id": f"{name}?sig={sign(name)}"})


async def take(meta: Meta, request: Request) -> Response:
    """POST /upload:…?sig=…: the file, from its beginning, which stands in a header."""
    name = f"upload:{request.path_params['name']}"
    if name not in meta.uploads or request.query_params.get("sig") != sign(name):
        return unknown(name)
    type, size = meta.uploads[name]
    content = await request.body()
    if request.headers.get("file_offset") != "0" or len(content) != size:
        return refusal("100", "Invalid file offset")
    if meta.moods.take("nonsense", UPLOADS):
        return Response(b"<html>all is well</html>", 200)
    handle = f"4::{base64.b64encode(type.encode()).decode()}:{secrets.token_hex(8)}"
    meta.examples[handle] = Kept(type, content)
    return json({"h": handle})


def sign(name: str) -> str:
    """As it stands behind the session's name."""
    return name[-6:-2]
