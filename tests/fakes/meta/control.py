"""Ordering Meta about by HTTP: by hand, or from a page."""

from typing import Any

import msgspec
from starlette.routing import Route

from tests.fakes import ordering
from tests.fakes.meta.people import Person
from tests.fakes.meta.provider import Meta
from tests.fakes.meta.webhooks import Told
from tests.fakes.ordering import Body, Order


async def say(meta: Meta, body: Body) -> Any:
    """Somebody writes: `person` (user_id, number, name, username), `number_id`, `text` or fields of a message."""
    person, number = msgspec.convert(body.pop("person"), Person), body.pop("number_id")
    return shown_told(await meta.say(person, number, **body))


async def tell(meta: Meta, body: Body) -> Any:
    """Any change of an account: `account`, `field`, `value`."""
    return shown_told(await meta.change(body["account"], body["field"], body["value"]))


async def report(meta: Meta, body: Body) -> Any:
    """What becomes of a message: `id`, `state`, `code`."""
    sent = next(sent for sent in meta.sent if sent.id == body["id"])
    return shown_told(await meta.report(sent, body["state"], code=body.get("code", "")))


async def decide(meta: Meta, body: Body) -> Any:
    """Whoever looks at templates decides: `name`, `language`, `event`, `reason`."""
    template = next(one for one in meta.templates if (one.name, one.language) == (body["name"], body["language"]))
    return shown_told(await meta.decide(template, body["event"], body.get("reason", "NONE")))


async def expire(meta: Meta, body: Body) -> Any:
    """As if nobody had written for a day: `number_id`."""
    meta.expire_windows(body["number_id"])
    return body


async def show(meta: Meta, body: Body) -> Any:
    """All that it knows."""
    return {
        "numbers": [{"id": one.id, "account": one.account, "shown": one.shown} for one in meta.numbers.values()],
        "webhooks": {account: webhook.url for account, webhook in meta.webhooks.items()},
        "sent": [{"id": one.id, "number_id": one.number, "states": one.states, **one.body} for one in meta.sent],
        "read": meta.read,
        "told": [one for webhook in meta.webhooks.values() for one in shown_told(webhook.told)],
        "templates": [one.shown for one in meta.templates],
        "moods": meta.moods.all,
    }


def shown_told(told: list[Told]) -> list[Body]:
    """Webhooks, and how they were answered."""
    return [{"body": one.body, "answers": one.answers} for one in told]


def routes(meta: Meta) -> list[Route]:
    """All of it."""
    orders: dict[str, Order[Meta]] = {
        "/say": say,
        "/tell": tell,
        "/statuses": report,
        "/templates": decide,
        "/windows/expire": expire,
    }
    return ordering.routes(meta, show, orders)
