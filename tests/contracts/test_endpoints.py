"""Rules for the declaration of every endpoint there is. What comes of them is tried in the files beside."""

import inspect
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any

import msgspec
import pytest
from starlette.routing import Route

from hub.access import Permission
from hub.app import create_app
from hub.http.endpoint import MUTATING, Endpoint, Input
from hub.settings import Settings
from tests.contracts.callers import OURS, Place
from tests.contracts.examples import EXAMPLES
from tests.contracts.matrix import CHANGES, ENDPOINTS, example_of, ids_of, is_open, named_like_ids, needs_example
from tests.hub.http.rooms import TAG

# Everything else is of a version of the API.
UNVERSIONED = {
    *("/", "/sign-in", "/sign-up", "/join", "/reset", "/assets/{name}", "/push-worker.js"),
    *("/live", "/ready", "/metrics", "/api/openapi.json", "/api/docs", "/files/{token}", "/img/{token:path}"),
    *("/in/{line_id}", "/in/{line_id}/mail", "/u/{token}", "/u/{token}/state", "/u/{token}/resume"),
}
# What has to be asked before anybody can have said who they are, and nothing else.
IN_FRONT = {
    *("entrance", "sign_up", "sign_in", "second_factor", "refresh", "sign_out"),
    *("look_at_invitation", "accept_invitation", "forgotten_password", "reset_password", "prove_address"),
    *("begin_passkey_sign_in", "sign_in_by_passkey", "begin_sso", "finish_sso", "begin_visit"),
}
# A second opinion on the declarations: by which permission one looks at what stands below a path, and by which one
# changes it.
DOORS: Mapping[str, tuple[Permission, Permission]] = {
    "/metrics": (Permission.METRICS_VIEW, Permission.METRICS_VIEW),
    "/api/v1/account": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/account/sign-in-rules": (Permission.ACCOUNT_OWN, Permission.ACCOUNT_OWN),
    "/api/v1/account/transfer": (Permission.ACCOUNT_OWN, Permission.ACCOUNT_OWN),
    "/api/v1/account/owners": (Permission.ACCOUNT_OWN, Permission.ACCOUNT_OWN),
    "/api/v1/account/close": (Permission.ACCOUNT_OWN, Permission.ACCOUNT_OWN),
    "/api/v1/account/sso": (Permission.ACCOUNT_OWN, Permission.ACCOUNT_OWN),
    "/api/v1/accounts": (Permission.ACCOUNTS_VIEW, Permission.ACCOUNTS_MANAGE),
    "/api/v1/attributes": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/audit": (Permission.AUDIT_VIEW, Permission.AUDIT_VIEW),
    "/api/v1/audit.csv": (Permission.AUDIT_VIEW, Permission.AUDIT_VIEW),
    "/api/v1/intake": (Permission.LINES_MANAGE, Permission.LINES_MANAGE),
    "/api/v1/files": (Permission.THREADS_VIEW, Permission.THREADS_REPLY),
    "/api/v1/invitations": (Permission.MEMBERS_MANAGE, Permission.MEMBERS_MANAGE),
    "/api/v1/keys": (Permission.KEYS_MANAGE, Permission.KEYS_MANAGE),
    "/api/v1/me": (Permission.ME, Permission.MEMBERSHIP),
    "/api/v1/me/invitation": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/me/availability": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/me/codes": (Permission.ME, Permission.ME),
    "/api/v1/me/codes/remove": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/me/codes/recovery": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/me/notifications": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/me/passkeys": (Permission.ME, Permission.ME),
    "/api/v1/me/passkeys/{passkey_id}/remove": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/me/password": (Permission.ME, Permission.ME),
    "/api/v1/me/push-key": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/me/push-subscriptions": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/me/signature": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/me/sessions": (Permission.ME, Permission.ME),
    "/api/v1/channels": (Permission.ACCOUNT_VIEW, Permission.LINES_MANAGE),
    "/api/v1/letterhead": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/letterhead/logo": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/letterhead/preview": (Permission.THREADS_REPLY, Permission.THREADS_REPLY),
    "/api/v1/lines": (Permission.ACCOUNT_VIEW, Permission.LINES_MANAGE),
    "/api/v1/members": (Permission.MEMBERS_VIEW, Permission.MEMBERS_MANAGE),
    "/api/v1/minds": (Permission.ACCOUNT_VIEW, Permission.AGENTS_MANAGE),
    "/api/v1/merges": (Permission.PEOPLE_VIEW, Permission.PEOPLE_EDIT),
    "/api/v1/opt-words": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/people": (Permission.PEOPLE_VIEW, Permission.PEOPLE_EDIT),
    "/api/v1/notification-policy": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/presence-policy": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/permissions": (Permission.MEMBERS_VIEW, Permission.MEMBERS_VIEW),
    "/api/v1/roles": (Permission.MEMBERS_VIEW, Permission.ROLES_MANAGE),
    "/api/v1/rules": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/sending-policy": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/suppressions": (Permission.ACCOUNT_MANAGE, Permission.ACCOUNT_MANAGE),
    "/api/v1/teams": (Permission.MEMBERS_VIEW, Permission.TEAMS_MANAGE),
    "/api/v1/templates": (Permission.ACCOUNT_VIEW, Permission.TEMPLATES_MANAGE),
    "/api/v1/templates/choice": (Permission.PEOPLE_VIEW, Permission.PEOPLE_VIEW),
    "/api/v1/templates/{template_id}/preview": (Permission.PEOPLE_VIEW, Permission.PEOPLE_VIEW),
    "/api/v1/template-policy": (Permission.ACCOUNT_VIEW, Permission.TEMPLATES_MANAGE),
    "/api/v1/routing": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/teams/{team_id}/routing": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/canned": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/canned/{canned_id}/filled": (Permission.THREADS_REPLY, Permission.THREADS_REPLY),
    "/api/v1/thread-policy": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/threads": (Permission.THREADS_VIEW, Permission.THREADS_REPLY),
    "/api/v1/threads/{thread_id}/assign": (Permission.THREADS_ASSIGN, Permission.THREADS_ASSIGN),
    "/api/v1/threads/{thread_id}/draft": (Permission.THREADS_REPLY, Permission.THREADS_REPLY),
    "/api/v1/threads/{thread_id}/follow": (Permission.THREADS_FOLLOW, Permission.THREADS_FOLLOW),
    "/api/v1/threads/{thread_id}/unfollow": (Permission.THREADS_FOLLOW, Permission.THREADS_FOLLOW),
    "/api/v1/threads/{thread_id}/read": (Permission.THREADS_FOLLOW, Permission.THREADS_FOLLOW),
    "/api/v1/threads/{thread_id}/unread": (Permission.THREADS_FOLLOW, Permission.THREADS_FOLLOW),
    "/api/v1/threads/counts": (Permission.THREADS_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/threads/{thread_id}/export": (Permission.PEOPLE_EXPORT, Permission.PEOPLE_EXPORT),
    "/api/v1/people/{person_id}/timeline": (Permission.THREADS_VIEW, Permission.THREADS_VIEW),
    "/api/v1/search": (Permission.THREADS_VIEW, Permission.THREADS_VIEW),
    "/api/v1/views": (Permission.MEMBERSHIP, Permission.MEMBERSHIP),
    "/api/v1/sla": (Permission.THREADS_VIEW, Permission.THREADS_VIEW),
    "/api/v1/sla-policy": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/csat-policy": (Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE),
    "/api/v1/reports": (Permission.ANALYTICS_VIEW, Permission.ANALYTICS_VIEW),
    "/api/v1/work": (Permission.WORK_VIEW, Permission.WORK_MANAGE),
}
# Names that others have given to what is theirs.
NOT_IDS_OF_OURS = {"client_id"}

every_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.id)
every_change = pytest.mark.parametrize("endpoint", CHANGES, ids=lambda endpoint: endpoint.id)


def test_every_route_is_made_from_a_declaration_and_nothing_else_is_mounted() -> None:
    routes = create_app(Settings()).routes

    assert {type(route) for route in routes} == {Route}
    made = [(route.path, route.name, route.methods) for route in routes if isinstance(route, Route)]
    declared = [(one.path, one.id, methods_of(one)) for one in ENDPOINTS]
    assert sorted(made, key=name_of) == sorted(declared, key=name_of)


def methods_of(endpoint: Endpoint) -> set[str]:
    """By which it is asked; what is for pages of other sites, their browsers ask for beforehand."""
    more = {"HEAD"} if endpoint.method == "GET" else set[str]()
    return {endpoint.method} | more | ({"OPTIONS"} if endpoint.origins else set())


def name_of(way: tuple[str, str, set[str] | None]) -> str:
    """What tells a route from every other."""
    return way[1]


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
    assert (endpoint in CHANGES) == bool(endpoint.audit or endpoint.recorded_in)


@every_change
def test_to_be_allowed_to_look_is_not_to_be_allowed_to_change(endpoint: Endpoint) -> None:
    assert not endpoint.permission.endswith(".view")


@pytest.mark.parametrize("method", sorted(MUTATING))
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


def test_of_the_versioned_api_only_the_ways_in_are_public() -> None:
    public = {endpoint.id for endpoint in ENDPOINTS if is_open(endpoint) and endpoint.path not in UNVERSIONED}

    assert public == IN_FRONT


def doors_of(endpoint: Endpoint) -> list[str]:
    """The paths above it that have a door, the nearest last."""
    return sorted((path for path in DOORS if f"{endpoint.path}/".startswith(f"{path}/")), key=len)


@pytest.mark.parametrize("endpoint", [one for one in ENDPOINTS if not is_open(one)], ids=lambda endpoint: endpoint.id)
def test_every_endpoint_has_the_permission_of_its_door(endpoint: Endpoint) -> None:
    look, change = DOORS[doors_of(endpoint)[-1]]

    assert endpoint.permission is (change if endpoint in CHANGES else look)


def test_no_door_leads_nowhere() -> None:
    used = {doors_of(endpoint)[-1] for endpoint in ENDPOINTS if doors_of(endpoint)}

    assert used == DOORS.keys()


@every_endpoint
def test_what_comes_from_outside_is_of_exact_types(endpoint: Endpoint) -> None:
    assert issubclass(endpoint.query, Input)
    assert endpoint.body in (NoneType, bytes) or issubclass(endpoint.body, Input)


@every_endpoint
def test_what_is_called_an_id_is_of_the_type_of_ids(endpoint: Endpoint) -> None:
    typed = {way.rpartition(".")[2] for way in ids_of(endpoint)}

    assert named_like_ids(endpoint.body) | named_like_ids(endpoint.query) <= typed | NOT_IDS_OF_OURS


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
def test_every_endpoint_that_takes_something_has_an_example(endpoint: Endpoint) -> None:
    assert endpoint.id in EXAMPLES or not needs_example(endpoint)


def test_no_example_is_for_an_endpoint_that_is_gone() -> None:
    assert EXAMPLES.keys() <= {endpoint.id for endpoint in ENDPOINTS}


@every_endpoint
async def test_every_example_says_of_every_id_whose_it_is(place: Place, endpoint: Endpoint) -> None:
    person = await (await place.owner(OURS)).company.join_as_owner()

    example = await example_of(endpoint, person, EXAMPLES)

    assert example.path.keys() == set(endpoint.parameters)
    assert example.owned | example.words == set(endpoint.parameters) | ids_of(endpoint)
    assert not example.owned & example.words
