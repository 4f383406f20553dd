"""Ordering a provider of e-mail about by HTTP, by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.mailers.provider import Body, Mailer
from tests.fakes.sandbox.moods import Mood
from tests.fakes.serving import json

Order = Callable[[Mailer, Body], Awaitable[Any]]


async def show(mailer: Mailer, body: Body) -> Any:
    """All that it knows."""
    return {
        "domains": mailer.domains,
        "sent": [asdict(sent) for sent in mailer.sent],
        "told": [asdict(told) for told in mailer.told],
        "refused": mailer.refused,
        "moods": mailer.moods.all,
    }


async def connect(mailer: Mailer, body: Body) -> Any:
    """An address, and where all that concerns it is told."""
    mailer.connect(body["address"], body.get("webhook", ""), inbound=body.get("inbound", ""))
    return {"domains": mailer.domains}


async def say(mailer: Mailer, body: Body) -> Any:
    """Somebody writes."""
    return [asdict(told) for told in await mailer.say(body.pop("from"), body.pop("to"), body.pop("text", ""), **body)]


async def report(mailer: Mailer, body: Body) -> Any:
    """What becomes of a mail."""
    sent = next(sent for sent in mailer.sent if sent.id == body.pop("id"))
    return [asdict(told) for told in await mailer.report(sent, body.pop("state"), **body)]


async def add_mood(mailer: Mailer, body: Body) -> Any:
    """One thing more that it does."""
    mailer.moods.all.append(msgspec.convert(body, Mood))
    return mailer.moods.all


async def clear_moods(mailer: Mailer, body: Body) -> Any:
    """It behaves again."""
    mailer.moods.all.clear()
    return mailer.moods.all


def routes(mailer: Mailer) -> list[Route]:
    """All of it, for anybody on this machine."""

    def route(path: str, method: str, order: Order) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                content = await request.body()
                return json(await order(mailer, msgspec.json.decode(content, type=Body) if content else {}))
            except (msgspec.MsgspecError, KeyError, TypeError, ValueError, StopIteration, RuntimeError) as error:
                return json({"error": f"{type(error).__name__}: {error}"}, 400)

        return Route(f"/control{path}", endpoint, methods=[method])

    return [
        route("", "GET", show),
        route("/lines", "POST", connect),
        route("/say", "POST", say),
        route("/report", "POST", report),
        route("/moods", "POST", add_mood),
        route("/moods", "DELETE", clear_moods),
    ]
