"""What happens around every handler, in this order: who asks, may they, how often, what, has it been done already."""

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

import msgspec
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hub.access import STRANGER, Caller, Identify, TokenExpired, check_permission
from hub.audit import log as audit
from hub.deps import Deps, deps_of
from hub.errors import HubError, Unauthenticated, render
from hub.http import idempotency
from hub.http.address import client_address, neighbourhood
from hub.http.endpoint import Call, Endpoint, Reply
from hub.http.idempotency import Answer
from hub.http.origins import ANY_PAGE, PREFLIGHT, permits, welcome
from hub.http.reading import read_call, read_path, says_at_most
from hub.limits import Bucket, Rate
from hub.store.ids import is_id
from hub.store.mongo import DatabaseAway

log = structlog.get_logger()

JSON = "application/json"
SEE_OTHER = 303
# All requests together, so that no account takes the place of the others and no stranger that of everybody.
ACCOUNT_RATE = Rate(12_000)
ADDRESS_RATE = Rate(3_000)
# Requests with a credential that is none.
WRONG_RATE = Rate(60)


def route(endpoint: Endpoint, identify: Identify) -> Route:
    """The only way to make a route: hence none without a permission."""

    async def handle(request: Request) -> Response:
        request.state.endpoint, request.state.limit = endpoint.id, {}
        try:
            ask = preflight if request.method == PREFLIGHT else answer
            response = await ask(endpoint, deps_of(request), identify, request)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:  # whatever a handler raises is answered here, once
            response = error_response(error)
            if endpoint.failure_page:
                response = led_on(endpoint, request, error)
            if endpoint.origins:
                response.headers.update(ANY_PAGE)
        for name, value in request.state.limit.items():
            # A limit that was asked inside a handler has said so itself.
            response.headers.setdefault(name, value)
        return response

    methods = [endpoint.method, *([PREFLIGHT] if endpoint.origins else [])]
    return Route(endpoint.path, handle, methods=methods, name=endpoint.id)


async def answer(endpoint: Endpoint, deps: Deps, identify: Identify, request: Request) -> Response:
    """Check everything that the declaration says, then let the handler answer."""
    caller = STRANGER if endpoint.by_others else await identified(identify, deps, request)
    check_permission(caller, endpoint.permission)
    if endpoint.also:
        check_permission(caller, endpoint.also)
    await take_rate(endpoint, deps, caller, request)
    page = await welcome(endpoint, deps, request)
    async with held(endpoint, deps, request):
        call = await read_call(endpoint, deps, request, caller)
        response = await (perform_audited(endpoint, call) if endpoint.audit else perform(endpoint, call))
    response.headers.update(page)
    return response


def held(endpoint: Endpoint, deps: Deps, request: Request) -> AbstractAsyncContextManager[None]:
    """The place that the endpoint holds for the body, where there is to be one."""
    if endpoint.hold is None or says_at_most(request, endpoint.hold_above):
        return nullcontext()
    return endpoint.hold(deps, read_path(endpoint, request), client_address(request, deps.settings.trusted_proxies))


async def preflight(endpoint: Endpoint, deps: Deps, _: Identify, request: Request) -> Response:
    """A browser asks beforehand whether a page of another site may ask."""
    await take_rate(endpoint, deps, STRANGER, request)
    page = await welcome(endpoint, deps, request)
    return Response(status_code=204, headers={**page, **permits(endpoint.method)})


async def identified(identify: Identify, deps: Deps, request: Request) -> Caller:
    """Whoever asks. Wrong credentials are counted by address; right ones from there are none the worse for it."""
    try:
        return await identify(deps, request)
    except TokenExpired:
        # Everybody's is, sooner or later: nobody has guessed.
        raise
    except Unauthenticated:
        (await deps.limiter.take(Bucket(f"wrong:{near(deps, request)}", WRONG_RATE))).check()
        raise


async def take_rate(endpoint: Endpoint, deps: Deps, caller: Caller, request: Request) -> None:
    """Count this request: for the endpoint by who asks, and for everything together by account, or by address."""
    if endpoint.rate is None:
        return
    if caller.kind == "stranger":
        who = near(deps, request)
        whole = Bucket(f"address:{who}", ADDRESS_RATE)
    else:
        who, whole = caller.id, Bucket(f"account:{caller.account}", ACCOUNT_RATE)
    verdict = await deps.limiter.take(Bucket(f"{endpoint.id}:{caller.kind}:{who}", endpoint.rate), whole)
    request.state.limit = verdict.headers
    verdict.check()


def near(deps: Deps, request: Request) -> str:
    """What strangers are counted by."""
    return neighbourhood(client_address(request, deps.settings.trusted_proxies))


async def perform_audited(endpoint: Endpoint, call: Call[Any, Any]) -> Response:
    """Let the handler answer, and write down how it ended."""
    try:
        response = await perform(endpoint, call)
    except DatabaseAway:
        # There is nowhere to write it down, and the caller has waited long enough.
        raise
    except Exception as error:
        await write_down(endpoint, call, render(error).status)
        raise
    await write_down(endpoint, call, response.status_code)
    return response


async def write_down(endpoint: Endpoint, call: Call[Any, Any], status: int) -> None:
    """How it ended. A record that fails changes nothing of that, and is told in the log."""
    act = call.act
    # What somebody has written into the path may be anything, such as an address; only what could be an id is kept.
    named = {name: value for name, value in call.path.items() if is_id(value)}
    act.note.target = {**named, **act.note.target}
    try:
        await audit.record(act, endpoint.audit, status=status)
    except HubError as error:
        log.error("audit_missing", route=endpoint.id, status=status, exc_info=error)


async def perform(endpoint: Endpoint, call: Call[Any, Any]) -> Response:
    """Let the handler answer: with a value, or with a response of its own, which cannot be kept for a repeat."""
    if endpoint.creates:
        return as_json(await idempotency.once(endpoint, call, lambda call: encoded(endpoint, call)))
    result = await endpoint.handler(call)
    if isinstance(result, Response):
        return result
    reply = result if isinstance(result, Reply) else Reply(result, ())
    response = as_json(Answer(endpoint.status, encode(reply.value)))
    for cookie in reply.cookies:
        response.headers.append("set-cookie", cookie)
    return response


async def encoded(endpoint: Endpoint, call: Call[Any, Any]) -> Answer:
    """The handler's answer as it can be kept for a repeat."""
    result = await endpoint.handler(call)
    if isinstance(result, Response):
        return Answer(result.status_code, bytes(result.body))
    return Answer(endpoint.status, encode(result))


def encode(result: object) -> bytes:
    """JSON, and nothing for None."""
    return b"" if result is None else msgspec.json.encode(result)


def as_json(answer: Answer) -> Response:
    """An answer as it is sent."""
    return Response(answer.content, answer.status, media_type=JSON if answer.content else None)


def led_on(endpoint: Endpoint, request: Request, error: Exception) -> Response:
    """A browser has come by a redirect of somebody else: a page of ours tells its user what has failed."""
    page = deps_of(request).settings.base_url + endpoint.failure_page
    return RedirectResponse(f"{page}#error={render(error).body['error']['code']}", SEE_OTHER)


def error_response(error: Exception) -> Response:
    """The one shape of every failure."""
    rendered = render(error)
    if rendered.status == HubError.status:
        log.error("handler_failed", exc_info=error)
    return Response(msgspec.json.encode(rendered.body, enc_hook=str), rendered.status, rendered.headers, JSON)
