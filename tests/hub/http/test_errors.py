"""What the other side reads when something goes wrong."""

import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

import hub
from hub import errors
from hub.errors import HubError, TooMany, TooSlow, Unauthenticated, render
from hub.http.endpoint import Call
from hub.settings import Settings
from hub.store.sealed import Unreadable
from tests.hub.http.rooms import error_of, get, hub_with
from tests.hubs import Hub

CANARY = "asha@example.com"
FOREIGN = (KeyError(CANARY), ValueError(CANARY), OSError(2, CANARY), ExceptionGroup(CANARY, [ValueError(CANARY)]))


def errors_from(above: type[HubError]) -> Iterator[type[HubError]]:
    """An error and all that derive from it."""
    yield above
    for below in above.__subclasses__():
        yield from errors_from(below)


for module in pkgutil.walk_packages(hub.__path__, "hub."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
ERRORS = sorted({kind for kind in errors_from(HubError) if kind.__module__.startswith("hub.")}, key=str)


async def forgetful(call: Call[None, Any]) -> object:
    """Raise what a library would, with a lead's address in its words."""
    raise KeyError(CANARY)


async def damaged(call: Call[None, Any]) -> object:
    """Raise an error of ours that is our fault."""
    raise Unreadable("A sealed value does not open.")


async def healthy(call: Call[None, Any]) -> str:
    """Answer."""
    return "well"


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """The lines of the log."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
async def hub_of_handlers(settings: Settings, logged: list[Any]) -> AsyncIterator[Hub]:
    """One handler that works and some that do not."""
    endpoints = (get(forgetful, path="/fails"), get(damaged, path="/damaged"), get(healthy, path="/works"))
    async with hub_with(settings, *endpoints) as hub:
        yield hub


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_is_rendered_with_its_code_its_message_and_its_data(kind: type[HubError]) -> None:
    error = kind.__new__(kind)
    HubError.__init__(error, "This is what happened.", thread="t1")

    rendered = render(error)

    assert rendered.status == kind.status
    assert rendered.body == {
        "error": {"code": kind.code, "message": "This is what happened.", "data": {"thread": "t1"}}
    }


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_failing_status_and_a_code_that_programs_can_use(kind: type[HubError]) -> None:
    assert 400 <= kind.status <= 599
    assert kind.code.isidentifier()
    assert kind.code.islower()


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in ERRORS]

    assert sorted(codes) == sorted(set(codes))


def test_the_tree_in_the_documentation_is_the_tree() -> None:
    documented = errors.__doc__ or ""

    for kind in HubError.__subclasses__():
        if kind.__module__ == "hub.errors":
            assert f"{kind.__name__:<21}{kind.status}  {kind.code}" in documented


@pytest.mark.parametrize("foreign", FOREIGN, ids=lambda foreign: type(foreign).__name__)
def test_the_words_of_a_foreign_exception_never_appear(foreign: Exception) -> None:
    rendered = render(foreign)

    assert rendered.status == 500
    assert rendered.body["error"]["code"] == "internal"
    assert CANARY not in str(rendered)


@pytest.mark.parametrize(("wait_s", "header"), [(0, "1"), (0.2, "1"), (1, "1"), (1.01, "2"), (90, "90")])
def test_retry_after_is_in_whole_seconds_and_never_too_early(wait_s: float, header: str) -> None:
    rendered = render(TooMany("Slow down.", retry_after_s=wait_s))

    assert rendered.headers["retry-after"] == header


def test_there_is_no_retry_after_without_a_time() -> None:
    assert "retry-after" not in render(TooMany("Slow down.")).headers


def test_the_unknown_are_told_how_to_say_who_they_are() -> None:
    assert render(Unauthenticated("Who is it?")).headers["www-authenticate"].startswith("Bearer")


def test_a_connection_with_half_a_request_on_it_is_given_up() -> None:
    assert render(TooSlow("Too slow.")).headers["connection"] == "close"


async def test_an_unknown_path_is_a_404_in_json(hub: Hub) -> None:
    answer = await hub.client.get("/no/such/path")

    assert answer.status_code == 404
    assert error_of(answer) == "not_found"


async def test_a_wrong_method_is_told_the_right_ones(hub: Hub) -> None:
    answer = await hub.client.delete("/live")

    assert answer.status_code == 405
    assert error_of(answer) == "method_not_allowed"
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


async def test_a_handler_that_raises_is_a_500_that_the_request_id_finds(hub_of_handlers: Hub) -> None:
    answer = await hub_of_handlers.client.get("/fails")

    assert answer.status_code == 500
    assert error_of(answer) == "internal"
    assert answer.headers["x-request-id"]
    assert CANARY not in answer.text


@pytest.mark.parametrize("path", ["/fails", "/damaged"])
async def test_whatever_is_our_fault_is_logged_with_where_it_was_raised(
    hub_of_handlers: Hub, logged: list[Any], path: str
) -> None:
    await hub_of_handlers.client.get(path)

    failure = next(line for line in logged if line["event"] == "handler_failed")
    assert failure["exc_info"].__traceback__


async def test_what_is_not_our_fault_is_not_logged_as_a_failure(hub_of_handlers: Hub, logged: list[Any]) -> None:
    await hub_of_handlers.client.get("/works?unknown=1")

    assert {line["event"] for line in logged} == {"request"}


async def test_the_hub_goes_on_after_a_handler_has_raised(hub_of_handlers: Hub) -> None:
    await hub_of_handlers.client.get("/fails")

    answer = await hub_of_handlers.client.get("/works")

    assert answer.json() == "well"
