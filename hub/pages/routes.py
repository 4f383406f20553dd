"""The pages and their assets. Only files that stand in the folder are served: a path is a name, not a way."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, Response

from hub.access import Permission
from hub.errors import NotFound, Unavailable
from hub.http.endpoint import Call, Endpoint, Handler, Tag
from hub.limits import Rate

DIST = Path(__file__).parents[2] / "web" / "dist"
TAG = Tag("Pages", "What browsers show.", is_internal=True)
HTML = "text/html; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"
ANY = "*/*"
# What browsers keep running for notifications. Its name has no hash: they look for its next version where it was.
WORKER = "push-worker.js"
# One small application behind several paths.
ENTRANCE = "entrance.html"
UNSUBSCRIBE = "unsubscribe.html"

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

    async def sign_in_page(self, call: Call[None, Any]) -> Response:
        """Where those come in who work here."""
        return self._page(ENTRANCE)

    async def sign_up_page(self, call: Call[None, Any]) -> Response:
        """Where an account is made."""
        return self._page(ENTRANCE)

    async def join_page(self, call: Call[None, Any]) -> Response:
        """Where the link of an invitation leads."""
        return self._page(ENTRANCE)

    async def reset_page(self, call: Call[None, Any]) -> Response:
        """Where the link to a new password leads."""
        return self._page(ENTRANCE)

    async def unsubscribe_page(self, call: Call[None, Any]) -> Response:
        """Where people end the mails that they get. To open it changes nothing: programs open links too."""
        return self._page(UNSUBSCRIBE)

    async def asset(self, call: Call[None, Any]) -> Response:
        """A script, a style sheet or a picture of a page."""
        known = {path.name: path for path in (self.folder / "assets").glob("*") if path.is_file()}
        path = known.get(call.path["name"])
        if path is None:
            raise NotFound("There is no such file.")
        return FileResponse(path, headers=ASSET_HEADERS)

    async def push_worker(self, call: Call[None, Any]) -> Response:
        """What shows notifications while no page is open."""
        return self._page(WORKER, media_type=SCRIPT)

    def _page(self, name: str, *, media_type: str = HTML) -> Response:
        path = self.folder / name
        if not path.is_file():
            raise PagesNotBuilt("The pages are not built yet: `make run` builds them. The API works without them.")
        return FileResponse(path, headers=PAGE_HEADERS, media_type=media_type)


def shown(path: str, handler: Handler, summary: str, **more: Any) -> Endpoint:
    """For everybody who has a browser."""
    declared: dict[str, Any] = {"permission": Permission.PUBLIC, "media_type": HTML, "tag": TAG, **more}
    return Endpoint(method="GET", path=path, handler=handler, summary=summary, **declared)


def endpoints_of(pages: Pages) -> tuple[Endpoint, ...]:
    """What they are reached by."""
    return (
        shown("/", pages.start_page, "The start page"),
        shown("/api/docs", pages.docs_page, "This documentation"),
        shown("/sign-in", pages.sign_in_page, "Sign in"),
        shown("/sign-up", pages.sign_up_page, "Make an account"),
        shown("/join", pages.join_page, "Accept an invitation"),
        shown("/reset", pages.reset_page, "Set a new password"),
        shown("/u/{token}", pages.unsubscribe_page, "End the mails that one gets"),
        shown(f"/{WORKER}", pages.push_worker, "The worker of notifications", media_type=SCRIPT),
        shown("/assets/{name}", pages.asset, "A file of a page", media_type=ANY, rate=Rate(1200)),
    )


ENDPOINTS = endpoints_of(Pages(DIST))
