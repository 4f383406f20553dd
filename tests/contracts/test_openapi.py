"""The description of the API is a valid one, leaves nothing out, and is true."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Iterator, Mapping
from types import NoneType
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.definitions import OPENAPI_31

from hub.errors import Conflict, render
from hub.http.endpoint import Endpoint
from hub.http.openapi import Failure, document
from tests.contracts.callers import KINDS, Place, kind_of
from tests.contracts.matrix import CHANGES, ENDPOINTS, is_open
from tests.contracts.own_endpoints import KEEP, OWN
from tests.serving import serving

EXAMPLES_A_MODE = 7
FAILURE = f"#/components/schemas/{Failure.__name__}"


ALL = [*ENDPOINTS, *OWN]
DOCUMENT: Mapping[str, Any] = msgspec.json.decode(msgspec.json.encode(document(ALL, "http://parley.test")))

every_endpoint = pytest.mark.parametrize("endpoint", ALL, ids=lambda endpoint: endpoint.id)


@pytest.fixture(scope="module")
async def url(place: Place) -> AsyncIterator[str]:
    """The hub behind a real socket."""
    async with serving(place.hub) as url:
        yield url


def operations() -> dict[str, tuple[str, str, Mapping[str, Any]]]:
    """Method, path and description of each operation by its id."""
    return {
        described["operationId"]: (method.upper(), path, described)
        for path, methods in DOCUMENT["paths"].items()
        for method, described in methods.items()
    }


def references(value: Any) -> Iterator[str]:
    """Every `$ref` there is."""
    if isinstance(value, Mapping):
        yield from (inner for name, inner in value.items() if name == "$ref")
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for inner in inside:
        yield from references(inner)


def test_the_document_is_valid_openapi() -> None:
    validator = jsonschema_rs.Draft202012Validator(OPENAPI_31)

    assert DOCUMENT["openapi"].startswith("3.1.")
    assert [str(error) for error in validator.iter_errors(DOCUMENT)] == []


def test_every_schema_is_a_valid_schema() -> None:
    schemas = DOCUMENT["components"]["schemas"]

    assert [name for name, schema in schemas.items() if not jsonschema_rs.meta.is_valid(schema)] == []


def test_every_reference_leads_to_something() -> None:
    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}

    assert set(references(DOCUMENT)) <= known


def test_no_schema_is_there_for_nothing() -> None:
    used = {reference.rsplit("/", 1)[1] for reference in references(DOCUMENT)}
    of_queries = {endpoint.query.__name__ for endpoint in ALL}

    assert set(DOCUMENT["components"]["schemas"]) <= used | of_queries


def test_every_endpoint_is_in_the_document_and_nothing_else_is() -> None:
    described = {(method, path) for method, path, _ in operations().values()}

    assert described == {(endpoint.method, endpoint.path.replace(":path}", "}")) for endpoint in ALL}
    assert operations().keys() == {endpoint.id for endpoint in ALL}


@every_endpoint
def test_every_endpoint_is_described_as_it_is_declared(endpoint: Endpoint) -> None:
    _, _, described = operations()[endpoint.id]

    assert described["x-permission"] == endpoint.permission
    assert described["summary"] == endpoint.summary
    assert described["tags"] == [endpoint.tag.name]
    assert described["description"] == inspect.getdoc(endpoint.handler)
    assert described.get("x-rate-limit") == (str(endpoint.rate) if endpoint.rate else None)
    assert described.get("x-internal", False) == endpoint.tag.is_internal
    assert str(endpoint.status) in described["responses"]


@every_endpoint
def test_whoever_needs_a_credential_is_told_so(endpoint: Endpoint) -> None:
    _, _, described = operations()[endpoint.id]

    assert described["security"] == ([] if is_open(endpoint) else [{"bearer": []}])


@every_endpoint
def test_every_parameter_is_described(endpoint: Endpoint) -> None:
    _, _, described = operations()[endpoint.id]

    found = {(parameter["in"], parameter["name"]) for parameter in described["parameters"]}
    path = {("path", name) for name in endpoint.parameters}
    query = {("query", field.encode_name) for field in msgspec.structs.fields(endpoint.query)}
    header = {("header", "idempotency-key")} if endpoint.creates else set()
    assert found == path | query | header


def is_failure(endpoint: Endpoint, status: str) -> bool:
    """Whether nothing was declared to be answered with this status."""
    return int(status) not in (endpoint.status, *endpoint.other_answers)


@every_endpoint
def test_every_failure_is_of_the_one_shape(endpoint: Endpoint) -> None:
    _, _, described = operations()[endpoint.id]

    failures = {status: said for status, said in described["responses"].items() if is_failure(endpoint, status)}
    shapes = {said["content"]["application/json"]["schema"]["$ref"] for said in failures.values()}
    assert shapes == (set() if endpoint.failure_page else {FAILURE})


def test_every_failure_that_is_not_a_handlers_own_is_described() -> None:
    _, _, described = operations()[KEEP.id]

    failures = {400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 503}
    assert described["responses"].keys() == {str(status) for status in {KEEP.status, *failures}}


def test_every_tag_is_explained() -> None:
    explained = {tag["name"] for tag in DOCUMENT["tags"]}

    assert explained == {endpoint.tag.name for endpoint in ALL}


def test_what_an_error_renders_to_fits_the_described_shape() -> None:
    schema = {"$ref": FAILURE, "components": DOCUMENT["components"]}

    assert jsonschema_rs.is_valid(schema, render(Conflict("Changed meanwhile.", thread="t1")).body)
    assert not jsonschema_rs.is_valid(schema, {"error": "Changed meanwhile."})


def test_unknown_fields_are_refused_in_the_description_too() -> None:
    assert DOCUMENT["components"]["schemas"]["Filed"]["additionalProperties"] is False


async def test_the_document_that_is_served_is_this_one(place: Place) -> None:
    answer = await place.hub.client.get("/api/openapi.json")

    assert answer.headers["content-type"] == "application/json"
    described = document(ALL, place.hub.deps.settings.base_url)
    assert answer.json() == msgspec.json.decode(msgspec.json.encode(described))


CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.response_headers_conformance,
    schemathesis.checks.negative_data_rejection,
]


def without_security(described: Mapping[str, Any]) -> dict[str, Any]:
    """The same API for somebody who has a credential: to go without one is no violation to be tried here."""
    copy: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(described))
    for methods in copy["paths"].values():
        for operation in methods.values():
            del operation["security"]
    return copy


# A body that is too large is refused before it is read, whatever else is wrong with it.
REFUSALS = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "428", "429", "5xx"]
CONFIG = SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}})
SCHEMA = schemathesis.openapi.from_dict(without_security(DOCUMENT), config=CONFIG)


def fuzz(endpoint: Endpoint, mode: GenerationMode, base_url: str, headers: Mapping[str, str]) -> list[int]:
    """Send what the description allows, or what it forbids; check every answer, and give the statuses."""
    operation = SCHEMA[endpoint.path.replace(":path}", "}")][endpoint.method]
    statuses = []

    @how(
        max_examples=EXAMPLES_A_MODE,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Case[Any]) -> None:
        answer = case.call_and_validate(base_url=base_url, headers=dict(headers), checks=CHECKS)
        statuses.append(answer.status_code)

    send()
    return statuses


async def fuzzed(place: Place, endpoint: Endpoint, mode: GenerationMode, url: str) -> list[int]:
    """By somebody who may; where something may come of it, in a company that is there for nothing else."""
    await place.forget_limits()
    is_done = mode is GenerationMode.POSITIVE and endpoint in CHANGES
    if is_done:
        asking = await KINDS[kind_of(endpoint)].make(await place.found(), endpoint.permission)
    else:
        asking = await place.asking(kind_of(endpoint), endpoint.permission)
    return await asyncio.to_thread(fuzz, endpoint, mode, url, asking.headers)


# The hub runs in the same process, and its driver draws random numbers while an example is being made.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@every_endpoint
async def test_whatever_the_description_allows_is_answered_as_described(
    place: Place, url: str, endpoint: Endpoint
) -> None:
    assert await fuzzed(place, endpoint, GenerationMode.POSITIVE, url)


@pytest.mark.parametrize(
    "endpoint",
    # A path value is any text, and some bodies are any bytes: their description forbids nothing. Some lead on whatever
    # comes.
    [
        one
        for one in ALL
        if (one.body not in (NoneType, bytes) or msgspec.structs.fields(one.query)) and not one.failure_page
    ],
    ids=lambda endpoint: endpoint.id,
)
async def test_whatever_the_description_forbids_is_refused_as_described(
    place: Place, url: str, endpoint: Endpoint
) -> None:
    assert {400, 404} & set(await fuzzed(place, endpoint, GenerationMode.NEGATIVE, url))


async def test_the_fuzzer_gets_past_the_door(place: Place, url: str) -> None:
    statuses = await fuzzed(place, KEEP, GenerationMode.POSITIVE, url)

    assert 201 in statuses
    assert not {401, 403} & set(statuses)
