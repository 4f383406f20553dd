"""Reading the log over HTTP: who sees which entries, in which order, and by which index."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from bson.binary import Binary

from hub.access import OPERATOR, Permission, Scope
from hub.accounts.models import Member
from hub.audit.repository import AUDIT, INDEXES, Wanted, where_of
from hub.settings import Settings
from hub.store.documents import as_document
from hub.store.sealed import SUBTYPE
from tests.clock import MORNING, VirtualClock
from tests.hub.audit.logs import ADDRESS, CANARY, OURS, THEIRS, behind_its_back, entries_of, opened, reader, write
from tests.hub.http.rooms import as_caller, error_of
from tests.hubs import Hub

# Who did what to what, an hour after the other.
ACTS = (
    ("asha", "door.open", "d1"),
    ("ravi", "door.open", "d2"),
    ("asha", "door.close", "d1"),
    ("mina", "door.close", "d2"),
)


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """With four entries of three members, and one of another account."""
    async with opened(settings, clock) as hub:
        for by, action, target in ACTS:
            await write(hub.deps, by=by, action=action, target=target, after={"by": by})
            await clock.advance(hours=1)
        await write(hub.deps, THEIRS)
        yield hub


async def listed(hub: Hub, query: str = "", headers: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """What is shown, to somebody who may see all unless told otherwise."""
    answer = await hub.client.get(f"/api/v1/audit{query}", headers=headers or reader())
    assert answer.status_code == 200
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def seqs(items: list[dict[str, Any]]) -> list[int]:
    """Which entries."""
    return [item["seq"] for item in items]


async def test_an_entry_says_who_did_what_to_what_when_from_where_and_how_it_was_and_is(hub: Hub) -> None:
    stored = (await entries_of(hub.deps))[0]

    assert (await listed(hub))[-1] == {
        "id": stored["_id"],
        "seq": 1,
        "at": "2054-03-02T09:00:00Z",
        "actor": {"kind": "member", "id": "asha"},
        "action": "door.open",
        "target": {"door": "d1"},
        "status": 200,
        "request": "request-1",
        "address": ADDRESS,
        "before": [CANARY],
        "after": {"by": "asha"},
        "hash": stored["hash"].hex(),
    }


async def test_the_latest_comes_first_and_nothing_of_another_account(hub: Hub) -> None:
    assert seqs(await listed(hub)) == [4, 3, 2, 1]


async def test_pages_follow_each_other_without_a_gap_while_the_log_grows(hub: Hub) -> None:
    first = (await hub.client.get("/api/v1/audit?limit=2", headers=reader())).json()
    await write(hub.deps)
    second = (await hub.client.get(f"/api/v1/audit?limit=2&cursor={first['next']}", headers=reader())).json()
    third = (await hub.client.get(f"/api/v1/audit?limit=2&cursor={second['next']}", headers=reader())).json()

    assert [seqs(page["items"]) for page in (first, second, third)] == [[4, 3], [2, 1], []]
    assert third["next"] is None


def time(hours: float, offset: str = "Z") -> str:
    """So many hours after the first entry, as it stands in a query."""
    return quote((MORNING + timedelta(hours=hours)).isoformat().replace("+00:00", offset))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?actor=asha", [3, 1]),
        ("?actor=nobody", []),
        ("?action=door.close", [4, 3]),
        ("?target=d1", [3, 1]),
        ("?actor=asha&action=door.open&target=d1", [1]),
        (f"?after={time(2)}", [4, 3]),
        (f"?before={time(2)}", [2, 1]),
        (f"?after={time(1)}&before={time(3)}", [3, 2]),
        (f"?after={time(2 + 5.5, '+05:30')}", [4, 3]),
        (f"?actor=asha&after={time(0.001)}", [3]),
        (f"?after={time(3)}&before={time(3)}", []),
    ],
)
async def test_filters_leave_what_was_asked_for(hub: Hub, query: str, expected: list[int]) -> None:
    assert seqs(await listed(hub, query)) == expected


@pytest.mark.parametrize(
    "query",
    [
        "?cursor=x",
        "?cursor=-1",
        f"?cursor={'9' * 19}",
        "?limit=0",
        "?limit=201",
        "?after=yesterday",
        "?after=2026-03-02T09:00:00",
        f"?after={quote('0001-01-01T00:00:00+14:00')}",
        f"?before={quote('9999-12-31T23:59:59-12:00')}",
        "?status=200",
    ],
)
async def test_what_no_list_can_be_asked_is_refused(hub: Hub, query: str) -> None:
    answer = await hub.client.get(f"/api/v1/audit{query}", headers=reader())

    assert (answer.status_code, error_of(answer)) == (400, "invalid")


@pytest.mark.parametrize("field", [field for field in Wanted._fields if field not in ("actors", "before")])
def test_every_filter_has_an_index_that_gives_the_order_as_well(field: str) -> None:
    indexes = {tuple(name for name, _ in index.keys) for index in INDEXES if index.collection == AUDIT}
    example: Any = {"after": MORNING}.get(field, "x")

    [filtered] = where_of(OURS, Wanted()._replace(**{field: example})).keys() - {"account"}

    assert ("account", filtered, "seq") in indexes
    assert ("account", "seq") in indexes


# How far the permission reaches


async def test_whoever_may_see_the_own_sees_the_own(hub: Hub) -> None:
    headers = reader("asha", scope=Scope.OWN)

    assert seqs(await listed(hub, "", headers)) == [3, 1]
    assert seqs(await listed(hub, "?actor=asha&action=door.open", headers)) == [1]
    assert seqs(await listed(hub, "?actor=ravi", headers)) == []


async def test_whoever_may_see_the_teams_sees_the_own_and_the_teams(hub: Hub, settings: Settings) -> None:
    with behind_its_back(settings) as database:
        for id, teams in (("ravi", ["sales"]), ("mina", ["support"])):
            blank = Binary(b"", SUBTYPE)
            member = Member(
                id=id, account=OURS, login=id, role="editor", name=blank, email=blank, made_at=MORNING, teams=teams
            )
            database["members"].insert_one(as_document(member))
    own, headers = (reader("asha", scope=scope, teams=frozenset({"sales"})) for scope in (Scope.OWN, Scope.TEAM))

    assert seqs(await listed(hub, "", own)) == [3, 1]
    assert seqs(await listed(hub, "", headers)) == [3, 2, 1]
    assert seqs(await listed(hub, "?actor=ravi", headers)) == [2]
    assert seqs(await listed(hub, "?actor=mina", headers)) == []


@pytest.mark.parametrize("path", ["/api/v1/audit", "/api/v1/audit.csv"])
async def test_whoever_may_not_see_the_log_is_refused(hub: Hub, path: str) -> None:
    stranger = await hub.client.get(path)
    member = await hub.client.get(path, headers=as_caller(permissions=frozenset()))

    assert (stranger.status_code, member.status_code) == (401, 403)
    assert not OPERATOR.may(Permission.AUDIT_VIEW)


# Damage


async def test_damaged_entry_does_not_hide_the_others(hub: Hub, settings: Settings) -> None:
    theirs = (await entries_of(hub.deps, THEIRS))[0]
    with behind_its_back(settings) as database:
        database[AUDIT].update_one({"account": OURS, "seq": 2}, {"$set": {"detail": theirs["detail"]}})

    items = await listed(hub)

    assert [item["address"] for item in items] == [ADDRESS, ADDRESS, None, ADDRESS]
    assert (items[2]["before"], items[2]["after"], items[2]["actor"]["id"]) == (None, None, "ravi")
