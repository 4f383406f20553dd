"""Pages and their files: those of the folder, and nothing beside it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.settings import Settings
from hub.store.embedded import Servers
from tests.hub.http.rooms import build_pages, error_of, own_settings, rooms_with_pages
from tests.hub.http.wire import ask
from tests.hubs import Hub, running_hub
from tests.serving import serving


@pytest.fixture
async def hub(settings: Settings, tmp_path: Path) -> AsyncIterator[Hub]:
    """The hub with a build."""
    async with running_hub(settings, rooms=rooms_with_pages(build_pages(tmp_path))) as hub:
        yield hub


DOORS = ("/sign-in", "/sign-up", "/join", "/reset")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        *(("/", "Parley"), ("/api/docs", "The API"), ("/u/token", "Unsubscribe")),
        *((door, "The entrance") for door in DOORS),
    ],
)
async def test_a_page_is_served_as_a_page(hub: Hub, path: str, title: str) -> None:
    answer = await hub.client.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert title in answer.text


async def test_a_page_runs_only_scripts_of_its_own_origin(hub: Hub) -> None:
    policy = (await hub.client.get("/")).headers.get_list("content-security-policy")

    directives = dict(part.strip().split(" ", 1) for part in policy[0].split(";"))
    assert len(policy) == 1
    assert directives["default-src"] == directives["script-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["object-src"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in policy[0]


async def test_a_page_is_asked_for_anew_and_its_files_are_kept(hub: Hub) -> None:
    page, asset = await hub.client.get("/"), await hub.client.get("/assets/start-abc123.js")

    assert page.headers["cache-control"] == "no-cache"
    assert "immutable" in asset.headers["cache-control"]


async def test_the_worker_of_notifications_is_a_script_that_is_asked_for_anew(hub: Hub) -> None:
    answer = await hub.client.get("/push-worker.js")

    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "push" in answer.text


@pytest.mark.parametrize(("name", "media_type"), [("start-abc123.js", "javascript"), ("start-abc123.css", "text/css")])
async def test_a_file_of_a_page_has_the_type_of_its_name(hub: Hub, name: str, media_type: str) -> None:
    answer = await hub.client.get(f"/assets/{name}")

    assert answer.status_code == 200
    assert media_type in answer.headers["content-type"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_an_unknown_file_is_a_404(hub: Hub) -> None:
    answer = await hub.client.get("/assets/start-xyz.js")

    assert answer.status_code == 404
    assert error_of(answer) == "not_found"


TRAVERSALS = (
    "../secret.txt",
    "../../pyproject.toml",
    "..%2fsecret.txt",
    "%2e%2e/secret.txt",
    "%2e%2e%2fsecret.txt",
    "%252e%252e%252fsecret.txt",
    "..%5csecret.txt",
    "..%c0%afsecret.txt",
    "....//secret.txt",
    "./../secret.txt",
    "start-abc123.js/../../secret.txt",
    "%2fetc%2fpasswd",
    "/etc/passwd",
    "secret.txt%00.js",
    "..;/secret.txt",
    "..",
    ".",
    "~",
)


@pytest.fixture(scope="module")
async def url(servers: Servers, fast_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The hub behind a real socket: a client's library would tidy up the paths."""
    settings = own_settings(servers, fast_folder)
    rooms = rooms_with_pages(build_pages(tmp_path_factory.mktemp("pages")))
    async with running_hub(settings, rooms=rooms) as hub, serving(hub) as url:
        yield url


@pytest.mark.parametrize("name", TRAVERSALS)
async def test_a_name_is_not_a_way_out_of_the_folder(url: str, name: str) -> None:
    answer = await ask(url, f"/assets/{name}")

    assert answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 "))
    assert b"not for anybody" not in answer


async def test_a_folder_among_the_files_is_no_file(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "assets" / "inner").mkdir()

    answer = await hub.client.get("/assets/inner")

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/", "/api/docs", *DOORS])
async def test_without_a_build_it_is_said_plainly_how_to_get_one(settings: Settings, tmp_path: Path, path: str) -> None:
    async with running_hub(settings, rooms=rooms_with_pages(tmp_path)) as hub:
        answer = await hub.client.get(path)

    assert answer.status_code == 503
    assert error_of(answer) == "pages_not_built"
    assert "make" in answer.text


async def test_without_a_build_a_file_is_a_404_and_the_api_works(settings: Settings, tmp_path: Path) -> None:
    async with running_hub(settings, rooms=rooms_with_pages(tmp_path / "none")) as hub:
        asset, live = await hub.client.get("/assets/start.js"), await hub.client.get("/live")

    assert asset.status_code == 404
    assert live.status_code == 200
