"""How a fake provider is ordered about by HTTP: by hand, or from a page."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.sandbox.moods import Mood, Moods
from tests.fakes.serving import json

Body = dict[str, Any]


class Moody(Protocol):
    """A provider that can be out of sorts."""

    moods: Moods


Provider = TypeVar("Provider", bound=Moody)
Order = Callable[[Provider, Body], Awaitable[Any]]


async def add_mood(provider: Moody, body: Body) -> Any:
    """One thing more that it does."""
    provider.moods.all.append(msgspec.convert(body, Mood))
    return provider.moods.all


async def clear_moods(provider: Moody, body: Body) -> Any:
    """It behaves again."""
    provider.moods.all.clear()
    return provider.moods.all


def routes(provider: Provider, show: Order[Provider], orders: Mapping[str, Order[Provider]]) -> list[Route]:
    """What it shows of itself, its moods, and what else it can be told, each by its path: for anybody on this
    machine."""

    def route(path: str, method: str, order: Order[Provider]) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                content = await request.body()
                return json(await order(provider, msgspec.json.decode(content, type=Body) if content else {}))
            # What is not found in a coroutine by `next` is a RuntimeError.
            except (msgspec.MsgspecError, KeyError, TypeError, ValueError, RuntimeError) as error:
                return json({"error": f"{type(error).__name__}: {error}"}, 400)

        return Route(f"/control{path}", endpoint, methods=[method])

    return [
        route("", "GET", show),
        route("/moods", "POST", add_mood),
        route("/moods", "DELETE", clear_moods),
        *(route(path, "POST", order) for path, order in orders.items()),
    ]
