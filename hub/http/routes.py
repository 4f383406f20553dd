"""OpenAPI over HTTP."""

from typing import Any

import msgspec
from starlette.responses import Response

from hub.access import Permission
from hub.house import house_of
from hub.http.endpoint import Call, Endpoint, Tag
from hub.http.openapi import document


async def openapi(call: Call[None, Any]) -> Response:
    """Every endpoint of this installation, as OpenAPI 3.1."""
    described = document(house_of(call.request).endpoints, call.deps.settings.base_url)
    return Response(msgspec.json.encode(described), media_type="application/json")


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/api/openapi.json",
        handler=openapi,
        permission=Permission.PUBLIC,
        answer=dict[str, Any],
        tag=Tag("Description", "This document."),
        summary="This API, for programs",
    ),
)
