"""The fake Vonage's HTTP API: messages, the application, the numbers and the files."""

import base64
from collections.abc import Awaitable, Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.carriers.provider import Body
from tests.fakes.carriers.taking import take
from tests.fakes.serving import json
from tests.fakes.vonage.provider import Vonage

Answer = Callable[[Vonage, Request], Awaitable[Response]]
A_PAGE = 100


async def show_application(vonage: Vonage, request: Request) -> Response:
    """Its settings."""
    is_there = request.path_params["id"] == vonage.application["id"]
    return json(vonage.application) if is_there else vonage.no("not-found")


async def change_application(vonage: Vonage, request: Request) -> Response:
    """As a whole: what is left out is gone."""
    if request.path_params["id"] != vonage.application["id"]:
        return vonage.no("not-found")
    body = msgspec.json.decode(await request.body(), type=Body)
    if not body.get("name"):
        return vonage.no("1010")
    vonage.application = {"id": vonage.application["id"], "keys": {}, "capabilities": {}, **body}
    return json(vonage.application)


async def list_numbers(vonage: Vonage, request: Request) -> Response:
    """Those that are linked to the application, page by page."""
    query = request.query_params
    found = vonage.numbers if query.get("application_id") == vonage.application["id"] else []
    index, size = int(query.get("index", 1)), min(int(query.get("size", 10)), A_PAGE)
    shown = found[(index - 1) * size : index * size]
    numbers = [{"country": "US", "msisdn": one.removeprefix("+"), "features": ["SMS"]} for one in shown]
    return json({"count": len(found), "numbers": numbers} if numbers else {})


async def hand_over(vonage: Vonage, request: Request) -> Response:
    """A file, unless the application wants a key for it."""
    if vonage.messages.get("authenticate_inbound_media"):
        return vonage.no("unauthorized")
    type, content = vonage.files.get(request.path_params["id"], ("", b""))
    return Response(content, media_type=type) if type else vonage.no("not-found")


def routes(vonage: Vonage) -> list[Route]:
    """What is asked of it by its key; files are had without."""
    key = f"Basic {base64.b64encode(vonage.key.encode()).decode()}"

    def route(path: str, method: str, answer: Answer, *, is_open: bool = False) -> Route:
        async def endpoint(request: Request) -> Response:
            if request.method == "GET" and vonage.moods.find("down", "", ""):
                return Response(status_code=503)
            if not is_open and request.headers.get("authorization") != key:
                return vonage.no("unauthorized")
            try:
                return await answer(vonage, request)
            except (msgspec.MsgspecError, KeyError, TypeError, AttributeError):
                return vonage.no("1150")

        return Route(path, endpoint, methods=[method])

    return [
        route("/v1/messages", "POST", take),
        route("/v2/applications/{id}", "GET", show_application),
        route("/v2/applications/{id}", "PUT", change_application),
        route("/account/numbers", "GET", list_numbers),
        route("/v3/media/{id}", "GET", hand_over, is_open=True),
    ]
