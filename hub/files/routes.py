"""Files over HTTP."""

from typing import Annotated, Any

import msgspec
from starlette.responses import Response

from hub.access import Permission
from hub.files import actions, forgetting, serving
from hub.files.access import access_file, mark_of
from hub.files.links import PATH
from hub.files.models import FileGone, FileShown
from hub.http.endpoint import Call, Endpoint, Input, Tag
from hub.limits import Rate

TAG = Tag("Files", "What people send each other beside words.")
LINKS = Tag("Files by link", "The content of files, for whoever has a link to it.", is_internal=True)
API = "/api/v1/files"
VIEW = Permission.THREADS_VIEW
# The largest file over a slow line.
UPLOAD_S = 300.0


class FileName(Input, frozen=True):
    """What the file is called. What it is, is told by its content."""

    name: Annotated[str, msgspec.Meta(max_length=1000)] = ""


async def keep_file(call: Call[bytes, FileName]) -> FileShown:
    """The body is the file, of 25 MB at most. A message takes it by its id within a day, or it is forgotten."""
    act = call.act
    file = await actions.keep(
        call.deps, act.account, call.query.name, call.body, id=act.new_id, by=mark_of(call.caller)
    )
    found = await actions.shown(call.deps, file)
    act.note.target = {"file": file.id}
    act.note.after = {"name": found.name, "type": found.type, "size": found.size}
    return found


async def show_file(call: Call[None, Any]) -> FileShown:
    """One's own, or one of a conversation that one may see; with a link that is good for a quarter of an hour."""
    return await actions.shown(call.deps, await access_file(call.deps, call.caller, call.path["file_id"], VIEW))


async def delete_file(call: Call[None, Any]) -> FileGone:
    """One that no message has goes. The answer is what it was."""
    return await forgetting.delete(call.act, call.path["file_id"])


async def fetch_file(call: Call[None, Any]) -> Response:
    """The content, to be downloaded, or shown if it is a picture; a `Range` of it, if one is asked for."""
    return await serving.serve(call.deps, call.path["token"], call.request.headers.get("range"))


ENDPOINTS = (
    Endpoint(
        method="POST", path=API, handler=keep_file, permission=Permission.THREADS_REPLY, tag=TAG,
        body=bytes, body_bytes=actions.MOST_BYTES, body_timeout_s=UPLOAD_S, query=FileName, answer=FileShown,
        status=201, creates=True, rate=Rate(60), audit="file.keep", summary="Keep a file",
    ),
    Endpoint(
        method="GET", path=f"{API}/{{file_id}}", handler=show_file, permission=VIEW, tag=TAG,
        answer=FileShown, summary="Show a file",
    ),
    Endpoint(
        method="DELETE", path=f"{API}/{{file_id}}", handler=delete_file, permission=Permission.THREADS_REPLY, tag=TAG,
        answer=FileGone, audit="file.delete", summary="Delete a file that no message has",
    ),
    Endpoint(
        method="GET", path=f"{PATH}/{{token}}", handler=fetch_file, permission=Permission.PUBLIC, tag=LINKS,
        media_type="*/*", rate=Rate(1200), summary="The content of a file",
    ),
)  # fmt: skip
