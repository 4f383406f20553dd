"""Endpoints of the tests' own, in a room beside those that ship, and callers who say themselves who they are."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Literal

import httpx2
import msgspec
from starlette.requests import HTTPConnection

from hub.access import STRANGER, Caller, Permission, Scope
from hub.clock import Clock
from hub.deps import Deps
from hub.house import Room
from hub.http.endpoint import Call, Endpoint, Input, Output, Tag
from hub.pages.routes import Pages, endpoints_of
from hub.rooms import ROOMS
from hub.settings import Secret, Settings
from hub.store.embedded import Servers
from hub.store.ids import new_id
from hub.store.mongo import CommandListener
from tests.clock import MORNING
from tests.hubs import ORIGIN, Hub, running_hub

CALLER = "x-test-caller"
PATH = "/test"
TAG = Tag("Test", "Endpoints of the tests.")
EVERYTHING = frozenset(Permission)


def as_caller(
    id: str | None = None,
    *,
    account: str = "acme",
    permissions: frozenset[Permission] = EVERYTHING,
    kind: Literal["member", "key"] = "member",
) -> dict[str, str]:
    """The header of a member; without an id it is somebody whom no other test has counted requests of."""
    caller = Caller(kind, id or new_id(MORNING), account, dict.fromkeys(permissions, Scope.ALL))
    return {CALLER: msgspec.json.encode(caller).decode()}


async def by_header(_: Deps, connection: HTTPConnection) -> Caller:
    """Believe the header."""
    given = connection.headers.get(CALLER)
    return STRANGER if given is None else msgspec.json.decode(given, type=Caller)


class Note(Input, frozen=True):
    """A body of every sort of scalar."""

    text: str
    stars: int = 0
    weight: float = 0
    is_done: bool = False


class Noted(Output, frozen=True):
    """What was understood."""

    text: str


async def note(call: Call[Note, Any]) -> Noted:
    """Understand a note."""
    return Noted(text=call.body.text)


def get(handler: Any, **more: Any) -> Endpoint:
    """An endpoint that shows something, to everybody unless told otherwise."""
    declared: dict[str, Any] = {"path": PATH, "permission": Permission.PUBLIC, "summary": "Test", "tag": TAG, **more}
    return Endpoint(method="GET", handler=handler, **declared)


def post(handler: Any, **more: Any) -> Endpoint:
    """An endpoint that changes something, for everybody unless told otherwise."""
    declared: dict[str, Any] = {"path": PATH, "permission": Permission.PUBLIC, "summary": "Test", "tag": TAG, **more}
    return Endpoint(method="POST", handler=handler, audit="test.post", **declared)


def hub_with(
    settings: Settings, *endpoints: Endpoint, clock: Clock | None = None, listeners: Sequence[CommandListener] = ()
) -> AbstractAsyncContextManager[Hub]:
    """The hub as it ships, with a room more."""
    rooms = (*ROOMS, Room(name="tests", endpoints=endpoints))
    return running_hub(settings, rooms=rooms, identify=by_header, clock=clock, listeners=listeners)


def rooms_with_pages(folder: Path) -> tuple[Room, ...]:
    """The rooms that ship, with the pages of this folder: tests of the hub do not need the front end's tools."""
    pages = Room(name="pages", endpoints=endpoints_of(Pages(folder)))
    return tuple(pages if room.name == "pages" else room for room in ROOMS)


def build_pages(folder: Path) -> Path:
    """A folder as the front end's build leaves it."""
    (folder / "assets").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Parley</title>")
    (folder / "entrance.html").write_text("<!doctype html><title>Sign in</title>")
    (folder / "docs.html").write_text("<!doctype html><title>The API</title>")
    (folder / "entrance.html").write_text("<!doctype html><title>The entrance</title>")
    (folder / "assets" / "start-abc123.js").write_text("export {}")
    (folder / "assets" / "start-abc123.css").write_text("body {}")
    (folder / "unsubscribe.html").write_text("<!doctype html><title>Unsubscribe</title>")
    (folder / "push-worker.js").write_text("self.addEventListener('push', () => {})")
    (folder / "secret.txt").write_text("not for anybody")
    return folder


def own_settings(servers: Servers, folder: Path, **more: Any) -> Settings:
    """Settings like those of the fixture, for a hub that outlives one test."""
    return Settings(
        data=folder,
        mongodb_url=Secret(servers.mongodb_url),
        mongodb_database=f"t{new_id(MORNING)}",
        redis_url=Secret(servers.redis_url),
        master_key=servers.master_key,
        password_memory_mb=1,
        start_timeout_s=5,
        stop_timeout_s=2,
        **more,
    )


def client_at(hub: Hub, address: str) -> httpx2.AsyncClient:
    """A client whose connection comes from this address."""
    transport = httpx2.ASGITransport(hub.app, client=(address, 1))
    return httpx2.AsyncClient(transport=transport, base_url=ORIGIN)


def error_of(answer: httpx2.Response) -> str:
    """The code in the one shape of every failure; any other shape fails the test."""
    body = msgspec.json.decode(answer.content, type=dict[str, dict[str, Any]])
    assert body.keys() == {"error"}
    assert body["error"].keys() == {"code", "message", "data"}
    code: str = body["error"]["code"]
    return code
