"""What all endpoints about one conversation have in common."""

from collections.abc import Awaitable, Callable
from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.threads.models import Thread
from hub.threads.shapes import ThreadShown
from hub.threads.showing import thread_shown

TAG = Tag("Conversations", "What the account and a person say to each other, and who speaks for the account.")
PATH = "/api/v1/threads/{thread_id}"
LOG = "the conversation's log"


def written(path: str, handler: Callable[[Call[Any, Any]], Awaitable[object]], summary: str, **more: Any) -> Endpoint:
    """A change that stands in the conversation's own log."""
    declared = {"permission": Permission.THREADS_REPLY, "answer": ThreadShown, "recorded_in": LOG, **more}
    return Endpoint(method="POST", path=PATH + path, handler=handler, summary=summary, tag=TAG, **declared)


def shown_to(call: Call[Any, Any], thread: Thread) -> ThreadShown:
    """The conversation, as whoever asks has it."""
    return thread_shown(thread, call.caller.id)
