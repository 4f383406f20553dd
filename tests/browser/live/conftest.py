"""The client of `web/shared/live` as pages get it: bundled, and in a real browser in front of a real hub."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from hub.pages.routes import PAGE_HEADERS
from hub.running.web import listen
from hub.settings import Settings
from hub.threads.models import Thread
from tests.browser.live.screen import Looking, Place
from tests.browser.watching import Watched
from tests.hub.inbox.talking import Talk
from tests.hubs import running_hub
from tests.people import Person, found

ROOT = Path(__file__).parents[3]
HTML = '<!doctype html><meta charset="utf-8"><title>live</title><script type="module" src="/live-page.js"></script>'


@pytest.fixture(scope="session")
async def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page's script."""
    target = tmp_path_factory.mktemp("live") / "page.js"
    node, bundler = ROOT / ".tools/node/bin/node", ROOT / "web/node_modules/rolldown/bin/cli.mjs"
    source = Path(__file__).with_name("page.ts")
    bundling = await asyncio.create_subprocess_exec(
        node, bundler, source, "--file", target, "--format", "es", "--platform", "browser", cwd=ROOT / "web"
    )
    assert await bundling.wait() == 0
    return target


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page that may complain of nothing but that nobody answers while the hub is away."""
    context = await browser.new_context()
    page = await context.new_page()
    watched = Watched(page)
    yield page
    await context.close()
    assert [one for one in watched.complaints if "ERR_CONNECTION_REFUSED" not in one] == []


@pytest.fixture
async def place(settings: Settings, script: Path) -> AsyncIterator[Place]:
    """A hub with one page more than it ships."""
    with listen("127.0.0.1", 0) as sock:
        port = sock.getsockname()[1]
    settings = replace(settings, open_sign_up=True, port=port)
    async with running_hub(settings) as hub:
        hub.app.router.routes[:0] = routes(script)
        place = Place(hub, port)
        place.come()
        yield place
        await place.go()


@pytest.fixture
async def owner(place: Place) -> Person:
    """Who looks."""
    return await found(place.hub, "acme")


@pytest.fixture
async def talk(place: Place, owner: Person) -> Talk:
    """The account's conversations."""
    return Talk(place.hub.deps, owner.account)


@pytest.fixture
async def thread(talk: Talk) -> Thread:
    """Somebody has written."""
    return await talk.begin(says="Hello")


@pytest.fixture
async def looking(place: Place, thread: Thread, owner: Person, page: Page) -> Looking:
    """The owner looks at it."""
    looking = Looking(page, place.url, thread.id)
    await looking.open()
    await looking.sign_in(owner)
    return looking


@pytest.fixture
async def fresh(looking: Looking) -> AsyncIterator[Looking]:
    """Another page of the same browser, to be opened when the test wants to."""
    page = await looking.page.context.new_page()
    yield Looking(page, looking.url, looking.thread)
    await page.close()


def routes(script: Path) -> list[Route]:
    """Of the page, and of its script."""

    async def show_page(_: object) -> Response:
        return HTMLResponse(HTML, headers=PAGE_HEADERS)

    async def show_script(_: object) -> Response:
        return FileResponse(script, media_type="text/javascript")

    return [Route("/live-page", show_page), Route("/live-page.js", show_script)]
