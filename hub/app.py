"""The web application: plain composition, and nothing connects before its lifespan."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from hub.access import Identify, identify
from hub.children import Report
from hub.clock import Clock, SystemClock
from hub.deps import Deps, Wanted, open_deps
from hub.errors import HubError, MethodNotAllowed, NotFound
from hub.http.endpoint import Endpoint
from hub.http.middleware import Protection, RequestContext
from hub.http.serving import error_response, route
from hub.metrics import Metrics
from hub.operations.presence import present
from hub.rooms import ROOMS, Room
from hub.settings import Settings
from hub.store.mongo import CommandListener

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def create_app(
    settings: Settings,
    *,
    rooms: Sequence[Room] = ROOMS,
    identify: Identify = identify,
    clock: Clock | None = None,
    listeners: Sequence[CommandListener] = (),
    report: Report = lambda _: None,
) -> Starlette:
    """The whole hub as one ASGI application."""
    wanted = Wanted(
        settings=settings,
        rooms=rooms,
        identify=identify,
        clock=clock or SystemClock(),
        metrics=Metrics(),
        listeners=listeners,
    )

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_deps(wanted, report=report) as deps, present(deps, "web", dict):
            app.state.deps = deps
            yield

    endpoints = [endpoint for room in rooms for endpoint in room.endpoints]
    return assemble(wanted, endpoints, lifespan)


def app_of(wanted: Wanted, endpoints: Sequence[Endpoint], deps: Deps) -> Starlette:
    """A smaller application over deps that are open already: how a worker shows its health."""
    app = assemble(wanted, endpoints, None)
    app.state.deps = deps
    return app


def assemble(wanted: Wanted, endpoints: Sequence[Endpoint], lifespan: Lifespan | None) -> Starlette:
    """Routes, middleware, and the two errors that come from no handler of ours."""
    over_https = wanted.settings.base_url.startswith("https://")
    app = Starlette(
        routes=[route(endpoint) for endpoint in endpoints],
        middleware=[
            Middleware(RequestContext, clock=wanted.clock, metrics=wanted.metrics),
            Middleware(Protection, over_https=over_https),
        ],
        exception_handlers={HTTPException: no_route},
        lifespan=lifespan,
    )
    app.state.is_draining = False
    return app


def no_route(_: Request, error: Exception) -> Response:
    """The path or the method is not one of ours."""
    if isinstance(error, HTTPException) and error.status_code == MethodNotAllowed.status:
        response = error_response(MethodNotAllowed("This path does not take this method."))
        response.headers.update(error.headers or {})
        return response
    found_none: HubError = NotFound("There is nothing at this path.")
    return error_response(found_none)
