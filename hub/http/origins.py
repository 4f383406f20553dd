"""Pages of other sites: which of them may ask what is for them, and what their browsers want to be told."""

from collections.abc import Mapping

from starlette.requests import Request

from hub.deps import Deps
from hub.errors import Forbidden
from hub.http.endpoint import Endpoint
from hub.http.reading import read_path

PREFLIGHT = "OPTIONS"
# Browsers remember for so long what they were told.
REMEMBERED_S = 600
# A failure holds nothing of anybody's, and a page that cannot read it can only guess.
ANY_PAGE: Mapping[str, str] = {"access-control-allow-origin": "*"}


class WrongOrigin(Forbidden):
    """Pages of this origin may not ask this."""

    code = "wrong_origin"


async def welcome(endpoint: Endpoint, deps: Deps, request: Request) -> dict[str, str]:
    """What the browser of a page that may ask is told; of what is for such pages, WrongOrigin for every other page, and
    for programs."""
    if endpoint.origins is None:
        return {}
    origin = request.headers.get("origin", "")
    if origin not in await endpoint.origins(deps, read_path(endpoint, request)):
        raise WrongOrigin("Pages of this origin may not ask this.", origin=origin[:200])
    return {"access-control-allow-origin": origin, "vary": "origin"}


def permits(method: str) -> dict[str, str]:
    """In which way such a page may ask."""
    return {
        "access-control-allow-methods": method,
        "access-control-allow-headers": "content-type",
        "access-control-max-age": str(REMEMBERED_S),
    }
