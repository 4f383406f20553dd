"""Ordering the sandbox about by HTTP: by hand, or from a page."""

import mimetypes
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes import ordering
from tests.fakes.ordering import Body, Order
from tests.fakes.sandbox.lines import Told
from tests.fakes.sandbox.provider import Sandbox, Sent
from tests.fakes.serving import json

PAUSES_S = (0.5, 2, 10, 60)


async def connect(sandbox: Sandbox, body: Body) -> Any:
    """A line, and where its webhooks go; they are repeated until they are taken."""
    line = sandbox.connect(body["line"], webhook=body["webhook"], secret=body["secret"], pauses_s=PAUSES_S)
    return {"line": line.address, "webhook": line.webhook}


async def say(sandbox: Sandbox, body: Body) -> Any:
    """Somebody writes."""
    sender, line = body.pop("from"), body.pop("line")
    return shown_told(await sandbox.say(sender, line, **body))


async def tell(sandbox: Sandbox, body: Body) -> Any:
    """Any event."""
    return shown_told(await sandbox.line(body["line"]).tell(*body["events"]))


async def report(sandbox: Sandbox, body: Body) -> Any:
    """What becomes of a message."""
    sent = next(sent for sent in sandbox.sent if sent.id == body["id"])
    return shown_told(await sandbox.report(sent, body["state"], code=body.get("code", "")))


async def keep(sandbox: Sandbox, request: Request) -> Response:
    """A file that somebody is about to send, as it is: what stands in the `media` of what they say."""
    content, name = await request.body(), request.query_params.get("name", "")
    # What curl says of the bytes of a file when it is told nothing says nothing of the file.
    declared = request.headers.get("content-type", "").replace("application/x-www-form-urlencoded", "")
    type = declared or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return json(sandbox.keep(type, name, content))


async def expire(sandbox: Sandbox, body: Body) -> Any:
    """As if nobody had written for a day."""
    sandbox.expire_windows(body["line"])
    return {"line": body["line"]}


async def decide_template(sandbox: Sandbox, body: Body) -> Any:
    """Approve a template, or not; the line's owner is told."""
    fields = {name: body[name] for name in ("state", "reason", "quality", "category") if name in body}
    return shown_told(await sandbox.decide_template(body["line"], body["name"], body["language"], **fields))


async def show(sandbox: Sandbox, body: Body) -> Any:
    """All that it knows."""
    return {
        "lines": [{"line": line.address, "webhook": line.webhook} for line in sandbox.lines.values()],
        "sent": [shown_sent(sent) for sent in sandbox.sent],
        "reads": sandbox.reads,
        "told": [shown for line in sandbox.lines.values() for shown in shown_told(line.told)],
        "moods": sandbox.moods.all,
        "templates": [*sandbox.templates.values()],
    }


def shown_sent(sent: Sent) -> Body:
    """A message that it has taken."""
    return {"id": sent.id, "at": sent.at, "states": sent.states, "repeats": sent.repeats, **sent.body}


def shown_told(told: list[Told]) -> list[Body]:
    """Webhooks, and how they were answered."""
    return [{"id": one.id, "events": one.events, "answers": one.answers} for one in told]


def routes(sandbox: Sandbox) -> list[Route]:
    """All of it."""
    orders: dict[str, Order[Sandbox]] = {
        "/lines": connect,
        "/say": say,
        "/tell": tell,
        "/statuses": report,
        "/windows/expire": expire,
        "/templates": decide_template,
    }
    files = Route("/control/files", partial(keep, sandbox), methods=["POST"])
    return [files, *ordering.routes(sandbox, show, orders)]
