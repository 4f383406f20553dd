"""Rules for every endpoint there is, and S1: nobody reaches what is not theirs."""

import inspect
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import NoneType
from typing import Any

import msgspec
import pytest
from starlette.routing import Route

from hub.access import Permission
from hub.app import create_app
from hub.http import repository
from hub.http.endpoint import MUTATING, Endpoint, Input
from hub.settings import Settings
from hub.store.embedded import Servers
from tests.contracts.matrix import (
    ENDPOINTS,
    EVERYTHING,
    EXAMPLES,
    OURS,
    ROLES,
    THEIRS,
    Example,
    Role,
    Sent,
    example_of,
    id_fields,
    needs_example,
    send,
)
from tests.hub.http.rooms import TAG, build_pages, by_header, own_settings, rooms_with_pages
from tests.hubs import Hub, running_hub

# Everything else is of a version of the API.
UNVERSIONED = {"/", "/live", "/ready", "/metrics", "/api/openapi.json", "/api/docs", "/assets/{name}"}

every_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.id)
every_change = pytest.mark.parametrize(
    "endpoint", [endpoint for endpoint in ENDPOINTS if endpoint.method in MUTATING], ids=lambda endpoint: endpoint.id
)
every_role = pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)


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
    """The hub as it ships, for callers who say who they are."""
    rooms = rooms_with_pages(pages)
    settings = own_settings(servers, fast_folder)
    async with running_hub(settings, rooms=rooms, identify=by_header, listeners=[sent]) as hub:
        yield hub


def test_every_route_is_made_from_a_declaration_and_nothing_else_is_mounted() -> None:
    routes = create_app(Settings()).routes

    assert {type(route) for route in routes} == {Route}
    made = [(route.path, route.name, route.methods) for route in routes if isinstance(route, Route)]
    declared = [(one.path, one.id, {one.method} | ({"HEAD"} if one.method == "GET" else set())) for one in ENDPOINTS]
    assert made == declared


def test_no_two_endpoints_share_an_id() -> None:
    ids = [endpoint.id for endpoint in ENDPOINTS]

    assert sorted(ids) == sorted(set(ids))


def test_no_two_endpoints_share_a_method_and_a_path() -> None:
    ways = [(endpoint.method, endpoint.path) for endpoint in ENDPOINTS]

    assert sorted(ways) == sorted(set(ways))


@every_endpoint
def test_every_endpoint_says_what_it_is_for(endpoint: Endpoint) -> None:
    assert isinstance(endpoint.permission, Permission)
    assert endpoint.summary.strip()
    assert endpoint.tag.name.strip()
    assert endpoint.tag.about.endswith(".")
    assert (inspect.getdoc(endpoint.handler) or "").endswith(".")


@every_endpoint
def test_every_change_says_where_it_is_written_down_and_nothing_else_does(endpoint: Endpoint) -> None:
    assert (endpoint.method in MUTATING) == bool(endpoint.audit or endpoint.recorded_in)


@every_change
def test_to_be_allowed_to_look_is_not_to_be_allowed_to_change(endpoint: Endpoint) -> None:
    assert not endpoint.permission.endswith(".view")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_cannot_be_declared_without_its_action(method: Any) -> None:
    with pytest.raises(TypeError, match="audit"):
        Endpoint(method=method, path="/x", handler=nop, permission=Permission.PUBLIC, summary="X", tag=TAG)


def test_a_change_is_written_down_in_one_place() -> None:
    both: dict[str, Any] = {"audit": "x.do", "recorded_in": "a ledger"}

    with pytest.raises(TypeError, match="audit"):
        Endpoint(method="POST", path="/x", handler=nop, permission=Permission.PUBLIC, summary="X", tag=TAG, **both)


def test_only_a_post_can_be_declared_to_create() -> None:
    with pytest.raises(TypeError, match="creates"):
        Endpoint(method="GET", path="/x", handler=nop, permission=Permission.PUBLIC, summary="X", tag=TAG, creates=True)


async def nop(_: Any) -> None:
    """Do nothing."""


@every_endpoint
def test_every_path_has_a_version_or_is_a_known_one_without(endpoint: Endpoint) -> None:
    assert endpoint.path.startswith("/api/v1/") or endpoint.path in UNVERSIONED


@every_endpoint
def test_nothing_of_the_versioned_api_is_public(endpoint: Endpoint) -> None:
    assert endpoint.permission is not Permission.PUBLIC or endpoint.path in UNVERSIONED


@every_endpoint
def test_what_comes_from_outside_is_of_exact_types(endpoint: Endpoint) -> None:
    assert issubclass(endpoint.query, Input)
    assert endpoint.body in (NoneType, bytes) or issubclass(endpoint.body, Input)


def numbers(type: Any) -> Iterator[tuple[str, msgspec.inspect.IntType | msgspec.inspect.FloatType]]:
    """Every number of a type of ours."""
    for known in msgspec.inspect.multi_type_info([type]):
        fields = known.fields if isinstance(known, msgspec.inspect.StructType) else ()
        for field in fields:
            if isinstance(field.type, msgspec.inspect.IntType | msgspec.inspect.FloatType):
                yield field.name, field.type


@every_endpoint
def test_every_number_from_outside_has_limits(endpoint: Endpoint) -> None:
    for _, number in (*numbers(endpoint.query), *numbers(endpoint.body)):
        assert number.ge is not None or number.gt is not None
        assert number.le is not None or number.lt is not None


@every_endpoint
async def test_every_endpoint_that_takes_something_has_an_example(hub: Hub, endpoint: Endpoint) -> None:
    assert (endpoint.id in EXAMPLES) == needs_example(endpoint)

    example = await example_of(endpoint, hub.deps, OURS)
    assert example.path.keys() == set(endpoint.parameters)
    assert id_fields(endpoint) <= example.query.keys() | set(msgspec.to_builtins(example.body) or ())
    assert example.owned <= example.path.keys() | id_fields(endpoint)


def test_no_example_is_for_an_endpoint_that_is_gone() -> None:
    assert EXAMPLES.keys() <= {endpoint.id for endpoint in ENDPOINTS}


@every_role
@every_endpoint
async def test_the_declared_permission_and_no_other_opens_an_endpoint(hub: Hub, endpoint: Endpoint, role: Role) -> None:
    example = await example_of(endpoint, hub.deps, OURS)

    answer = await send(hub, endpoint, example, role.headers())

    refusal = 401 if role.is_stranger else 403
    assert answer.status_code == (endpoint.status if role.may(endpoint) else refusal)


@every_role
@every_endpoint
async def test_whoever_may_not_costs_no_query(hub: Hub, sent: Sent, endpoint: Endpoint, role: Role) -> None:
    example = await example_of(endpoint, hub.deps, OURS)
    sent.take()

    await send(hub, endpoint, example, role.headers())

    assert role.may(endpoint) or not sent.take()


async def test_the_witness_of_queries_is_not_blind(hub: Hub, sent: Sent) -> None:
    sent.take()

    await hub.client.get("/api/v1/work", headers=EVERYTHING.headers())

    assert sent.take()


@every_endpoint
async def test_the_operator_may_everything(settings: Settings, endpoint: Endpoint) -> None:
    async with running_hub(settings) as hub:
        example = await example_of(endpoint, hub.deps, OURS)
        answer = await send(hub, endpoint, example, operator(settings))

    assert answer.status_code not in (401, 403)


def operator(settings: Settings) -> dict[str, str]:
    """The operator's credential."""
    return {"authorization": f"Bearer {settings.operator_token.reveal()}"}


@every_endpoint
async def test_the_things_of_an_account_do_not_exist_for_another(hub: Hub, endpoint: Endpoint) -> None:
    example = await example_of(endpoint, hub.deps, OURS)

    theirs = await send(hub, endpoint, example, EVERYTHING.headers(THEIRS))
    ours = await send(hub, endpoint, example, EVERYTHING.headers(OURS))

    assert theirs.status_code == (404 if example.owned else endpoint.status)
    assert ours.status_code == endpoint.status


@every_endpoint
async def test_the_words_of_an_account_are_not_read_by_another(hub: Hub, endpoint: Endpoint) -> None:
    ours = [await example_of(each, hub.deps, OURS) for each in ENDPOINTS]
    example = await example_of(endpoint, hub.deps, THEIRS)

    answer = await send(hub, endpoint, example, EVERYTHING.headers(THEIRS))

    marks = {mark for each in ours for mark in each.marks}
    assert answer.status_code == endpoint.status
    assert not [mark for mark in marks if mark in answer.text]


async def test_the_marks_of_an_example_are_what_its_own_account_reads(hub: Hub) -> None:
    endpoint = next(endpoint for endpoint in ENDPOINTS if endpoint.id == "list_buried_work")
    example = await example_of(endpoint, hub.deps, OURS)

    answer = await send(hub, endpoint, example, EVERYTHING.headers(OURS))

    assert all(mark in answer.text for mark in example.marks)


@every_change
async def test_every_change_stands_in_the_audit_log(hub: Hub, endpoint: Endpoint) -> None:
    example = await example_of(endpoint, hub.deps, OURS)

    answer = await send(hub, endpoint, example, EVERYTHING.headers())

    entry = await hub.deps.mongo[repository.AUDIT].find_one({"request": answer.headers["x-request-id"]})
    assert entry is not None
    assert entry["action"] == endpoint.audit
    assert entry["account"] == OURS
    assert entry["target"] == dict(example.path)


@every_change
async def test_an_attempt_on_the_things_of_others_stands_in_ones_own_audit_log(hub: Hub, endpoint: Endpoint) -> None:
    example: Example = await example_of(endpoint, hub.deps, OURS)

    answer = await send(hub, endpoint, example, EVERYTHING.headers(THEIRS))

    entry = await hub.deps.mongo[repository.AUDIT].find_one({"request": answer.headers["x-request-id"]})
    assert entry is not None
    assert entry["account"] == THEIRS
    assert entry["status"] == answer.status_code
