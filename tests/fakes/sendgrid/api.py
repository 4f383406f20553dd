"""The fake SendGrid's HTTP API: mails, and its settings."""

import secrets
from collections.abc import Awaitable, Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.mailers.provider import Body
from tests.fakes.mailers.taking import take
from tests.fakes.sendgrid.provider import SendGrid
from tests.fakes.sendgrid.signing import public_key
from tests.fakes.serving import json

Answer = Callable[[SendGrid, Request], Awaitable[Response]]
HOOKS, PARSES = "/v3/user/webhooks/event/settings", "/v3/user/webhooks/parse/settings"
NOT_FOUND = {"errors": [{"message": "resource not found", "field": None}]}


async def list_domains(sendgrid: SendGrid, request: Request) -> Response:
    """Those that are authenticated; part of a name is enough."""
    wanted = request.query_params.get("domain", "")
    return json([{"id": 1, "domain": one, "valid": True} for one in sendgrid.domains if wanted in one])


async def list_hooks(sendgrid: SendGrid, request: Request) -> Response:
    """All webhooks for events."""
    return json({"max_allowed": 5, "webhooks": sendgrid.hooks})


async def add_hook(sendgrid: SendGrid, request: Request) -> Response:
    """One more, which is not signed."""
    sendgrid.hooks.append({"id": secrets.token_hex(8), **await body_of(request)})
    return json(sendgrid.hooks[-1], 201)


async def change_hook(sendgrid: SendGrid, request: Request) -> Response:
    """Whatever is named."""
    hook = next(one for one in sendgrid.hooks if one["id"] == request.path_params["id"])
    hook |= await body_of(request)
    return json(hook)


async def sign_hook(sendgrid: SendGrid, request: Request) -> Response:
    """From now on, or no more."""
    hook = next(one for one in sendgrid.hooks if one["id"] == request.path_params["id"])
    hook["public_key"] = public_key(sendgrid.signer) if (await body_of(request))["enabled"] else ""
    return json({"id": hook["id"], "public_key": hook["public_key"]})


async def list_parses(sendgrid: SendGrid, request: Request) -> Response:
    """What happens to mails that come in."""
    return json({"result": sendgrid.parses})


async def add_parse(sendgrid: SendGrid, request: Request) -> Response:
    """For one domain more."""
    sendgrid.parses.append(await body_of(request))
    return json(sendgrid.parses[-1], 201)


async def change_parse(sendgrid: SendGrid, request: Request) -> Response:
    """Whatever is named."""
    parse = next(one for one in sendgrid.parses if one["hostname"] == request.path_params["host"])
    parse |= await body_of(request)
    return json(parse)


async def body_of(request: Request) -> Body:
    """An object."""
    return msgspec.json.decode(await request.body(), type=Body)


def routes(sendgrid: SendGrid) -> list[Route]:
    """What is asked of it by its key."""

    def route(path: str, method: str, answer: Answer) -> Route:
        async def endpoint(request: Request) -> Response:
            if request.headers.get("authorization") != f"Bearer {sendgrid.key}":
                return sendgrid.no("wrong_key")
            try:
                return await answer(sendgrid, request)
            except (msgspec.MsgspecError, KeyError):
                return sendgrid.no("invalid")
            except RuntimeError:
                return json(NOT_FOUND, 404)

        return Route(path, endpoint, methods=[method])

    return [
        route("/v3/mail/send", "POST", take),
        route("/v3/whitelabel/domains", "GET", list_domains),
        route(f"{HOOKS}/all", "GET", list_hooks),
        route(HOOKS, "POST", add_hook),
        route(f"{HOOKS}/signed/{{id}}", "PATCH", sign_hook),
        route(f"{HOOKS}/{{id}}", "PATCH", change_hook),
        route(PARSES, "GET", list_parses),
        route(PARSES, "POST", add_parse),
        route(f"{PARSES}/{{host}}", "PATCH", change_parse),
    ]
