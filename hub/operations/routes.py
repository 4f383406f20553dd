"""What load balancers, Prometheus and the start page ask."""

from typing import Any

import msgspec
from starlette.responses import Response

from hub import VERSION
from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate
from hub.operations.health import readiness
from hub.operations.models import Alive, Readiness, ReadyState

TAG = Tag("Operations", "Is it alive, is it ready, and how much does it do.")
TEXT = "text/plain; version=1.0.0; charset=utf-8"


async def live(call: Call[None, Any]) -> Alive:
    """This process answers, and belongs to this installation."""
    return Alive(alive=True, version=VERSION, installation=call.deps.installation)


async def ready(call: Call[None, Any]) -> Response:
    """200 as long as requests should be sent here, 503 otherwise; the body tells every part."""
    found = await readiness(call.deps)
    is_leaving = call.request.app.state.is_draining
    status = 503 if is_leaving or found.state is ReadyState.DOWN else 200
    return Response(msgspec.json.encode(found), status, media_type="application/json")


async def metrics(call: Call[None, Any]) -> Response:
    """The numbers of this process, for Prometheus."""
    return Response(call.deps.metrics.render(), media_type=TEXT)


ENDPOINTS = (
    # Asked by supervisors while everything else may be broken: it touches nothing.
    Endpoint(
        method="GET",
        path="/live",
        handler=live,
        permission=Permission.PUBLIC,
        rate=None,
        answer=Alive,
        tag=TAG,
        summary="This process answers",
    ),
    Endpoint(
        method="GET",
        path="/ready",
        handler=ready,
        permission=Permission.PUBLIC,
        # Counted over all hubs, and every proxy asks each of them every other second.
        rate=Rate(6000),
        answer=Readiness,
        other_answers={503: Readiness},
        tag=TAG,
        summary="How the hub and its parts do",
    ),
    Endpoint(
        method="GET",
        path="/metrics",
        handler=metrics,
        permission=Permission.METRICS_VIEW,
        media_type=TEXT,
        tag=TAG,
        summary="The numbers of this process",
    ),
)
