"""Two conversations of one person become one, over HTTP."""

from typing import Any

from hub.http.endpoint import Call
from hub.threads import acting
from hub.threads.routes.declaring import shown_to, written
from hub.threads.shapes import ThreadMergeWanted, ThreadShown


async def merge_threads(call: Call[ThreadMergeWanted, Any]) -> ThreadShown:
    """Another conversation of the same person goes on in this one. Its log stays where it is."""
    return shown_to(call, await acting.merge(call.act, call.path["thread_id"], call.body.other_id))


async def undo_merge_of_threads(call: Call[ThreadMergeWanted, Any]) -> ThreadShown:
    """The other one goes its own way again. What was said meanwhile stays where it was said."""
    return shown_to(call, await acting.undo_merge(call.act, call.path["thread_id"], call.body.other_id))


ENDPOINTS = (
    written("/merge", merge_threads, "Merge two conversations", body=ThreadMergeWanted),
    written("/merge/undo", undo_merge_of_threads, "Undo a merge of conversations", body=ThreadMergeWanted),
)
