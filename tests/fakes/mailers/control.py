"""Ordering a provider of e-mail about by HTTP, by hand."""

from dataclasses import asdict
from typing import Any

from starlette.routing import Route

from tests.fakes import ordering
from tests.fakes.mailers.provider import Mailer
from tests.fakes.ordering import Body, Order


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


def routes(mailer: Mailer) -> list[Route]:
    """All of it."""
    orders: dict[str, Order[Mailer]] = {"/lines": connect, "/say": say, "/report": report}
    return ordering.routes(mailer, show, orders)
