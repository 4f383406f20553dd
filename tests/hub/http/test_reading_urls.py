"""Which queries and paths get through to a handler, and which are refused at the edge."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

import httpx2
import msgspec
import pytest
from structlog.testing import capture_logs

from hub.http.endpoint import Call, Input
from hub.store.embedded import Servers
from tests.hub.http.rooms import as_caller, error_of, get, hub_with, own_settings
from tests.hubs import Hub


async def find(call: Call[None, Any]) -> list[str]:
    """Repeat the values of the path."""
    return list(call.path.values())


class Since(Input, frozen=True):
    """A query with a time in it."""

    after: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


async def since(call: Call[None, Since]) -> datetime | None:
    """Repeat the time."""
    return call.query.after


ENDPOINTS = (
    get(find, path="/found/{name}"),
    get(find, path="/way/{name:path}"),
    get(since, path="/since", query=Since),
)


@pytest.fixture(scope="module")
async def hub(servers: Servers, fast_folder: Path) -> AsyncIterator[Hub]:
    """The hub with endpoints that have values in their paths. Reading changes nothing, so one does for all tests."""
    async with hub_with(own_settings(servers, fast_folder), *ENDPOINTS) as hub:
        yield hub


async def page(hub: Hub, query: str) -> httpx2.Response:
    """Ask a list that pages, as somebody whom nobody has counted yet."""
    return await hub.client.get(f"/api/v1/work/keys.reseal/buried?{query}", headers=as_caller())


QUERIES = {
    "unknown": "colour=red",
    "given twice": "limit=1&limit=1",
    "operator": "limit[$gt]=0",
    "nested": "cursor[]=a",
    "below the range": "limit=0",
    "above the range": "limit=201",
    "not a number": "limit=ten",
    "half a number": "limit=1.5",
    "a bool": "limit=true",
    "empty": "limit=",
    "far too large": f"limit={'9' * 5000}",
    "digits of another script": "limit=%D9%A5",
    "cursor of nobody": "cursor=nonsense",
    "cursor with other letters": "cursor=%F0%9F%90%88",
    "cursor of another shape": "cursor=eyJhIjoxfQ",
    "cursor with an operator": "cursor=W3siJGd0IjoiIn0sIngiXQ",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
async def test_a_query_that_does_not_fit_is_refused(hub: Hub, query: str) -> None:
    answer = await page(hub, query)

    assert answer.status_code == 400
    assert error_of(answer) == "invalid"


async def test_a_cursor_of_a_moment_that_utc_does_not_have_is_refused(hub: Hub) -> None:
    with capture_logs():
        answer = await page(hub, "cursor=WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzEwOjAwIiwieCJd")

    assert answer.status_code == 400


@pytest.mark.parametrize("query", ["limit=1", "limit=200", "cursor=&limit=50", ""])
async def test_a_query_that_fits_gets_through(hub: Hub, query: str) -> None:
    answer = await page(hub, query)

    assert answer.status_code == 200


async def test_an_endpoint_without_a_query_takes_none(hub: Hub) -> None:
    answer = await hub.client.get("/live?verbose=1")

    assert answer.status_code == 400


NAMES = ("a", "a.b:c@d+e~f-g_h", "caf%C3%A9", "7" * 200)


@pytest.mark.parametrize("name", NAMES)
async def test_a_path_value_of_plain_letters_gets_through(hub: Hub, name: str) -> None:
    answer = await hub.client.get(f"/found/{name}", headers=as_caller())

    assert answer.json() == [unquote(name)]


ODD = (
    "%00",
    "a%00b",
    "%0a",
    "a%0d%0ab",
    "%20",
    "%24ne",
    "%7B%22%24ne%22%3A1%7D",
    "a%5Bb%5D",
    "%FF",
    "%C0%AE",
    "a" * 201,
    "%3Cb%3E",
    "*",
    "a'b",
)


@pytest.mark.parametrize("name", ODD)
async def test_a_path_value_with_other_letters_is_refused(hub: Hub, name: str) -> None:
    answer = await hub.client.get(f"/found/{name}", headers=as_caller())

    assert answer.status_code == 400
    assert error_of(answer) == "invalid"


@pytest.mark.parametrize("name", ["%2F", "a%2Fb", "a/b", ""])
async def test_a_slash_begins_another_path(hub: Hub, name: str) -> None:
    answer = await hub.client.get(f"/found/{name}", headers=as_caller())

    assert answer.status_code == 404


async def test_only_a_parameter_declared_as_a_way_takes_slashes(hub: Hub) -> None:
    answer = await hub.client.get("/way/a/b%20c", headers=as_caller())

    assert answer.json() == ["a/b c"]


async def test_a_slash_at_the_end_is_another_path_and_no_redirect(hub: Hub) -> None:
    answer = await hub.client.get("/live/", headers={"host": "evil.test"})

    assert answer.status_code == 404


@pytest.mark.parametrize("text", ["2026-03-02T09:00:00Z", "2026-03-02t14:30:00%2B05:30"])
async def test_a_time_in_a_query_is_read(hub: Hub, text: str) -> None:
    answer = await hub.client.get(f"/since?after={text}")

    assert datetime.fromisoformat(answer.json()) == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0", "1772442000", "-1.5", "2026-03-02", "2026-03-02T09:00:00", "now", "null", ""])
async def test_what_is_not_written_as_a_time_is_none(hub: Hub, text: str) -> None:
    answer = await hub.client.get(f"/since?after={text}")

    assert answer.status_code == 400
    assert error_of(answer) == "invalid"
