"""In which order a request is served, and what every answer carries."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.responses import Response
from structlog.testing import capture_logs

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint
from hub.limits import Rate
from hub.settings import Settings
from hub.store.ids import LENGTH
from tests.hub.http.rooms import Note, as_caller, error_of, get, hub_with, post
from tests.hubs import Hub, running_hub

NOBODY = frozenset[Permission]()


class Counted:
    """A handler that counts how often it was called."""

    __name__ = "counted"

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self, call: Call[Any, Any]) -> int:
        """Count."""
        self.times += 1
        return self.times


@pytest.fixture
def counted() -> Counted:
    """A handler that no other test has called."""
    return Counted()


def guarded(handler: Counted, **more: Any) -> Endpoint:
    """An endpoint that needs a permission and takes a body."""
    return post(handler, body=Note, permission=Permission.WORK_MANAGE, **more)


@pytest.fixture
async def hub_of_counted(settings: Settings, counted: Counted) -> AsyncIterator[Hub]:
    """The hub with a guarded endpoint."""
    async with hub_with(settings, guarded(counted, rate=Rate(2))) as hub:
        yield hub


@pytest.mark.parametrize(("headers", "status"), [({}, 401), (as_caller(permissions=NOBODY), 403)])
async def test_without_the_permission_the_handler_is_not_called(
    hub_of_counted: Hub, counted: Counted, headers: dict[str, str], status: int
) -> None:
    answer = await hub_of_counted.client.post("/test", json={"text": "a"}, headers=headers)

    assert answer.status_code == status
    assert counted.times == 0


@pytest.mark.parametrize(("headers", "status"), [({}, 401), (as_caller(permissions=NOBODY), 403)])
async def test_the_body_of_somebody_without_the_permission_is_not_even_read(
    hub_of_counted: Hub, headers: dict[str, str], status: int
) -> None:
    read = []

    async def body() -> AsyncIterator[bytes]:
        read.append(True)
        yield b"{"

    answer = await hub_of_counted.client.post("/test", content=body(), headers=headers)

    assert answer.status_code == status
    assert not read


async def test_requests_without_the_permission_do_not_use_up_a_limit(hub_of_counted: Hub) -> None:
    answers = [await hub_of_counted.client.post("/test", headers=as_caller("lo", permissions=NOBODY)) for _ in range(4)]

    assert {answer.status_code for answer in answers} == {403}


async def test_the_limit_is_counted_before_the_body_is_read(hub_of_counted: Hub, counted: Counted) -> None:
    asha = as_caller()

    answers = [await hub_of_counted.client.post("/test", content=b"{", headers=asha) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [415, 415, 429]
    assert counted.times == 0


async def test_a_handler_gets_what_was_read(hub_of_counted: Hub, counted: Counted) -> None:
    answer = await hub_of_counted.client.post("/test", json={"text": "a"}, headers=as_caller())

    assert answer.json() == 1
    assert counted.times == 1


async def test_the_declared_status_is_the_answers(settings: Settings, counted: Counted) -> None:
    async with hub_with(settings, guarded(counted, status=201)) as hub:
        answer = await hub.client.post("/test", json={"text": "a"}, headers=as_caller())

    assert answer.status_code == 201


async def nothing(call: Call[Any, Any]) -> None:
    """Answer nothing."""


async def test_nothing_to_say_is_an_empty_body(settings: Settings) -> None:
    async with hub_with(settings, post(nothing, status=204)) as hub:
        answer = await hub.client.post("/test", headers=as_caller())

    assert answer.status_code == 204
    assert answer.content == b""


@pytest.mark.parametrize("id", ["0123abcd", "a-b_c.d-1", "x" * 64])
async def test_a_sane_request_id_is_kept(hub: Hub, id: str) -> None:
    answer = await hub.client.get("/live", headers={"x-request-id": id})

    assert answer.headers["x-request-id"] == id


@pytest.mark.parametrize("id", [b"", b"short", b"x" * 65, b"with space", b"semi;colon", b"<script>", b"caf\xe9caf\xe9"])
async def test_another_request_id_is_replaced(hub: Hub, id: bytes) -> None:
    answer = await hub.client.get("/live", headers=[(b"x-request-id", id)])

    assert len(answer.headers["x-request-id"]) == LENGTH


async def test_every_request_gets_an_id_of_its_own(hub: Hub) -> None:
    ids = {(await hub.client.get(path)).headers["x-request-id"] for path in ("/live", "/live", "/none", "/metrics")}

    assert len(ids) == 4


async def careful(call: Call[None, Any]) -> Response:
    """Say more about caching than the hub does."""
    return Response("known", headers={"cache-control": "max-age=60"})


async def broken(call: Call[None, Any]) -> None:
    """Fail in a way that nobody foresaw."""
    raise ZeroDivisionError


PROTECTED = {
    "an answer": ("GET", "/live", 200),
    "raw text": ("GET", "/metrics", 401),
    "no page": ("GET", "/assets/none.js", 404),
    "no permission": ("GET", "/api/v1/work", 401),
    "no path": ("GET", "/none", 404),
    "no method": ("PUT", "/live", 405),
    "no fitting query": ("GET", "/live?a=1", 400),
    "a failure": ("GET", "/broken", 500),
    "a response of a handler": ("GET", "/careful", 200),
    "a question without a body": ("HEAD", "/live", 200),
}


@pytest.mark.parametrize(("method", "path", "status"), PROTECTED.values(), ids=PROTECTED)
async def test_every_kind_of_response_is_protected(settings: Settings, method: str, path: str, status: int) -> None:
    endpoints = (get(careful, path="/careful"), get(broken, path="/broken"))
    with capture_logs():
        async with hub_with(settings, *endpoints) as hub:
            answer = await hub.client.request(method, path)

    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert len(answer.headers["x-request-id"]) == LENGTH


async def test_answers_are_not_kept_by_caches(hub: Hub) -> None:
    answer = await hub.client.get("/live")

    assert answer.headers["cache-control"] == "no-store"


async def test_a_response_of_a_handler_has_the_last_word(settings: Settings) -> None:
    async with hub_with(settings, get(careful)) as hub:
        answer = await hub.client.get("/test")

    assert answer.headers.get_list("cache-control") == ["max-age=60"]


@pytest.mark.parametrize(
    ("url", "is_strict"), [("https://parley.example", True), ("http://parley.example", False), ("", False)]
)
async def test_only_over_https_browsers_are_told_to_stay_there(settings: Settings, url: str, is_strict: bool) -> None:
    async with running_hub(replace(settings, public_url=url)) as hub:
        answer = await hub.client.get("/live")

    assert ("strict-transport-security" in answer.headers) == is_strict


async def test_a_question_without_a_body_is_answered_like_the_one_with_it(hub: Hub) -> None:
    answer = await hub.client.head("/live")

    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize("credential", ["Bearer wrong", "Bearer ", "bearer wrong", "Bearer caf\u00e9"])
async def test_a_wrong_token_is_refused_even_where_none_is_needed(hub: Hub, credential: str) -> None:
    answer = await hub.client.get("/live", headers=[(b"authorization", credential.encode("latin-1"))])

    assert answer.status_code == 401
    assert error_of(answer) == "unauthenticated"


@pytest.mark.parametrize(("path", "status"), [("/live", 200), ("/metrics", 401)])
@pytest.mark.parametrize("credential", ["Basic b3A6b3A=", "", "bearer", "Digest x"])
async def test_another_scheme_is_for_somebody_on_the_way(hub: Hub, credential: str, path: str, status: int) -> None:
    answer = await hub.client.get(path, headers={"authorization": credential})

    assert answer.status_code == status


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_the_operators_token_opens_everything(hub: Hub, settings: Settings, scheme: str) -> None:
    answer = await hub.client.get("/metrics", headers={"authorization": f"{scheme} {settings.operator_token.reveal()}"})

    assert answer.status_code == 200


@pytest.mark.parametrize("credential", ["Bearer ", "Bearer"])
async def test_without_an_operators_token_there_is_no_operator(settings: Settings, credential: str) -> None:
    async with running_hub(replace(settings, operator_token=type(settings.operator_token)())) as hub:
        answer = await hub.client.get("/metrics", headers={"authorization": credential})

    assert answer.status_code == 401
