"""Which bodies get through to a handler, and which are refused at the edge."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from structlog.testing import capture_logs

from hub.http.endpoint import BODY_BYTES, Call
from hub.store.embedded import Servers
from tests.hub.http.rooms import Note, as_caller, error_of, hub_with, note, own_settings, post
from tests.hub.http.wire import MEBIBYTE, dribble, flood, hang_up, head
from tests.hubs import Hub
from tests.serving import serving

JSON = {"content-type": "application/json"}
PATH = "/test"


async def take_bytes(call: Call[bytes, Any]) -> int:
    """Count raw bytes."""
    return len(call.body)


async def take_anything(call: Call[Any, Any]) -> None:
    """Take any JSON at all."""


class Chunks:
    """A body of unknown length that counts what was read of it."""

    def __init__(self) -> None:
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(100):
            self.read += BODY_BYTES
            yield bytes(BODY_BYTES)


ENDPOINTS = (
    post(note, body=Note),
    post(note, body=Note, path="/hasty", body_timeout_s=0.2),
    post(note, body=Note, path="/large", body_bytes=MEBIBYTE),
    post(take_anything, body=Any, path="/anything", body_bytes=MEBIBYTE),
    post(take_bytes, body=bytes, path="/raw", body_bytes=100),
)


@pytest.fixture(scope="module")
async def hub(servers: Servers, fast_folder: Path) -> AsyncIterator[Hub]:
    """The hub with endpoints that take something. It changes nothing by reading, so one does for all tests."""
    async with hub_with(own_settings(servers, fast_folder), *ENDPOINTS) as hub:
        yield hub


async def send(hub: Hub, content: bytes | str, *, headers: dict[str, str] = JSON, path: str = PATH) -> httpx2.Response:
    """Send a body as somebody whom nobody has counted yet."""
    return await hub.client.post(path, content=content, headers={**headers, **as_caller()})


async def test_a_body_of_the_declared_shape_gets_through(hub: Hub) -> None:
    answer = await send(hub, '{"text": "मीरा", "stars": 5, "weight": 2.5, "is_done": true}')

    assert answer.status_code == 200
    assert answer.json() == {"text": "मीरा"}


NOT_OF_THE_SHAPE = (
    '{"text": "a", "colour": "red"}',  # an unknown field
    '{"text": "a", "__proto__": {}}',
    '{"text": "a", "$where": "1"}',
    "{}",  # a missing field
    '{"text": false}',
    '{"text": 1}',
    '{"text": null}',
    '{"text": {"$ne": null}}',
    '{"text": ["a"]}',
    '{"text": "a", "stars": false}',
    '{"text": "a", "stars": "5"}',
    '{"text": "a", "stars": 5.5}',
    '{"text": "a", "stars": 1e400}',
    '{"text": "a", "stars": null}',
    '{"text": "a", "stars": {"$gt": 0}}',
    '{"text": "a", "weight": "NaN"}',
    '{"text": "a", "is_done": 0}',
    '{"text": "a", "is_done": "true"}',
    '[{"text": "a"}]',
    '"text"',
    "null",
    "0",
)


@pytest.mark.parametrize("content", NOT_OF_THE_SHAPE)
async def test_a_body_of_another_shape_is_refused(hub: Hub, content: str) -> None:
    answer = await send(hub, content)

    assert answer.status_code == 400
    assert error_of(answer) == "invalid"


NOT_JSON = {
    "nothing": b"",
    "half an object": b'{"text": "a"',
    "two objects": b'{"text": "a"}{"text": "b"}',
    "single quotes": b"{'text': 'a'}",
    "a number that JSON has not": b'{"text": "a", "weight": NaN}',
    "half a surrogate": b'{"text": "\\ud800"}',
    "not UTF-8": b'{"text": "\xff\xfe"}',
    "a name that is not UTF-8": b'{"\xff": "a"}',
    "UTF-16": '{"text": "a"}'.encode("utf-16"),
    "a form": b"text=a",
}


@pytest.mark.parametrize("content", NOT_JSON.values(), ids=NOT_JSON)
async def test_what_is_not_json_is_refused(hub: Hub, content: bytes) -> None:
    answer = await send(hub, content)

    assert answer.status_code == 400
    assert error_of(answer) == "invalid"


@pytest.mark.parametrize("opening", [b"[", b'{"text":', b'{"text":[', b'[{"a":'])
@pytest.mark.parametrize("path", ["/large", "/anything"])
async def test_a_hundred_thousand_levels_are_refused(hub: Hub, opening: bytes, path: str) -> None:
    answer = await send(hub, opening * 100_000, path=path)

    assert answer.status_code == 400
    assert error_of(answer) == "invalid"


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
async def test_another_content_type_is_refused(hub: Hub, media_type: str) -> None:
    answer = await send(hub, '{"text": "a"}', headers={"content-type": media_type})

    assert answer.status_code == 415
    assert error_of(answer) == "unsupported_type"


async def test_a_missing_content_type_is_refused(hub: Hub) -> None:
    answer = await send(hub, '{"text": "a"}', headers={})

    assert answer.status_code == 415


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON", "application/json ;x=y"])
async def test_json_is_told_in_many_ways(hub: Hub, media_type: str) -> None:
    answer = await send(hub, '{"text": "a"}', headers={"content-type": media_type})

    assert answer.status_code == 200


async def test_a_body_of_exactly_the_limit_gets_through(hub: Hub) -> None:
    around = len('{"text": ""}')

    answer = await send(hub, json.dumps({"text": "a" * (BODY_BYTES - around)}))

    assert answer.status_code == 200


async def test_a_body_announced_over_the_limit_is_refused_without_reading_it(hub: Hub) -> None:
    body = Chunks()

    answer = await hub.client.post(PATH, content=body, headers={**JSON, "content-length": str(BODY_BYTES + 1)})

    assert answer.status_code == 413
    assert body.read == 0
    assert answer.json()["error"]["data"] == {"most_bytes": BODY_BYTES}


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "1e3", "0x10", "\u0661", ""])
async def test_a_length_that_is_no_length_is_refused(hub: Hub, length: str) -> None:
    answer = await hub.client.post(PATH, content=b"{}", headers=[(b"content-length", length.encode())])

    assert answer.status_code == 413


async def test_a_body_without_a_length_is_refused_at_the_limit(hub: Hub) -> None:
    body = Chunks()

    answer = await hub.client.post(PATH, content=body, headers=JSON)

    assert answer.status_code == 413
    assert body.read == 2 * BODY_BYTES


async def test_raw_bytes_get_through_whatever_their_type(hub: Hub) -> None:
    answer = await send(hub, b"\x00\xff" * 50, headers={"content-type": "image/png"}, path="/raw")

    assert answer.json() == 100


async def test_raw_bytes_have_a_limit_of_their_own(hub: Hub) -> None:
    answer = await send(hub, b"\x00" * 101, path="/raw")

    assert answer.status_code == 413


async def test_a_hundred_megabytes_on_the_wire_are_refused_and_not_kept(hub: Hub) -> None:
    async with serving(hub) as url:
        answer = await flood(url, head(PATH, f"content-length: {100 * MEBIBYTE}"), size=100 * MEBIBYTE)

    assert answer.startswith(b"HTTP/1.1 413 ")


async def test_a_body_that_never_ends_is_a_408_and_the_end_of_the_connection(hub: Hub) -> None:
    async with serving(hub) as url:
        answer = await dribble(url, head("/hasty", "content-length: 100") + b'{"text": "a')

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"too_slow"' in answer


async def test_chunks_that_never_end_are_a_408(hub: Hub) -> None:
    async with serving(hub) as url:
        answer = await dribble(url, head("/hasty", "transfer-encoding: chunked") + b'4\r\n{"te\r\n')

    assert answer.startswith(b"HTTP/1.1 408 ")


async def test_a_client_that_hangs_up_halfway_leaves_a_hub_that_goes_on(hub: Hub) -> None:
    async with serving(hub) as url:
        with capture_logs() as lines:
            await hang_up(url, head(PATH, "content-length: 13") + b'{"text')
            answer = await dribble(url, head(PATH, "content-length: 13", "connection: close") + b'{"text": "a"}')

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert sorted(line["status"] for line in lines) == [200, 400]
