"""Reading a conversation over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint
from hub.threads import reading
from hub.threads.routes.declaring import PATH, TAG
from hub.threads.shapes import LogPage, LogQuery, ThreadShown


async def show_thread(call: Call[None, Any]) -> ThreadShown:
    """One conversation: with whom, who speaks for the account, what is to do, and what the caller has read of it."""
    return await reading.show_thread(call.deps, call.caller, call.path["thread_id"])


async def list_entries(call: Call[None, LogQuery]) -> LogPage:
    """A part of its log: messages, notes and events. A screen that has come to an entry asks for what is `after` it."""
    return await reading.show_log(call.deps, call.caller, call.path["thread_id"], call.query)


ENDPOINTS = (
    Endpoint(
        method="GET", path=PATH, handler=show_thread, permission=Permission.THREADS_VIEW,
        answer=ThreadShown, summary="Show a conversation", tag=TAG,
    ),
    Endpoint(
        method="GET", path=f"{PATH}/messages", handler=list_entries, permission=Permission.THREADS_VIEW,
        query=LogQuery, answer=LogPage, summary="Read a conversation", tag=TAG,
    ),
)  # fmt: skip
