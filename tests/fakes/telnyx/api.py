"""The fake Telnyx's HTTP API: messages, the messaging profile and the files."""

from collections.abc import Awaitable, Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.carriers.provider import Body
from tests.fakes.carriers.taking import take
from tests.fakes.serving import json
from tests.fakes.telnyx.provider import Telnyx

Answer = Callable[[Telnyx, Request], Awaitable[Response]]
PROFILE = "/v2/messaging_profiles/{id}"
A_PAGE = 250


async def show_profile(telnyx: Telnyx, request: Request) -> Response:
    """Its settings."""
    return json({"data": telnyx.profile})


async def change_profile(telnyx: Telnyx, request: Request) -> Response:
    """Whatever is named."""
    telnyx.profile |= msgspec.json.decode(await request.body(), type=Body)
    return json({"data": telnyx.profile})


async def list_numbers(telnyx: Telnyx, request: Request) -> Response:
    """Those that belong to the profile, page by page."""
    query, found = request.query_params, [*telnyx.numbers]
    page, size = int(query.get("page[number]", 1)), min(int(query.get("page[size]", 20)), A_PAGE)
    shown = found[(page - 1) * size : page * size]
    meta = {"total_pages": -(-len(found) // size), "total_results": len(found), "page_number": page, "page_size": size}
    numbers = [{"phone_number": one, "messaging_profile_id": telnyx.profile["id"]} for one in shown]
    return json({"data": numbers, "meta": meta})


async def hand_over(telnyx: Telnyx, request: Request) -> Response:
    """A file."""
    type, content = telnyx.files.get(request.path_params["name"], ("", b""))
    return Response(content, media_type=type) if type else Response(b"<Error/>", 404)


def routes(telnyx: Telnyx) -> list[Route]:
    """What is asked of it by its key; files are had without."""

    def route(path: str, method: str, answer: Answer, *, is_open: bool = False) -> Route:
        async def endpoint(request: Request) -> Response:
            if request.method == "GET" and telnyx.moods.find("down", "", ""):
                return Response(status_code=503)
            if not is_open and request.headers.get("authorization") != f"Bearer {telnyx.key}":
                return telnyx.no("10009")
            if request.path_params.get("id", telnyx.profile["id"]) != telnyx.profile["id"]:
                return telnyx.no("10005")
            try:
                return await answer(telnyx, request)
            except (msgspec.MsgspecError, KeyError, TypeError, AttributeError):
                return telnyx.no("10015")

        return Route(path, endpoint, methods=[method])

    return [
        route("/v2/messages", "POST", take),
        route(PROFILE, "GET", show_profile),
        route(PROFILE, "PATCH", change_profile),
        route(f"{PROFILE}/phone_numbers", "GET", list_numbers),
        route("/media/{name}", "GET", hand_over, is_open=True),
    ]
