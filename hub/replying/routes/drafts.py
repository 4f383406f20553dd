"""Drafts over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint
from hub.replying import drafts
from hub.replying.shapes import DraftShown, DraftWanted
from hub.threads.routes.declaring import PATH, TAG


async def show_draft(call: Call[None, Any]) -> DraftShown:
    """What the caller has typed in a conversation and not sent."""
    return await drafts.show_draft(call.deps, call.caller, call.path["thread_id"])


async def save_draft(call: Call[DraftWanted, Any]) -> DraftShown:
    """Keep what the caller has typed, unless another screen of theirs has kept something else meanwhile."""
    return await drafts.save_draft(call.act, call.path["thread_id"], call.body)


async def delete_draft(call: Call[None, Any]) -> DraftShown:
    """It was sent, or is not wanted any more."""
    return await drafts.remove_draft(call.act, call.path["thread_id"])


def drafted(method: Any, handler: Any, summary: str, **more: Any) -> Endpoint:
    """For those who may write there."""
    return Endpoint(
        method=method, path=f"{PATH}/draft", handler=handler, permission=Permission.THREADS_REPLY, summary=summary,
        tag=TAG, **more,
    )  # fmt: skip


# Saved every few seconds while somebody types: it is nobody else's business, and no news for an audit log.
ENDPOINTS = (
    drafted("GET", show_draft, "Show one's draft", answer=DraftShown),
    drafted("PUT", save_draft, "Save one's draft", body=DraftWanted, answer=DraftShown, recorded_in="the draft itself"),
    drafted("DELETE", delete_draft, "Delete one's draft", answer=DraftShown, recorded_in="the draft itself"),
)
