"""Ordering a provider of SMS about by HTTP, by hand."""

from dataclasses import asdict
from typing import Any

from starlette.routing import Route

from tests.fakes import ordering
from tests.fakes.carriers.provider import Carrier
from tests.fakes.ordering import Body, Order

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


def routes(carrier: Carrier) -> list[Route]:
    """All of it."""
    orders: dict[str, Order[Carrier]] = {"/lines": connect, "/say": say, "/report": report}
    return ordering.routes(carrier, show, orders)
