"""Ordering the fake Twilio about by HTTP, by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.sandbox.moods import Mood
from tests.fakes.serving import json
from tests.fakes.twilio.provider import Twilio

Body = dict[str, Any]
Order = Callable[[Twilio, Body], Awaitable[Any]]


async def show(twilio: Twilio, body: Body) -> Any:
    """All that it knows."""
    return {
        "numbers": {number.address: number.webhook for number in twilio.numbers.values()},
        "sent": [asdict(sent) for sent in twilio.sent],
        "told": [asdict(told) for told in twilio.told],
        "moods": twilio.moods.all,
    }


async def connect(twilio: Twilio, body: Body) -> Any:
    """A number, and where what comes in is told."""
    return {"sid": twilio.connect(body["number"], webhook=body.get("webhook", "")).sid}


async def say(twilio: Twilio, body: Body) -> Any:
    """Somebody writes."""
    return asdict(await twilio.say(body.pop("from"), body.pop("to"), body.pop("text", ""), **body))


async def report(twilio: Twilio, body: Body) -> Any:
    """What becomes of a message."""
    sent = next(sent for sent in twilio.sent if sent.sid == body["sid"])
    return [asdict(told) for told in await twilio.report(sent, body["state"], code=body.get("code"))]


async def add_mood(twilio: Twilio, body: Body) -> Any:
    """One thing more that it does."""
    twilio.moods.all.append(msgspec.convert(body, Mood))
    return twilio.moods.all


def routes(twilio: Twilio) -> list[Route]:
    """All of it, for anybody on this machine."""

    def route(path: str, method: str, order: Order) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                content = await request.body()
                return json(await order(twilio, msgspec.json.decode(content, type=dict[str, Any]) if content else {}))
            except (msgspec.MsgspecError, KeyError, TypeError, ValueError, RuntimeError) as error:
                return json({"error": f"{type(error).__name__}: {error}"}, 400)

        return Route(f"/control{path}", endpoint, methods=[method])

    return [
        route("", "GET", show),
        route("/numbers", "POST", connect),
        route("/say", "POST", say),
        route("/statuses", "POST", report),
        route("/moods", "POST", add_mood),
    ]
