"""Originals over HTTP."""

from typing import Any

from starlette.responses import Response

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate
from hub.originals import serving, showing
from hub.originals.links import PATH
from hub.originals.shapes import OriginalQuery, OriginalShown

TAG = Tag("Originals", "Mails as they came.")
LINKS = Tag("Pictures by link", "Pictures of mails, for whoever has a link to one.", is_internal=True)


async def show_original(call: Call[None, OriginalQuery]) -> OriginalShown:
    """A mail whole and harmless: its head, its text with all that it quotes, and its HTML without anything that runs or
    loads by itself."""
    path = call.path["thread_id"], call.path["message_id"]
    return await showing.show(call.deps, call.caller, *path, with_remote=call.query.images)


async def show_picture(call: Call[None, Any]) -> Response:
    """A picture of a mail: one that it brought along, or one that it points at, which is fetched for this."""
    return await serving.serve(call.deps, call.path["token"])


ENDPOINTS = (
    Endpoint(
        method="GET", path="/api/v1/threads/{thread_id}/messages/{message_id}/original", handler=show_original,
        permission=Permission.THREADS_VIEW, query=OriginalQuery, answer=OriginalShown, tag=TAG, rate=Rate(60),
        summary="Show a mail as it came",
    ),
    Endpoint(
        method="GET", path=f"{PATH}/{{token:path}}", handler=show_picture, permission=Permission.PUBLIC, tag=LINKS,
        media_type="image/*", rate=Rate(600), summary="A picture of a mail",
    ),
)  # fmt: skip
