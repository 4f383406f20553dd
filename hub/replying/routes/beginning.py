"""Beginning a conversation, over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint
from hub.replying import beginning
from hub.replying.shapes import Begin
from hub.threads.routes.declaring import LOG, TAG, shown_to
from hub.threads.shapes import ThreadShown


async def begin_thread(call: Call[Begin, Any]) -> ThreadShown:
    """The conversation with a person: the one that there is, or a new one, which is the caller's. Nothing is sent."""
    return shown_to(call, await beginning.begin(call.act, call.body.person_id))


ENDPOINTS = (
    Endpoint(
        method="POST", path="/api/v1/threads", handler=begin_thread, permission=Permission.THREADS_REPLY, body=Begin,
        answer=ThreadShown, creates=True, recorded_in=LOG, summary="Begin a conversation", tag=TAG,
    ),
)  # fmt: skip
