"""OpenAPI 3.1, drawn from the declarations: what is not declared is not there, and what is there is described."""

import inspect
import re
from collections.abc import Sequence
from types import NoneType
from typing import Any

import msgspec

from hub import VERSION
from hub.access import Permission
from hub.errors import HubError
from hub.http.endpoint import MUTATING, Endpoint, Input, NoQuery, Output
from hub.http.idempotency import HEADER, MOST_LETTERS

JSON = "application/json"
REF = "#/components/schemas/{name}"
PARAMETER_IN_ROUTE = re.compile(r"{(\w+):path}")

Schema = dict[str, Any]

# The tree itself; what rooms derive from it has codes of its own, in docs/errors.md.
TREE: list[type[HubError]] = [
    HubError,
    *(error for error in HubError.__subclasses__() if error.__module__ == HubError.__module__),
]
ERRORS = sorted(TREE, key=lambda error: error.status)
ABOUT = (
    "Everything that Parley does can be done here. Input is strict: an unknown field or a wrong type is an error, and "
    "nothing has happened. Lists page by cursor: ask again with `cursor` set to the last answer's `next`, until that "
    "is null. A POST that creates takes an `Idempotency-Key`: sent again with its key, it gets the first answer again."
)
LICENSE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": (
        "An access token of a member (ten minutes, from `POST /api/v1/session`), an API key (`parley_…`), or the "
        "operator's token from the setting PARLEY_OPERATOR_TOKEN. The account comes from it, and what may be done."
    ),
}


class FailureBody(Output, frozen=True):
    """What went wrong: a code for programs, a sentence for people, and what belongs to it."""

    code: str
    message: str
    data: dict[str, Any]


class Failure(Output, frozen=True):
    """The one shape of every failure."""

    error: FailureBody


def document(endpoints: Sequence[Endpoint], base_url: str) -> Schema:
    """The whole description."""
    types = [Failure, *(type for endpoint in endpoints for type in types_of(endpoint))]
    schemas, components = msgspec.json.schema_components(types, ref_template=REF)
    refs = dict(zip(map(id_of, types), schemas, strict=True))
    paths: Schema = {}
    for endpoint in endpoints:
        path = PARAMETER_IN_ROUTE.sub(r"{\1}", endpoint.path)
        paths.setdefault(path, {})[endpoint.method.lower()] = operation(endpoint, refs, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Parley", "version": VERSION, "description": ABOUT, "license": LICENSE},
        "servers": [{"url": base_url}],
        "tags": [
            {"name": name, "description": about}
            for name, about, _ in dict.fromkeys(endpoint.tag for endpoint in endpoints)
        ],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"bearer": BEARER}},
        "x-errors": [{"code": error.code, "status": error.status, "description": error.__doc__} for error in ERRORS],
    }


def types_of(endpoint: Endpoint) -> list[Any]:
    """Those that need a schema."""
    return [type for type in (endpoint.body, endpoint.answer, endpoint.query) if type not in (NoneType, bytes, NoQuery)]


def id_of(type: Any) -> str:
    """A key for a type that may not be hashable."""
    return repr(type)


def operation(endpoint: Endpoint, refs: dict[str, Schema], components: Schema) -> Schema:
    """One endpoint."""
    described: Schema = {
        "operationId": endpoint.id,
        "tags": [endpoint.tag.name],
        "summary": endpoint.summary,
        "description": inspect.getdoc(endpoint.handler) or endpoint.summary,
        "parameters": parameters(endpoint, refs, components),
        "responses": responses(endpoint, refs),
        "security": [] if endpoint.permission is Permission.PUBLIC else [{"bearer": []}],
        "x-permission": endpoint.permission.value,
        **({"x-permission-also": endpoint.also.value} if endpoint.also else {}),
    }
    if endpoint.rate:
        described["x-rate-limit"] = str(endpoint.rate)
    if endpoint.tag.is_internal:
        described["x-internal"] = True
    if endpoint.body is not NoneType:
        schema = {} if endpoint.body is bytes else refs[id_of(endpoint.body)]
        media_type = "application/octet-stream" if endpoint.body is bytes else JSON
        described["requestBody"] = {"required": True, "content": {media_type: {"schema": schema}}}
    return described


def parameters(endpoint: Endpoint, refs: dict[str, Schema], components: Schema) -> list[Schema]:
    """Path, query and headers."""
    found: list[Schema] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in endpoint.parameters
    ]
    if endpoint.query is not NoQuery:
        query = components[refs[id_of(endpoint.query)]["$ref"].rsplit("/", 1)[1]]
        required = query.get("required", [])
        found += [
            {"name": name, "in": "query", "required": name in required, "schema": schema}
            for name, schema in query["properties"].items()
        ]
    if endpoint.creates:
        schema = {"type": "string", "minLength": 1, "maxLength": MOST_LETTERS}
        found.append({"name": HEADER, "in": "header", "required": False, "schema": schema})
    return found


def responses(endpoint: Endpoint, refs: dict[str, Schema]) -> Schema:
    """The answer, and the failures that every endpoint of its kind has."""
    answer: Schema = {"description": "Done"}
    if endpoint.answer is not NoneType:
        answer["content"] = {JSON: {"schema": refs[id_of(endpoint.answer)]}}
    elif endpoint.media_type != JSON:
        answer["content"] = {endpoint.media_type.partition(";")[0]: {}}
    failure = {"content": {JSON: {"schema": refs[id_of(Failure)]}}}
    known = {str(status): {"description": said, **failure} for status, said in failures(endpoint).items()}
    others = {
        str(status): {"description": "Not well", "content": {JSON: {"schema": refs[id_of(type)]}}}
        for status, type in endpoint.other_answers.items()
    }
    return {str(endpoint.status): answer, **known, **others}


def names_stored(query: type[Input]) -> bool:
    """Whether a query says by an id what it is about."""
    return any(one.name.endswith("_id") for one in msgspec.structs.fields(query))


def failures(endpoint: Endpoint) -> dict[int, str]:
    """Which errors this endpoint can give, besides 500. One that leads on to a page tells them there."""
    if endpoint.failure_page:
        return {}
    found = {400: "The request does not fit", 401: "The credential is missing or not valid"}
    is_change = endpoint.method in MUTATING
    if is_change or endpoint.permission is not Permission.PUBLIC:
        found[403] = "Whoever asks may not do this"
    if is_change or endpoint.parameters or names_stored(endpoint.query):
        found[404] = "It does not exist"
    if is_change:
        found |= {409: "Somebody else has changed it meanwhile", 422: "It cannot be carried out"}
    if endpoint.body is not NoneType:
        found |= {408: "The body did not arrive in time", 413: "The body is too large", 415: "The body is not JSON"}
    if endpoint.rate:
        found[429] = "Too many requests"
    return found | {503: "Something that Parley stands on is away"}
