"""The sandbox's HTTP API, as docs/sandbox.md describes it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.fakes.sandbox.checking import status_of, why_not
from tests.fakes.sandbox.provider import Sandbox, Sent
from tests.fakes.sandbox.templates import Template

Answer = Callable[[Sandbox, Request], Awaitable[Response]]
HANG_UP = "sandbox.hang_up"


class HungUp(Response):
    """No answer: the connection is closed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close it, and see it closed."""
        scope[HANG_UP]()
        while (await receive())["type"] != "http.disconnect":
            pass


def json(content: Any, status: int = 200, **headers: str) -> Response:
    """An answer in JSON."""
    return Response(msgspec.json.encode(content), status, headers, "application/json")


def refusal(sandbox: Sandbox, code: str, wait_s: float = 0) -> Response:
    """A plain no."""
    sandbox.refused.append(code)
    headers = {"retry-after": str(int(wait_s))} if wait_s else {}
    return json({"error": {"code": code, "message": f"Refused: {code}."}}, status_of(code), **headers)


async def take(sandbox: Sandbox, request: Request) -> Response:
    """POST /v1/messages."""
    body = msgspec.json.decode(await request.body(), type=dict[str, Any])
    line, to = str(body.get("from")), str(body.get("to"))
    moods = sandbox.moods
    if moods.take("vanish", line, to):
        return HungUp()
    if moods.take("down", line, to):
        return Response(status_code=503)
    if mood := moods.take("refuse", line, to):
        return refusal(sandbox, mood.code, mood.wait_s)
    if (limit := moods.find("limit", line, to)) and sandbox.is_over(line, limit.count):
        moods.take("limit", line, to)
        return refusal(sandbox, "rate_limited", limit.wait_s)
    if code := why_not(sandbox, body):
        return refusal(sandbox, code)
    return await accept(sandbox, body)


async def accept(sandbox: Sandbox, body: dict[str, Any]) -> Response:
    """Take it, once for each client id, and say so, or not."""
    line, to = body["from"], body["to"]
    known = sandbox.taken(body["client_id"])
    if known and not sandbox.moods.take("forget", line, to):
        known[0].repeats += 1
        return json({"id": known[0].id}, 202)
    files = await fetched(sandbox, body) if sandbox.fetches_media else []
    if files is None:
        return refusal(sandbox, "media_refused")
    sent = sandbox.take(body)
    sent.files.extend(files)
    if sandbox.moods.take("early", line, to):
        await sandbox.report(sent, *(sandbox.follows or ("sent", "delivered")))
    else:
        sandbox.start(sandbox.report(sent, *sandbox.follows))
    return await answer(sandbox, sent)


async def answer(sandbox: Sandbox, sent: Sent) -> Response:
    """What it says of a message that it has taken."""
    line, moods = sent.body["from"], sandbox.moods
    if mood := moods.take("slow", line, sent.to):
        await asyncio.sleep(mood.wait_s)
    if moods.take("hang_up", line, sent.to):
        return HungUp()
    if moods.take("nonsense", line, sent.to):
        return Response(b"<html>all is well</html>", 200)
    return json({"id": sent.id}, 202)


async def fetched(sandbox: Sandbox, body: dict[str, Any]) -> list[bytes] | None:
    """The files from where the sender keeps them; None when one of them cannot be had."""
    files = []
    for file in body.get("media", ()):
        try:
            got = await sandbox.client.get(file["url"])
        except (httpx2.TransportError, httpx2.InvalidURL):
            return None
        if got.status_code != 200:
            return None
        files.append(got.content)
    return files


async def look_up(sandbox: Sandbox, request: Request) -> Response:
    """GET /v1/messages?client_id=…"""
    found = sandbox.taken(request.query_params.get("client_id", ""))
    state = {sent.id: sent.states[-1] if sent.states else "accepted" for sent in found}
    return json({"messages": [{"id": sent.id, "client_id": sent.client_id, "state": state[sent.id]} for sent in found]})


async def media(sandbox: Sandbox, request: Request) -> Response:
    """GET /v1/media/{id}."""
    kept = sandbox.files.get(request.path_params["id"])
    return Response(kept.content, media_type=kept.type) if kept else refusal(sandbox, "unknown_media")


async def list_templates(sandbox: Sandbox, request: Request) -> Response:
    """GET /v1/templates."""
    return json({"templates": [*sandbox.templates.values()]})


async def make_template(sandbox: Sandbox, request: Request) -> Response:
    """POST /v1/templates: it waits to be approved."""
    wanted = msgspec.json.decode(await request.body(), type=Template)
    return json(sandbox.add_template(wanted.name, wanted.language, wanted.body, "pending"), 201)


def routes(sandbox: Sandbox) -> list[Route]:
    """All of it, for whoever has the key."""

    def route(path: str, method: str, answer: Answer) -> Route:
        async def endpoint(request: Request) -> Response:
            if request.headers.get("authorization") != f"Bearer {sandbox.key}":
                return refusal(sandbox, "wrong_key")
            try:
                return await answer(sandbox, request)
            except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
                return refusal(sandbox, "invalid")

        return Route(path, endpoint, methods=[method])

    return [
        route("/v1/messages", "POST", take),
        route("/v1/messages", "GET", look_up),
        route("/v1/media/{id}", "GET", media),
        route("/v1/templates", "GET", list_templates),
        route("/v1/templates", "POST", make_template),
    ]
