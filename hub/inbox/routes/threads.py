"""Lists of conversations over HTTP, and how many there are."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.inbox import counting, listing
from hub.inbox.shapes import Counts, RecountShown, ThreadPage, ThreadsQuery
from hub.limits import Rate

TAG = Tag("Inbox", "Which conversations there are, in views; how many; and what was said in them, searched.")


# Each is a walk over all conversations.
RECOUNTS = Rate(10)


async def list_threads(call: Call[None, ThreadsQuery]) -> ThreadPage:
    """A page of a view: `mine`, `unassigned`, `all`, `unread`, `mentions`, `snoozed`, `closed`, `team:` and the id of a
    team, or the id of a saved view. `longest_waiting` shows only those whose person waits."""
    return await listing.list_threads(call.deps, call.caller, call.query)


async def count_threads(call: Call[None, Any]) -> Counts:
    """How many the views show. They are kept, never counted anew, and corrected once a day."""
    return await counting.counts_for(call.deps, call.caller)


async def recount_threads(call: Call[None, Any]) -> RecountShown:
    """Compare what is kept with what there is, now."""
    return await counting.recount_now(call.act)


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/api/v1/threads",
        handler=list_threads,
        permission=Permission.THREADS_VIEW,
        query=ThreadsQuery,
        answer=ThreadPage,
        tag=TAG,
        summary="List conversations",
    ),
    Endpoint(
        method="GET",
        path="/api/v1/threads/counts",
        handler=count_threads,
        permission=Permission.THREADS_VIEW,
        answer=Counts,
        tag=TAG,
        summary="Count conversations",
    ),
    Endpoint(
        method="POST",
        path="/api/v1/threads/counts/recount",
        handler=recount_threads,
        permission=Permission.ACCOUNT_MANAGE,
        answer=RecountShown,
        rate=RECOUNTS,
        audit="counts.recount",
        tag=TAG,
        summary="Correct the counts",
    ),
)
