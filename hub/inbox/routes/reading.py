"""Searching, a person's timeline, and a conversation as a file, over HTTP."""

from starlette.responses import StreamingResponse

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint
from hub.inbox import export, searching
from hub.inbox.routes.threads import TAG
from hub.inbox.shapes import ExportQuery, Found, SearchQuery, Timeline, TimelineQuery
from hub.inbox.timeline import timeline
from hub.limits import Rate

# Each may be a walk over a long log.
EXPORTS = Rate(30)


async def search_everything(call: Call[None, SearchQuery]) -> Found:
    """People by name, number and address; messages and notes by their words; by how words begin as well."""
    return await searching.search(call.deps, call.caller, call.query)


async def show_timeline(call: Call[None, TimelineQuery]) -> Timeline:
    """All that was said with a person and has happened, over all of their conversations, the latest first."""
    return await timeline(call.deps, call.caller, call.path["person_id"], call.query)


async def export_thread(call: Call[None, ExportQuery]) -> StreamingResponse:
    """The whole log as a file, for those who may also read the conversation. Who has taken it is written down."""
    thread = await export.access_export(call.deps, call.caller, call.path["thread_id"])
    format = call.query.format
    call.act.note.target = {"thread": thread.id, "person": thread.person}
    call.act.note.after = {"format": format, "up_to": thread.seq}
    headers = {"content-disposition": f'attachment; filename="conversation-{thread.id}.{format}"'}
    parts = export.exported(call.deps, thread, format)
    return StreamingResponse(parts, headers=headers, media_type=export.MEDIA_TYPES[format])


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/api/v1/search",
        handler=search_everything,
        permission=Permission.THREADS_VIEW,
        query=SearchQuery,
        answer=Found,
        tag=TAG,
        summary="Search",
    ),
    Endpoint(
        method="GET",
        path="/api/v1/people/{person_id}/timeline",
        handler=show_timeline,
        permission=Permission.THREADS_VIEW,
        query=TimelineQuery,
        answer=Timeline,
        tag=TAG,
        summary="Show a person's timeline",
    ),
    Endpoint(
        method="GET",
        path="/api/v1/threads/{thread_id}/export",
        handler=export_thread,
        permission=Permission.PEOPLE_EXPORT,
        query=ExportQuery,
        media_type="application/octet-stream",
        rate=EXPORTS,
        also=Permission.THREADS_VIEW,
        takes_out=True,
        audit="thread.export",
        tag=TAG,
        summary="Export a conversation",
    ),
)
