"""Whoever changes something over HTTP stands in the audit log, with how it ended."""

import ipaddress
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from structlog.testing import capture_logs

from hub.access import Permission
from hub.audit import repository
from hub.audit.log import PLACE
from hub.errors import Conflict
from hub.http.endpoint import Call
from hub.settings import Settings
from hub.store.mongo import Document
from tests.clock import VirtualClock
from tests.hub.audit.logs import ADDRESS, CANARY
from tests.hub.http.rooms import as_caller, get, hub_with, post
from tests.hubs import Hub

DOOR = "02d9mk7vm00000000000000000"


async def change(call: Call[None, Any]) -> str:
    """Change something, and say how it was and is."""
    call.act.note.before, call.act.note.after = {"name": CANARY}, {"name": "Front door"}
    return "changed"


async def make(call: Call[None, Any]) -> str:
    """Make something for another account."""
    call.act.note.account, call.act.note.target = "zenith", {"made": "m1"}
    return "made"


async def refuse(call: Call[None, Any]) -> None:
    """Refuse to."""
    raise Conflict("Somebody else has changed it.")


async def fail(call: Call[None, Any]) -> None:
    """Fail to."""
    raise ZeroDivisionError


async def look(call: Call[None, Any]) -> str:
    """Change nothing."""
    return "seen"


ENDPOINTS = (
    post(change, path="/change/{thing}", permission=Permission.WORK_MANAGE),
    post(make, path="/make/{thing}"),
    post(change, path="/create", creates=True),
    post(refuse, path="/refuse"),
    post(fail, path="/fail"),
    get(look, path="/look"),
)


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """The hub with endpoints that change something, behind a proxy."""
    behind_proxy = replace(settings, trusted_proxies=(ipaddress.ip_network("127.0.0.0/8"),))
    with capture_logs():
        async with hub_with(behind_proxy, *ENDPOINTS, clock=clock) as hub:
            yield hub


async def entries(hub: Hub) -> list[Document]:
    """The audit log."""
    return await hub.deps.mongo[repository.AUDIT].find({}, limit=10)


async def test_a_change_is_written_down_with_who_did_what_to_what_and_when(hub: Hub, clock: VirtualClock) -> None:
    answer = await hub.client.post(f"/change/{DOOR}", headers=as_caller("asha", account="acme"))

    [entry] = await entries(hub)
    assert entry["account"] == "acme"
    assert entry["actor"] == {"kind": "member", "id": "asha"}
    assert entry["action"] == "test.post"
    assert entry["target"] == {"thing": DOOR}
    assert entry["status"] == 200
    assert entry["at"] == clock.now()
    assert entry["request"] == answer.headers["x-request-id"]


async def test_the_address_of_the_client_and_how_it_was_and_is_are_sealed(hub: Hub) -> None:
    await hub.client.post(f"/change/{DOOR}", headers={**as_caller(account="acme"), "x-forwarded-for": ADDRESS})

    [entry] = await entries(hub)
    detail = msgspec.json.decode(await hub.deps.sealer.unseal("acme", PLACE, entry["detail"]))
    assert detail == {"address": ADDRESS, "before": {"name": CANARY}, "after": {"name": "Front door"}}
    assert not [word for word in (ADDRESS, CANARY, "Front door") if word in str(entry)]


async def test_what_the_action_notes_stands_beside_what_the_path_says(hub: Hub) -> None:
    await hub.client.post(f"/make/{DOOR}", headers=as_caller(account="acme"))

    [entry] = await entries(hub)
    assert entry["account"] == "zenith"
    assert entry["target"] == {"thing": DOOR, "made": "m1"}


@pytest.mark.parametrize(("path", "status"), [("/refuse", 409), ("/fail", 500)])
async def test_a_failure_is_written_down_too(hub: Hub, path: str, status: int) -> None:
    answer = await hub.client.post(path, headers=as_caller())

    [entry] = await entries(hub)
    assert answer.status_code == entry["status"] == status


async def test_a_change_by_nobody_in_particular_belongs_to_the_installation(hub: Hub) -> None:
    await hub.client.post("/refuse")

    [entry] = await entries(hub)
    assert entry["account"] == "installation"
    assert entry["actor"] == {"kind": "stranger", "id": ""}


async def test_an_answer_that_is_repeated_is_written_down_again(hub: Hub) -> None:
    headers = {**as_caller(), "idempotency-key": "k1"}

    await hub.client.post("/create", headers=headers)
    await hub.client.post("/create", headers=headers)

    assert [entry["status"] for entry in await entries(hub)] == [200, 200]


async def test_looking_is_not_written_down(hub: Hub) -> None:
    await hub.client.get("/look", headers=as_caller())

    assert await entries(hub) == []


@pytest.mark.parametrize("headers", [{}, as_caller(permissions=frozenset())])
async def test_those_who_may_not_cannot_fill_the_log(hub: Hub, headers: dict[str, str]) -> None:
    await hub.client.post(f"/change/{DOOR}", headers=headers)

    assert await entries(hub) == []


@pytest.mark.parametrize("written", ["asha@example.test", "door", DOOR.upper(), f"{DOOR}x", DOOR[:-1] + "u"])
async def test_what_somebody_writes_in_the_place_of_an_id_is_not_kept_in_plain(hub: Hub, written: str) -> None:
    await hub.client.post(f"/change/{written}", headers=as_caller("asha", account="acme"))

    [entry] = await entries(hub)
    assert entry["target"] == {}
