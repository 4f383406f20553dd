"""The pages and their assets. Only files that stand in the folder are served: a path is a name, not a way."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response

from hub.access import Permission
from hub.errors import NotFound, Unavailable
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate

DIST = Path(__file__).parents[2] / "web" / "dist"
TAG = Tag("Pages", "What browsers show.", is_internal=True)
HTML = "text/html; charset=utf-8"
ANY = "*/*"

PAGE_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "cache-control": "no-cache",
}
# The build puts a hash of the content into each name.
ASSET_HEADERS = {"cache-control": "public, max-age=31536000, immutable"}


class PagesNotBuilt(Unavailable):
    """The front end has not been built."""

    code = "pages_not_built"


@dataclass(frozen=True)
class Pages:
    """What the build has put into one folder."""

    folder: Path

    async def start_page(self, call: Call[None, Any]) -> Response:
        """Parley is alive, and leads on."""
        return self._page("index.html")

    async def docs_page(self, call: Call[None, Any]) -> Response:
        """The API, to read."""
        return self._page("docs.html")

    async def asset(self, call: Call[None, Any]) -> Response:
        """A script, a style sheet or a picture of a page."""
        known = {path.name: path for path in (self.folder / "assets").glob("*") if path.is_file()}
        path = known.get(call.path["name"])
        if path is None:
            raise NotFound("There is no such file.")
        return FileResponse(path, headers=ASSET_HEADERS)

    def _page(self, name: str) -> Response:
        path = self.folder / name
        if not path.is_file():
            raise PagesNotBuilt("The pages are not built yet: `make run` builds them. The API works without them.")
        return FileResponse(path, headers=PAGE_HEADERS, media_type=HTML)


def endpoints_of(pages: Pages) -> tuple[Endpoint, ...]:
    """What they are reached by."""
    return (
        Endpoint(
            method="GET",
            path="/",
            handler=pages.start_page,
            permission=Permission.PUBLIC,
            media_type=HTML,
            tag=TAG,
            summary="The start page",
        ),
        Endpoint(
            method="GET",
            path="/api/docs",
            handler=pages.docs_page,
            permission=Permission.PUBLIC,
            media_type=HTML,
            tag=TAG,
            summary="This documentation",
        ),
        Endpoint(
            method="GET",
            path="/assets/{name}",
            handler=pages.asset,
            permission=Permission.PUBLIC,
            media_type=ANY,
            rate=Rate(1200),
            tag=TAG,
            summary="A file of a page",
        ),
    )


ENDPOINTS = endpoints_of(Pages(DIST))
