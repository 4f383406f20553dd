"""S2: a scalar is a scalar. Whatever else is put into its place dies at the edge, before any query."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import NoneType
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from msgspec import inspect

from hub.http.endpoint import Endpoint
from tests.contracts.callers import KINDS, Asking, Place, kind_of
from tests.contracts.examples import EXAMPLES
from tests.contracts.matrix import ENDPOINTS, IN, Example, bare, example_of, outcome_of, send
from tests.contracts.own_endpoints import FILE, KEEP, OWN, something_to_file

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
# What looks like another scalar is none. Whatever is read from text, such as a date, is a text here.
SCALARS: Sequence[object] = (True, 1, 1.5, "1", "true")
KINDS_OF_SCALARS: Mapping[type, type] = {
    inspect.BoolType: bool,
    inspect.IntType: int,
    inspect.FloatType: float,
    inspect.NoneType: NoneType,
}
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
# Some of them, where each may do what it is sent for.
TELLING_TEXTS = ("$where", '{"$gt": ""}', "a\0b", "__proto__")
# What no command of ours ever has as a key, or as a value.
NEVER_KEYS = {"$where", "$expr", "$regex", "$oid", "__proto__", "constructor", "a.$.b", "/.*/", "^.*$"}
NEVER_VALUES = ({"$ne": None}, {"$gt": ""})
AFTER_A_NAME = ("[$ne]=", "[$gt]=", "[]=a", "[0]=a", ".$ne=a", "=1&{name}=1", "%00=a", "[__proto__][x]=1")


MAKERS = {**EXAMPLES, FILE.id: something_to_file, KEEP.id: something_to_file}
ALL = [*ENDPOINTS, *OWN]

every_endpoint = pytest.mark.parametrize("endpoint", ALL, ids=lambda endpoint: endpoint.id)
every_endpoint_with_a_body = pytest.mark.parametrize(
    "endpoint", [one for one in ALL if inspect.is_struct_type(one.body)], ids=lambda endpoint: endpoint.id
)
every_endpoint_with_a_path = pytest.mark.parametrize(
    "endpoint", [one for one in ALL if one.parameters], ids=lambda endpoint: endpoint.id
)

Way = tuple[str | int, ...]
# No limit is lower.
A_FEW = 15


async def asking_of(place: Place, endpoint: Endpoint) -> Asking:
    """Somebody who may, whom the hub has identified."""
    return await place.asking(kind_of(endpoint), endpoint.permission)


async def send_all(place: Place, endpoint: Endpoint, asking: Asking, examples: Iterable[Example]) -> dict[str, str]:
    """What each is answered. No limit counts them together."""
    outcomes = {}
    for number, example in enumerate(examples):
        if number % A_FEW == 0:
            await place.forget_limits()
        answer = await send(place.hub, endpoint, example, asking.headers)
        outcomes[json.dumps([example.path, example.query, example.body])] = outcome_of(endpoint, answer)
    return outcomes


def places(type: inspect.Type, value: Any, way: Way = ()) -> Iterator[tuple[Way, inspect.Type]]:
    """The way to every scalar in a body, and what may stand there."""
    known = next((kind for kind in bare(type) if holds(kind, value)), None)
    if isinstance(known, inspect.StructType):
        for field in known.fields:
            if field.encode_name in value:
                yield from places(field.type, value[field.encode_name], (*way, field.encode_name))
    elif isinstance(known, inspect.DictType):
        for key, inner in value.items():
            yield from places(known.value_type, inner, (*way, key))
    elif isinstance(known, inspect.ListType | inspect.VarTupleType):
        for index, inner in enumerate(value):
            yield from places(known.item_type, inner, (*way, index))
    else:
        yield way, type


def holds(type: inspect.Type, value: Any) -> bool:
    """Whether the type is what says how the value is made up."""
    if isinstance(value, dict):
        return isinstance(type, inspect.StructType | inspect.DictType)
    return isinstance(value, list) and isinstance(type, inspect.ListType | inspect.VarTupleType)


def is_text(type: inspect.Type) -> bool:
    """Whether any text may stand there, but for its length and form."""
    return any(isinstance(kind, inspect.StrType) for kind in bare(type))


def put(value: Any, way: Sequence[str | int], hostile: object) -> Any:
    """The same body with something else at the end of the way."""
    if not way:
        return hostile
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[way[0]] = put(copy[way[0]], way[1:], hostile)
    return copy


def hostile_bodies(endpoint: Endpoint, example: Example) -> Iterator[Example]:
    """Every scalar of the body replaced by every object and by scalars of other types, and the body itself."""
    whole = inspect.type_info(endpoint.body)
    assert isinstance(whole, inspect.StructType)
    for way, scalar in places(whole, example.body):
        yield from (replace(example, body=put(example.body, way, hostile)) for hostile in not_of(scalar))
    can_be_empty = not any(field.required for field in whole.fields)
    wholes = [one for one in OBJECTS if one is not None and not (one == {} and can_be_empty)]
    yield from (replace(example, body=hostile) for hostile in wholes)


def not_of(type: inspect.Type) -> Iterator[object]:
    """Whatever is no value of a scalar's type. That there may be nothing is what some say themselves."""
    kinds = {KINDS_OF_SCALARS.get(kind.__class__, str) for kind in bare(type)}
    yield from (one for one in OBJECTS if one is not None or NoneType not in kinds)
    # An integer is a number as well.
    given = kinds | ({int} if float in kinds else set())
    yield from (one for one in SCALARS if one.__class__ not in given)


def bodies_with_texts(endpoint: Endpoint, example: Example) -> Iterator[Example]:
    """Every text of the body replaced by texts that would mean something elsewhere."""
    for way, scalar in places(inspect.type_info(endpoint.body), example.body):
        texts = TELLING_TEXTS if is_text(scalar) else ()
        yield from (replace(example, body=put(example.body, way, text)) for text in texts)


def hostile_paths(example: Example) -> Iterator[Example]:
    """Every value of the path replaced by every text, the way it must be written there."""
    for name in example.path:
        yield from (replace(example, path={**example.path, name: quote(text, safe="")}) for text in TEXTS)


def hostile_queries(endpoint: Endpoint) -> Iterator[str]:
    """Every parameter written as an object or a list, and everything that is no text replaced by texts."""
    for field in fields_of_query(endpoint):
        yield from (field.encode_name + after.format(name=field.encode_name) for after in AFTER_A_NAME)
        yield from (f"{field.encode_name}={quote(text, safe='')}" for text in TEXTS if not is_text(field.type))
    yield from ("$where=1", "[$ne]=1", "%24or[]=1", "__proto__[x]=1")


def fields_of_query(endpoint: Endpoint) -> Sequence[inspect.Field]:
    """Each with its type."""
    query = inspect.type_info(endpoint.query)
    return query.fields if isinstance(query, inspect.StructType) else ()


# Others may add words of their own to some queries, and then nothing is wrong with the query.
LENIENT = [endpoint for endpoint in ALL if not endpoint.query.__struct_config__.forbid_unknown_fields]
# A provider's query goes to its adapter as it came, and means nothing to us.
HANDED_ON = {"receive_event", "receive_mail", "check_webhook"}
# The same page behind every word: what the word means, it asks itself, and says so in plain words.
PAGES = {"unsubscribe_page"}


@every_endpoint_with_a_body
async def test_every_field_of_a_body_is_said_in_its_example(place: Place, endpoint: Endpoint) -> None:
    example = await place.example(endpoint, MAKERS)

    said = {name for name, value in example.body.items() if value not in (None, [], {})}

    assert said == {field.encode_name for field in msgspec.structs.fields(endpoint.body)}


@every_endpoint_with_a_body
async def test_no_object_gets_into_a_body(place: Place, endpoint: Endpoint) -> None:
    asking, example = await asking_of(place, endpoint), await place.example(endpoint, MAKERS)
    await place.settle()
    place.sent.take()

    outcomes = await send_all(place, endpoint, asking, hostile_bodies(endpoint, example))

    assert {body: outcome for body, outcome in outcomes.items() if outcome != "400 invalid"} == {}
    assert place.sent.take() == []


@every_endpoint_with_a_body
async def test_no_text_in_a_body_is_more_than_a_text(place: Place, endpoint: Endpoint) -> None:
    # Some of it may be done.
    asking = await KINDS[kind_of(endpoint)].make(await place.found(), endpoint.permission)
    example = await example_of(endpoint, asking.person, MAKERS)
    await place.settle()
    place.sent.take()

    outcomes = await send_all(place, endpoint, asking, bodies_with_texts(endpoint, example))

    assert {body: outcome for body, outcome in outcomes.items() if outcome.startswith("500")} == {}
    assert [command for command in place.sent.take() if is_hostile(command)] == []


@every_endpoint_with_a_path
async def test_no_operator_gets_into_a_path(place: Place, endpoint: Endpoint) -> None:
    asking, example = await asking_of(place, endpoint), await place.example(endpoint, MAKERS)
    await place.settle()
    place.sent.take()

    outcomes = await send_all(place, endpoint, asking, hostile_paths(example))

    assert set(outcomes.values()) <= {"400 invalid", "404 not_found"}
    assert place.sent.take() == []


@pytest.mark.parametrize("endpoint", [one for one in ALL if one not in LENIENT], ids=lambda endpoint: endpoint.id)
async def test_no_operator_gets_into_a_query(place: Place, endpoint: Endpoint) -> None:
    asking, example = await asking_of(place, endpoint), await place.example(endpoint, MAKERS)
    await place.settle()
    place.sent.take()

    outcomes = await ask_all(place, endpoint, asking, example)

    assert {query: outcome for query, outcome in outcomes.items() if outcome != "400 invalid"} == {}
    assert place.sent.take() == []


@pytest.mark.parametrize("endpoint", LENIENT, ids=lambda endpoint: endpoint.id)
async def test_no_operator_in_a_query_opens_anything(place: Place, endpoint: Endpoint) -> None:
    asking, example = await asking_of(place, endpoint), await place.example(endpoint, MAKERS)
    await place.settle()
    place.sent.take()

    outcomes = await ask_all(place, endpoint, asking, example)

    assert IN not in outcomes.values() or endpoint.id in HANDED_ON
    assert [command for command in place.sent.take() if is_hostile(command)] == []


async def ask_all(place: Place, endpoint: Endpoint, asking: Asking, example: Example) -> dict[str, str]:
    """What each hostile query is answered, in the place of the good one."""
    outcomes = {}
    for number, query in enumerate(hostile_queries(endpoint)):
        if number % A_FEW == 0:
            await place.forget_limits()
        outcomes[query] = outcome_of(endpoint, await send(place.hub, endpoint, example, asking.headers, query=query))
    return outcomes


@every_endpoint
async def test_texts_in_the_place_of_texts_stay_texts(place: Place, endpoint: Endpoint) -> None:
    names = [field.encode_name for field in fields_of_query(endpoint) if is_text(field.type)]
    asking, example = await asking_of(place, endpoint), await place.example(endpoint, MAKERS)
    await place.settle()
    place.sent.take()

    hostile = [replace(example, query={**example.query, name: text}) for name in names for text in (*TEXTS, *WORDS)]
    outcomes = await send_all(place, endpoint, asking, hostile)

    assert {query: outcome for query, outcome in outcomes.items() if outcome.startswith("500")} == {}
    assert [command for command in place.sent.take() if is_hostile(command)] == []


def is_hostile(value: Any) -> bool:
    """Whether a command has one of the texts as more than a text."""
    if isinstance(value, Mapping):
        return bool(NEVER_KEYS & value.keys()) or value in NEVER_VALUES or any(map(is_hostile, value.values()))
    return isinstance(value, list) and any(map(is_hostile, value))


@every_endpoint_with_a_path
async def test_a_word_in_a_path_is_looked_for_and_not_found(place: Place, endpoint: Endpoint) -> None:
    asking, example = await asking_of(place, endpoint), await place.example(endpoint, MAKERS)

    hostile = [replace(example, path={**example.path, name: word}) for name in example.path for word in WORDS]
    is_looked_for = endpoint not in OWN and endpoint.id not in PAGES
    outcomes = await send_all(place, endpoint, asking, hostile if is_looked_for else ())

    assert {path: outcome for path, outcome in outcomes.items() if not outcome.startswith("404")} == {}


@pytest.mark.parametrize("header", ["idempotency-key", "x-request-id", "x-forwarded-for", "user-agent"])
@pytest.mark.parametrize("text", [text for text in TEXTS if text.isprintable()])
async def test_no_text_in_a_header_is_more_than_a_text(place: Place, header: str, text: str) -> None:
    asking = await asking_of(place, FILE)
    example = await something_to_file(asking.person)
    await place.forget_limits()

    answer = await send(place.hub, FILE, example, {**asking.headers, header: text})

    assert answer.status_code == 200


@pytest.mark.parametrize("scheme", ["Bearer ", "Bearer parley_", ""])
@pytest.mark.parametrize("text", [text for text in (*TEXTS, *WORDS) if text.isprintable()])
async def test_no_text_is_taken_for_a_credential(place: Place, scheme: str, text: str) -> None:
    await place.settle()
    place.sent.take()

    answer = await send(place.hub, FILE, await something_to_file(await place.found()), {"authorization": scheme + text})

    assert answer.status_code == 401
    assert [command for command in place.sent.take() if is_hostile(command)] == []
