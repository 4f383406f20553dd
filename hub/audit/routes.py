"""The audit log over HTTP."""

from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse

from hub.access import Permission
from hub.audit import reading
from hub.audit.export import as_csv
from hub.audit.models import AuditFilters, AuditPage, AuditQuery
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate

TAG = Tag("Audit log", "Who did what, on what, when and from where; chained, so that tampering shows.")
CSV = "text/csv; charset=utf-8"
# Each may be a walk over all that was ever done.
EXPORTS = Rate(30)


async def list_audit_entries(call: Call[None, AuditQuery]) -> AuditPage:
    """Who did what, the latest first. Those who may see their own or their teams' acts only get no others."""
    return await reading.list_entries(call.deps, call.caller, call.query)


async def export_audit_log(call: Call[None, AuditFilters]) -> StreamingResponse:
    """All of it that fits, the earliest first, as a table."""
    parts = as_csv(reading.each_part(call.deps, call.caller, call.query))
    # Read before the answer begins: a database that is away is still an error with a status then.
    first = await anext(parts)
    headers = {"content-disposition": 'attachment; filename="audit.csv"'}
    return StreamingResponse(in_turn(first, parts), headers=headers, media_type=CSV)


async def in_turn(first: bytes, others: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """One, then the others."""
    yield first
    async for part in others:
        yield part


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/api/v1/audit",
        handler=list_audit_entries,
        permission=Permission.AUDIT_VIEW,
        query=AuditQuery,
        answer=AuditPage,
        tag=TAG,
        summary="Who did what",
    ),
    Endpoint(
        method="GET",
        path="/api/v1/audit.csv",
        handler=export_audit_log,
        permission=Permission.AUDIT_VIEW,
        query=AuditFilters,
        media_type=CSV,
        rate=EXPORTS,
        tag=TAG,
        summary="The audit log as a table",
    ),
)
