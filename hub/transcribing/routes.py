"""Asking for the words of a sound over HTTP."""

from typing import Any

from hub.access import Permission
from hub.files.models import FileShown
from hub.files.routes import API, TAG
from hub.http.endpoint import Call, Endpoint
from hub.limits import Rate
from hub.transcribing import wanting


async def transcribe_file(call: Call[None, Any]) -> FileShown:
    """Have a sound of a conversation written down, also one from before there was a model for it, or one that was given
    up. The words stand at the file, and at its message, once they are known."""
    return await wanting.ask(call.act, call.path["file_id"])


ENDPOINTS = (
    Endpoint(
        method="POST", path=f"{API}/{{file_id}}/transcript", handler=transcribe_file, tag=TAG,
        permission=Permission.THREADS_REPLY, answer=FileShown, rate=Rate(30), audit="file.transcribe",
        summary="Have a sound written down",
    ),
)  # fmt: skip
