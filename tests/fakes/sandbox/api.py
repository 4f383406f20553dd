"""The sandbox's HTTP API, as docs/sandbox.md describes it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.sandbox.checking import status_of, why_not
from tests.fakes.sandbox.provider import Sandbox, Seen, Sent
from tests.fakes.sandbox.templates import Template
from tests.fakes.serving import HungUp, json

Answer = Callable[[Sandbox, Request], Awaitable[Response]]
# A mood of this line is of what is asked about templates; one of no line is of that as well.
TEMPLATES = "templates"
# The same, of how lines stand.
LINES = "lines"


def refusal(sandbox: Sandbox, code: str, wait_s: float = 0, *, status: int = 0) -> Response:
    """A plain no."""
    sandbox.refused.append(code)
    headers = {"retry-after": str(int(wait_s))} if wait_s else {}
    return json({"error": {"code": code, "message": f"Refused: {code}."}}, status or status_of(code), **headers)


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


async def show_read(sandbox: Sandbox, request: Request) -> Response:
    """POST /v1/reads."""
    body = msgspec.json.decode(await request.body(), type=dict[str, Any])
    if mood := sandbox.moods.take("refuse", body["from"]):
        return refusal(sandbox, mood.code, mood.wait_s)
    sandbox.reads.append(Seen(body["from"], body["message_id"], body["is_typing"]))
    return Response(status_code=204)


async def media(sandbox: Sandbox, request: Request) -> Response:
    """GET /v1/media/{id}."""
    kept = sandbox.files.get(request.path_params["id"])
    return Response(kept.content, media_type=kept.type) if kept else refusal(sandbox, "unknown_media")


async def list_templates(sandbox: Sandbox, request: Request) -> Response:
    """GET /v1/templates."""
    listed = json({"templates": [*sandbox.templates.values()]})
    if mood := sandbox.moods.take("slow", TEMPLATES):
        await asyncio.sleep(mood.wait_s)
    return Response(status_code=503) if sandbox.moods.take("down", TEMPLATES) else listed


async def make_template(sandbox: Sandbox, request: Request) -> Response:
    """POST /v1/templates: it waits to be approved."""
    wanted, moods = msgspec.json.decode(await request.body(), type=Template), sandbox.moods
    if moods.take("vanish", TEMPLATES):
        return HungUp()
    if mood := moods.take("refuse", TEMPLATES):
        return refusal(sandbox, mood.code, mood.wait_s)
    if mood := moods.take("slow", TEMPLATES):
        await asyncio.sleep(mood.wait_s)
    there = sandbox.templates.get((wanted.name, wanted.language))
    if there and there.id != wanted.replaces:
        return refusal(sandbox, "template_exists")
    wanted.state = "pending"
    made = sandbox.keep_template(wanted)
    return HungUp() if moods.take("hang_up", TEMPLATES) else json(made, 201)


async def delete_template(sandbox: Sandbox, request: Request) -> Response:
    """DELETE /v1/templates?name=…&language=…: in all languages, without one."""
    name, language = request.query_params["name"], request.query_params.get("language")
    gone = [key for key in sandbox.templates if key[0] == name and language in (None, key[1])]
    for key in gone:
        del sandbox.templates[key]
    if mood := sandbox.moods.take("slow", TEMPLATES):
        await asyncio.sleep(mood.wait_s)
    return json({"deleted": len(gone)}) if gone else refusal(sandbox, "template_missing", status=404)


async def show_line(sandbox: Sandbox, request: Request) -> Response:
    """GET /v1/lines/{address}."""
    line = sandbox.line(request.path_params["address"])
    if sandbox.moods.take("down", LINES):
        return Response(status_code=503)
    if mood := sandbox.moods.take("refuse", LINES):
        return refusal(sandbox, mood.code, mood.wait_s)
    return json({"line": line.address, "webhook": line.webhook})


async def change_line(sandbox: Sandbox, request: Request) -> Response:
    """PUT /v1/lines/{address}: where its webhooks go, and by what they are signed."""
    wanted = msgspec.json.decode(await request.body(), type=dict[str, str])
    line = sandbox.line(request.path_params["address"])
    line.webhook, line.secrets[:] = wanted["webhook"], [wanted["secret"]]
    return await show_line(sandbox, request)


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
        route("/v1/reads", "POST", show_read),
        route("/v1/media/{id}", "GET", media),
        route("/v1/lines/{address}", "GET", show_line),
        route("/v1/lines/{address}", "PUT", change_line),
        route("/v1/templates", "GET", list_templates),
        route("/v1/templates", "POST", make_template),
        route("/v1/templates", "DELETE", delete_template),
    ]
