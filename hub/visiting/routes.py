"""Visits over HTTP: what a page with the widget on it asks before it opens a socket."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate
from hub.visiting import beginning
from hub.visiting.shapes import VisitBegun, VisitWanted
from hub.visiting.sites import origins_for

TAG = Tag("Widget", "What pages with the widget on them ask, in a visitor's browser.")
# For each address: many people may sit behind one.
RATE = Rate(60)
BODY_BYTES = 4 * 1024


async def begin_visit(call: Call[VisitWanted, Any]) -> VisitBegun:
    """Begin a visit, or go on with one by its secret. Only pages of the site's own origins may ask."""
    return await beginning.begin(call.deps, call.path["line_id"], call.body, call.request.headers["origin"])


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/api/v1/widget/{line_id}/visits",
        handler=begin_visit,
        permission=Permission.PUBLIC,
        tag=TAG,
        body=VisitWanted,
        body_bytes=BODY_BYTES,
        answer=VisitBegun,
        status=201,
        rate=RATE,
        recorded_in="the visitors of the site",
        origins=origins_for,
        summary="Begin a visit",
    ),
)
