"""Ordering a provider of SMS about by HTTP, by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.carriers.provider import Body, Carrier
from tests.fakes.sandbox.moods import Mood
from tests.fakes.serving import json

Order = Callable[[Carrier, Body], Awaitable[Any]]
PAUSES_S = (0.5, 2, 10, 60)


async def show(carrier: Carrier, body: Body) -> Any:
    """All that it knows."""
    return {
        "numbers": carrier.numbers,
        "webhook": carrier.hears(None),
        "sent": [asdict(sent) for sent in carrier.sent],
        "told": [asdict(told) for told in carrier.told],
        "refused": carrier.refused,
        "moods": carrier.moods.all,
    }


async def connect(carrier: Carrier, body: Body) -> Any:
    """Numbers, and where what comes in is told; it is repeated until it is taken."""
    carrier.connect(*body["numbers"], webhook=body["webhook"])
    carrier.pauses_s = PAUSES_S
    return {"numbers": carrier.numbers, "webhook": carrier.hears(None)}


async def say(carrier: Carrier, body: Body) -> Any:
    """Somebody writes."""
    return asdict(await carrier.say(body.pop("from"), body.pop("line"), **body))


async def report(carrier: Carrier, body: Body) -> Any:
    """What becomes of a message."""
    sent = next(sent for sent in carrier.sent if sent.id == body["id"])
    return [asdict(told) for told in await carrier.report(sent, body["state"], code=str(body.get("code", "")))]


async def add_mood(carrier: Carrier, body: Body) -> Any:
    """One thing more that it does."""
    carrier.moods.all.append(msgspec.convert(body, Mood))
    return carrier.moods.all


async def clear_moods(carrier: Carrier, body: Body) -> Any:
    """It behaves again."""
    carrier.moods.all.clear()
    return carrier.moods.all


def routes(carrier: Carrier) -> list[Route]:
    """All of it, for anybody on this machine."""

    def route(path: str, method: str, order: Order) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                content = await request.body()
                return json(await order(carrier, msgspec.json.decode(content, type=Body) if content else {}))
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
