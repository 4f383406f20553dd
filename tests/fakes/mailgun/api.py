"""The fake Mailgun's HTTP API: mails, their events, and its settings."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.mailers.taking import take
from tests.fakes.mailgun.provider import Mailgun
from tests.fakes.serving import json

Answer = Callable[[Mailgun, Request], Awaitable[Response]]


async def list_events(mailgun: Mailgun, request: Request) -> Response:
    """Those of a mail, since then."""
    about = request.query_params
    found = [
        event
        for event in mailgun.events
        if event["message"]["headers"]["message-id"] == about["message-id"]
        and event["timestamp"] >= float(about["begin"])
    ]
    return json({"items": found[: int(about["limit"])], "paging": {}})


async def show_domain(mailgun: Mailgun, request: Request) -> Response:
    """Its state."""
    domain = {"name": request.path_params["domain"], "state": mailgun.state, "is_disabled": False}
    return json({"domain": domain, "receiving_dns_records": [], "sending_dns_records": []})


async def list_hooks(mailgun: Mailgun, request: Request) -> Response:
    """By the kind of event; null where there are none."""
    kinds = {kind: {"urls": urls} for kind, urls in mailgun.hooks.items()}
    return json({"webhooks": {"clicked": None, **kinds}})


async def add_hooks(mailgun: Mailgun, request: Request) -> Response:
    """One URL for several kinds."""
    form = await form_of(request)
    for kind in form["event_types"]:
        mailgun.hooks.setdefault(kind, []).extend(form["url"])
    return await list_hooks(mailgun, request)


async def list_routes(mailgun: Mailgun, request: Request) -> Response:
    """All of the account."""
    first, most = int(request.query_params["skip"]), int(request.query_params["limit"])
    return json({"total_count": len(mailgun.forwards), "items": mailgun.forwards[first : first + most]})


async def add_route(mailgun: Mailgun, request: Request) -> Response:
    """One more."""
    mailgun.forwards.append({"id": f"route-{len(mailgun.forwards)}", **await route_in(request)})
    return json({"message": "Route has been created", "route": mailgun.forwards[-1]})


async def change_route(mailgun: Mailgun, request: Request) -> Response:
    """One of them."""
    id = request.path_params["id"]
    route = next((one for one in mailgun.forwards if one["id"] == id), None)
    if route is None:
        return json({"message": "Route not found"}, 404)
    route |= await route_in(request)
    return json({"message": "Route has been updated", **route})


async def route_in(request: Request) -> dict[str, Any]:
    """A route, as it is asked for."""
    form = await form_of(request)
    return {
        "description": form["description"][0],
        "expression": form["expression"][0],
        "actions": form["action"],
    }


async def form_of(request: Request) -> dict[str, list[str]]:
    """All values of each field."""
    return parse_qs((await request.body()).decode())


def routes(mailgun: Mailgun) -> list[Route]:
    """What is asked of it by its key."""
    key = f"Basic {base64.b64encode(f'api:{mailgun.key}'.encode()).decode()}"

    def route(path: str, method: str, answer: Answer) -> Route:
        async def endpoint(request: Request) -> Response:
            if request.headers.get("authorization") != key:
                return mailgun.no("wrong_key")
            if request.path_params.get("domain", mailgun.domains[0]) not in mailgun.domains:
                return mailgun.no("domain_unknown")
            try:
                return await answer(mailgun, request)
            except KeyError:
                return mailgun.no("invalid")

        return Route(path, endpoint, methods=[method])

    return [
        route("/v3/routes", "GET", list_routes),
        route("/v3/routes", "POST", add_route),
        route("/v3/routes/{id}", "PUT", change_route),
        route("/v3/domains/{domain}/webhooks", "GET", list_hooks),
        route("/v4/domains/{domain}/webhooks", "POST", add_hooks),
        route("/v4/domains/{domain}", "GET", show_domain),
        route("/v3/{domain}/messages.mime", "POST", take),
        route("/v3/{domain}/events", "GET", list_events),
    ]
