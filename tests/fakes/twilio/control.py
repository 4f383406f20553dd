"""Ordering the fake Twilio about by HTTP, by hand."""

from dataclasses import asdict
from typing import Any

from starlette.routing import Route

from tests.fakes import ordering
from tests.fakes.ordering import Body, Order
from tests.fakes.twilio.provider import Twilio


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


def routes(twilio: Twilio) -> list[Route]:
    """All of it."""
    orders: dict[str, Order[Twilio]] = {"/numbers": connect, "/say": say, "/statuses": report}
    return ordering.routes(twilio, show, orders)
