"""The web application: plain composition, and nothing connects before its lifespan."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from hub.access import Identify
from hub.children import Report
from hub.clock import Clock
from hub.deps import Deps, Wanted, open_deps
from hub.errors import HubError, MethodNotAllowed, NotFound
from hub.house import House, Room
from hub.http.endpoint import Endpoint
from hub.http.middleware import Protection, RequestContext
from hub.http.serving import error_response, route
from hub.operations.presence import present
from hub.rooms import ROOMS
from hub.sessions.standing import identify
from hub.settings import Settings
from hub.sockets.opening import SocketsInFront, open_sockets, speaking_and_hearing
from hub.store.mongo import CommandListener


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
    house = House(rooms)
    wanted = house.wants(settings, clock=clock, listeners=listeners, speaking=speaking_and_hearing)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_deps(wanted, report=report) as deps, open_sockets(deps, house) as sockets:
            app.state.deps, app.state.sockets = deps, sockets
            async with present(deps, "web", dict):
                yield

    app = assemble(wanted, house, identify)
    app.router.lifespan_context = lifespan
    return app


def app_of(deps: Deps, house: House) -> Starlette:
    """A smaller application over deps that are open already: how a worker shows its health."""
    app = assemble(deps, house, identify)
    app.state.deps = deps
    return app


def assemble(wanted: Wanted | Deps, house: House, identify: Identify) -> Starlette:
    """Routes, middleware, and the two errors that come from no handler of ours."""
    over_https = wanted.settings.base_url.startswith("https://")
    app = Starlette(
        # The router tries one route after the other: webhooks do not wait behind the whole of the API.
        routes=[route(endpoint, identify) for endpoint in sorted(house.endpoints, key=is_of_the_api)],
        middleware=[
            Middleware(SocketsInFront),
            Middleware(RequestContext, clock=wanted.clock, metrics=wanted.metrics),
            Middleware(Protection, over_https=over_https),
        ],
        exception_handlers={HTTPException: no_route},
    )
    # A redirect would go to wherever the Host header says.
    app.router.redirect_slashes = False
    app.state.house, app.state.is_draining = house, False
    return app


def is_of_the_api(endpoint: Endpoint) -> bool:
    """Whether it is for programs and our own pages; what is not is for everybody else."""
    return endpoint.path.startswith("/api/")


def no_route(_: Request, error: Exception) -> Response:
    """The path or the method is not one of ours."""
    if isinstance(error, HTTPException) and error.status_code == MethodNotAllowed.status:
        response = error_response(MethodNotAllowed("This path does not take this method."))
        response.headers.update(error.headers or {})
        return response
    found_none: HubError = NotFound("There is nothing at this path.")
    return error_response(found_none)
