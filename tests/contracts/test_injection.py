"""S2: a scalar is a scalar. Whatever else is put into its place dies at the edge, before any query."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
import pytest

from hub.access import Permission
from hub.deps import Deps
from hub.house import Room
from hub.http.endpoint import Call, Endpoint, Input
from hub.store.embedded import Servers
from tests.contracts.matrix import ENDPOINTS, EVERYTHING, EXAMPLES, OURS, Example, Sent, example_of, send
from tests.hub.http.rooms import build_pages, by_header, own_settings, post, rooms_with_pages
from tests.hubs import Hub, running_hub

# What a query language would understand, in the place of a scalar.
OBJECTS: Sequence[object] = (
    {},
    {"$ne": None},
    {"$gt": ""},
    {"$in": ["a"]},
    {"$regex": ".*", "$options": "i"},
    {"$where": "sleep(1000)"},
    {"$expr": {"$eq": [1, 1]}},
    {"$oid": "0" * 24},
    {"$date": 0},
    {"$numberLong": "1"},
    {"a": {"$ne": 1}},
    {"__proto__": {"x": 1}},
    [],
    ["a"],
    [{"$ne": None}],
    [["$ne", None]],
    None,
)
# The same for places that hold text. None of these is the name of anything.
TEXTS = (
    "$ne",
    "$where",
    "a.$.b",
    "/.*/",
    "^.*$",
    "[$ne]",
    "[]",
    '{"$ne": null}',
    '{"$gt": ""}',
    "';return true;",
    "a\0b",
    "\r\nx: y",
    "*",
    "../..",
)
WORDS = ("null", "undefined", "true", "0", "-1", "NaN", "constructor", "__proto__", "_id")
AFTER_A_NAME = ("[$ne]=", "[$gt]=", "[]=a", "[0]=a", ".$ne=a", "=1&{name}=1", "%00=a", "[__proto__][x]=1")


class Place(Input, frozen=True):
    """Something nested."""

    city: str
    floor: Annotated[int, msgspec.Meta(ge=0, le=200)]


class Filed(Input, frozen=True):
    """Every sort of scalar, at every depth."""

    text: str
    stars: Annotated[int, msgspec.Meta(ge=0, le=5)]
    weight: Annotated[float, msgspec.Meta(ge=0, le=5)]
    is_done: bool
    place: Place
    places: list[Place]
    tags: list[str]
    by_name: dict[str, str]


class Searched(Input, frozen=True):
    """A query of every sort of scalar."""

    stars: Annotated[int, msgspec.Meta(ge=0, le=5)]
    is_done: bool = False


async def file(call: Call[Filed, Searched]) -> None:
    """Ask the database with all of it, as a careless handler would."""
    await call.deps.mongo["filed"].find_one({"body": msgspec.to_builtins(call.body), **call.path})


async def something_to_file(_: Deps, __: str) -> Example:
    """Filed well."""
    place = {"city": "Pune", "floor": 1}
    scalars = {"text": "a", "stars": 1, "weight": 1.5, "is_done": True}
    body = {**scalars, "place": place, "places": [place], "tags": ["a"], "by_name": {"a": "b"}}
    return Example(path={"folder": "inbox"}, query={"stars": "1", "is_done": "true"}, body=body)


FILE = post(file, path="/test/{folder}", body=Filed, query=Searched, permission=Permission.WORK_MANAGE)
MAKERS = {**EXAMPLES, "file": something_to_file}
every_endpoint = pytest.mark.parametrize("endpoint", [*ENDPOINTS, FILE], ids=lambda endpoint: endpoint.id)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A front end that was built."""
    return build_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def sent() -> Sent:
    """What has left for the database."""
    return Sent()


@pytest.fixture(scope="module")
async def hub(servers: Servers, fast_folder: Path, pages: Path, sent: Sent) -> AsyncIterator[Hub]:
    """The hub as it ships, with one endpoint more that takes every sort of scalar."""
    rooms = (*rooms_with_pages(pages), Room(name="tests", endpoints=[FILE]))
    settings = own_settings(servers, fast_folder)
    async with running_hub(settings, rooms=rooms, identify=by_header, listeners=[sent]) as hub:
        yield hub


def places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every scalar in a body."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*way, key))
    else:
        yield way


def put(value: Any, way: Sequence[str | int], hostile: object) -> Any:
    """The same body with something else at the end of the way."""
    if not way:
        return hostile
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[way[0]] = put(copy[way[0]], way[1:], hostile)
    return copy


def hostile_bodies(endpoint: Endpoint, example: Example) -> Iterator[Example]:
    """Every scalar of the body, defaults included, replaced by every object."""
    if not msgspec.inspect.is_struct_type(endpoint.body):
        return
    body = msgspec.to_builtins(msgspec.convert(example.body, endpoint.body))
    for way in places(body):
        yield from (replace(example, body=put(body, way, hostile)) for hostile in OBJECTS)
    yield from (replace(example, body=hostile) for hostile in OBJECTS if hostile is not None)


def hostile_paths(example: Example) -> Iterator[Example]:
    """Every value of the path replaced by every text, the way it must be written there."""
    for name in example.path:
        yield from (replace(example, path={**example.path, name: quote(text, safe="")}) for text in TEXTS)


def hostile_queries(endpoint: Endpoint) -> Iterator[str]:
    """Every parameter written as an object or a list, and everything that is no text replaced by texts."""
    for field in msgspec.structs.fields(endpoint.query):
        yield from (field.encode_name + after.format(name=field.encode_name) for after in AFTER_A_NAME)
        yield from (f"{field.encode_name}={quote(text, safe='')}" for text in TEXTS if field.type is not str)
    yield from ("$where=1", "[$ne]=1", "%24or[]=1", "__proto__[x]=1")


@every_endpoint
async def test_the_example_that_is_made_hostile_is_a_good_one(hub: Hub, endpoint: Endpoint) -> None:
    example = await example_of(endpoint, hub.deps, OURS, MAKERS)

    answer = await send(hub, endpoint, example, EVERYTHING.headers())

    assert answer.status_code == endpoint.status


@every_endpoint
async def test_no_object_gets_into_a_body(hub: Hub, sent: Sent, endpoint: Endpoint) -> None:
    example = await example_of(endpoint, hub.deps, OURS, MAKERS)
    sent.take()

    answers = {
        json.dumps(hostile.body): (await send(hub, endpoint, hostile, EVERYTHING.headers())).status_code
        for hostile in hostile_bodies(endpoint, example)
    }

    assert {body: status for body, status in answers.items() if status != 400} == {}
    assert sent.take() == []


@every_endpoint
async def test_no_operator_gets_into_a_path(hub: Hub, sent: Sent, endpoint: Endpoint) -> None:
    example = await example_of(endpoint, hub.deps, OURS, MAKERS)
    sent.take()

    answers = {
        str(hostile.path): (await send(hub, endpoint, hostile, EVERYTHING.headers())).status_code
        for hostile in hostile_paths(example)
    }

    assert {path: status for path, status in answers.items() if status not in (400, 404)} == {}
    assert sent.take() == []


@every_endpoint
async def test_no_operator_gets_into_a_query(hub: Hub, sent: Sent, endpoint: Endpoint) -> None:
    example = await example_of(endpoint, hub.deps, OURS, MAKERS)
    path = endpoint.path.format_map(example.path)
    sent.take()

    answers = {
        query: (await hub.client.request(endpoint.method, f"{path}?{query}", headers=EVERYTHING.headers())).status_code
        for query in hostile_queries(endpoint)
    }

    assert {query: status for query, status in answers.items() if status != 400} == {}
    assert sent.take() == []


@every_endpoint
async def test_texts_in_the_place_of_texts_stay_texts(hub: Hub, sent: Sent, endpoint: Endpoint) -> None:
    names = [field.encode_name for field in msgspec.structs.fields(endpoint.query) if field.type is str]
    example = await example_of(endpoint, hub.deps, OURS, MAKERS)
    sent.take()

    hostile = [replace(example, query={**example.query, name: text}) for name in names for text in (*TEXTS, *WORDS)]
    answers = [await send(hub, endpoint, each, EVERYTHING.headers()) for each in hostile]

    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    assert [command for command in sent.take() if mentions(command, {"$ne", "$gt", "$where"})] == []


def mentions(value: Any, names: set[str]) -> bool:
    """Whether a command has one of these as an operator."""
    if isinstance(value, Mapping):
        return bool(names & value.keys()) or any(mentions(inner, names) for inner in value.values())
    return isinstance(value, list) and any(mentions(inner, names) for inner in value)


@every_endpoint
async def test_a_word_in_a_path_is_looked_for_and_not_found(hub: Hub, endpoint: Endpoint) -> None:
    example = await example_of(endpoint, hub.deps, OURS, MAKERS)

    hostile = [replace(example, path={**example.path, name: word}) for name in example.path for word in WORDS]
    answers = [await send(hub, endpoint, each, EVERYTHING.headers()) for each in hostile if endpoint is not FILE]

    assert {answer.status_code for answer in answers} <= {404}


@pytest.mark.parametrize("header", ["idempotency-key", "x-request-id", "x-forwarded-for", "authorization"])
@pytest.mark.parametrize("text", [text for text in TEXTS if text.isprintable()])
async def test_no_text_in_a_header_is_more_than_a_text(hub: Hub, header: str, text: str) -> None:
    example = await something_to_file(hub.deps, OURS)

    answer = await send(hub, FILE, example, {**EVERYTHING.headers(), header: text})

    assert answer.status_code == 200
