"""What the fake endpoint answers over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes import ordering
from tests.fakes.openai.provider import Endpoint, Heard, form
from tests.fakes.ordering import Body
from tests.fakes.serving import HungUp, json

Answer = Callable[[Request], Awaitable[Response]]
PATH = "/v1"


def routes(endpoint: Endpoint) -> list[Route]:
    """Its API, and what it can be told by hand."""

    def mine(answer: Callable[[Endpoint, Request], Awaitable[Response]]) -> Answer:
        async def answered(request: Request) -> Response:
            return await answer(endpoint, request)

        return answered

    return [
        Route(f"{PATH}/models", mine(list_models)),
        Route(f"{PATH}/audio/transcriptions", mine(transcribe), methods=["POST"]),
        *ordering.routes(endpoint, show, {}),
    ]


def is_let_in(endpoint: Endpoint, request: Request) -> bool:
    """Whether the key is right; a server of one's own may want none."""
    return not endpoint.key or request.headers.get("authorization") == f"Bearer {endpoint.key}"


async def list_models(endpoint: Endpoint, request: Request) -> Response:
    """Which there are."""
    if not is_let_in(endpoint, request):
        return endpoint.no("invalid_api_key")
    models = [{"id": name, "object": "model", "created": 1_700_000_000, "owned_by": "fake"} for name in endpoint.models]
    return json({"object": "list", "data": models})


async def transcribe(endpoint: Endpoint, request: Request) -> Response:
    """Listen, in whatever mood it is."""
    body = await request.body()
    if endpoint.moods.take("vanish", ""):
        return HungUp()
    if endpoint.moods.take("down", ""):
        return Response(b"<html>Bad gateway</html>", 503, media_type="text/html")
    if not is_let_in(endpoint, request):
        return endpoint.no("invalid_api_key")
    if refusal := endpoint.moods.take("refuse", ""):
        return endpoint.no(refusal.code, refusal.wait_s)
    heard = heard_in(body, request.headers["content-type"])
    if code := endpoint.check(heard):
        return endpoint.no(code)
    endpoint.heard.append(heard)
    return await answer(endpoint, heard)


async def answer(endpoint: Endpoint, heard: Heard) -> Response:
    """It has listened, and somebody pays for it, whatever comes of the answer."""
    if slow := endpoint.moods.take("slow", ""):
        await asyncio.sleep(slow.wait_s)
    if endpoint.moods.take("hang_up", ""):
        return HungUp()
    if endpoint.moods.take("nonsense", ""):
        return Response(b'{"text": 7', media_type="application/json")
    return endpoint.answer(heard)


def heard_in(body: bytes, content_type: str) -> Heard:
    """What a request asks."""
    fields = form(body, content_type)
    name, type, content = fields["file"]
    said = {field: value.decode() for field, (_, _, value) in fields.items() if field != "file"}
    return Heard(said["model"], name, type, content, said.get("response_format", "json"))


async def show(endpoint: Endpoint, body: Body) -> Any:
    """What it was asked."""
    heard = [{"model": one.model, "type": one.type, "bytes": len(one.content)} for one in endpoint.heard]
    return {"models": endpoint.models, "heard": heard, "moods": endpoint.moods.all}
