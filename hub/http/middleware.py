"""What is done around every request, known route or not: a name for it, a line in the log, headers that protect."""

import re
import time
from collections.abc import Mapping

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.clock import Clock
from hub.metrics import Metrics
from hub.store.ids import new_id

log = structlog.get_logger()

REQUEST_ID = re.compile(r"[\w.-]{8,64}", re.ASCII)
# Answered every second by every load balancer: said in the log only when something is wrong.
QUIET = frozenset({"live", "ready", "asset"})

PROTECTION: Mapping[str, str] = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
ONE_YEAR_S = 31_536_000


class RequestContext:
    """Names each request, times it, and logs its route and status: never its path's values, its query or its body."""

    def __init__(self, app: ASGIApp, *, clock: Clock, metrics: Metrics) -> None:
        self.app = app
        self._clock = clock
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        id = given if REQUEST_ID.fullmatch(given) else new_id(self._clock.now())
        state = scope.setdefault("state", {})
        state["id"] = id
        status, started_s = 500, time.perf_counter()

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = id
            await send(message)

        with structlog.contextvars.bound_contextvars(request=id):
            await self.app(scope, receive, send_named)
            self._note(scope["method"], state.get("endpoint", "unknown"), status, time.perf_counter() - started_s)

    def _note(self, method: str, route: str, status: int, took_s: float) -> None:
        self._metrics.requests.labels(route, str(status)).observe(took_s)
        if route not in QUIET:
            log.info("request", method=method, route=route, status=status, took_ms=round(took_s * 1000, 1))


class Protection:
    """Headers that make browsers careful. A response that needs it otherwise says so itself."""

    def __init__(self, app: ASGIApp, *, over_https: bool) -> None:
        self.app = app
        self._headers = dict(PROTECTION)
        if over_https:
            self._headers["strict-transport-security"] = f"max-age={ONE_YEAR_S}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_protected)
