"""The ledger over HTTP: what came, what became of it, and taking it in once more."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from hub.intake.jobs import KINDS
from hub.intake.repository import INTAKE
from hub.lines.models import Line
from hub.settings import Settings
from hub.work.desk import Desk
from tests.clock import MORNING, VirtualClock
from tests.hub.intake.webhooks import count_messages, event_of, message, post, stored_only, tell
from tests.hub.lines.connected import connect
from tests.hubs import Hub, running_hub
from tests.people import Person, code_of, found, join

PROCESS, REPLAY = KINDS
DAY = {"since": (MORNING - timedelta(days=1)).isoformat(), "until": (MORNING + timedelta(days=1)).isoformat()}


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose time stands still."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def owner(hub: Hub) -> Person:
    """The owner of an account."""
    return await found(hub, "acme")


@pytest.fixture
async def line(hub: Hub, owner: Person) -> Line:
    """A number of the account."""
    return await connect(hub.deps, account=owner.account)


async def work(hub: Hub) -> None:
    """What workers do now."""
    for kind in (REPLAY, PROCESS):
        desk = Desk(hub.deps, kind)
        await desk.sweep()
        await desk.close(timeout_s=60)
    await hub.deps.background.settle()


async def items(owner: Person, query: str = "") -> list[dict[str, Any]]:
    """A page of the ledger."""
    page: dict[str, Any] = await owner.does("GET", f"/intake{query}")
    return list(page["items"])


async def test_the_ledger_says_what_came_and_what_became_of_it(hub: Hub, owner: Person, line: Line) -> None:
    await tell(hub, line, message(at=MORNING), {"type": "weather"}, event_id="e1")

    (event,) = await items(owner)

    assert (event["line_id"], event["event_id"], event["elements"]) == (line.id, "e1", 2)
    assert (event["state"], event["unsupported"], event["is_due"]) == ("unsupported", ["weather"], False)
    assert "raw" not in event


async def test_what_was_sent_is_shown_as_it_came(hub: Hub, owner: Person, line: Line) -> None:
    body = event_of(message("Grüße", at=MORNING))
    await post(hub, line, body)
    (event,) = await items(owner)

    opened = await owner.does("GET", f"/intake/{event['id']}")

    assert opened["raw"] == body.decode()


async def test_the_ledger_is_read_by_line_by_state_and_in_pages(
    hub: Hub, owner: Person, line: Line, clock: VirtualClock
) -> None:
    other = await connect(hub.deps, account=owner.account)
    for n, one in enumerate((line, line, line, other)):
        await clock.advance(seconds=1)
        await tell(hub, one, {"type": "weather"} if n else message(at=MORNING), event_id=str(n))

    first = await owner.does("GET", "/intake?limit=3")
    second = await owner.does("GET", f"/intake?limit=3&cursor={first['next']}")

    assert [event["event_id"] for event in first["items"] + second["items"]] == ["3", "2", "1", "0"]
    assert second["next"] is None
    assert [event["event_id"] for event in await items(owner, f"?line={other.id}")] == ["3"]
    assert [event["event_id"] for event in await items(owner, "?state=done")] == ["0"]
    assert await items(owner, "?line=nobody") == []


async def test_the_ledger_is_for_those_who_connect_lines(owner: Person) -> None:
    rep = await join(owner, "rep@acme.test")

    assert code_of(await rep.asks("GET", "/intake")) == (403, "forbidden")


async def test_an_event_is_taken_in_once_more_and_changes_nothing_that_is_there(
    hub: Hub, owner: Person, line: Line
) -> None:
    await tell(hub, line, message(at=MORNING))
    (event,) = await items(owner)

    replayed = await owner.does("POST", f"/intake/{event['id']}/replay")
    await work(hub)

    assert (replayed["state"], replayed["is_due"]) == ("waiting", True)
    assert [(one["state"], one["is_due"]) for one in await items(owner)] == [("done", False)]
    assert await count_messages(hub.deps) == 1


async def test_what_was_given_up_is_taken_in_by_a_replay(hub: Hub, owner: Person, line: Line) -> None:
    event = await stored_only(hub.deps, line, event_of(message(at=MORNING)))
    grave = {"$set": {"buried": {"at": MORNING, "reason": "x", "attempts": 9}}, "$unset": {"due_at": ""}}
    await hub.deps.mongo[INTAKE].update({"_id": event.id}, grave)

    await owner.does("POST", f"/intake/{event.id}/replay")
    await work(hub)

    stored = await hub.deps.mongo[INTAKE].find_one({"_id": event.id}) or {}
    assert (stored["state"], "buried" in stored, await count_messages(hub.deps)) == ("done", False, 1)


async def test_a_range_is_taken_in_once_more_and_tells_how_far_it_is(hub: Hub, owner: Person, line: Line) -> None:
    for n in range(52):
        await stored_only(hub.deps, line, event_of(message(str(n), at=MORNING)))
    await post(hub, line, b"nonsense")

    made = await owner.does("POST", "/intake/replay", {"line_id": line.id, **DAY})
    await work(hub)
    ended = await owner.does("GET", f"/intake/replays/{made['id']}")

    assert (made["state"], made["total"], made["done"]) == ("running", 53, 0)
    assert (ended["state"], ended["done"], ended["failed"]) == ("done", 53, 1)
    assert await count_messages(hub.deps) == 52
    assert (await owner.does("GET", "/intake/replays"))["items"] == [ended]


async def test_a_replay_that_was_given_up_says_so(hub: Hub, owner: Person, line: Line) -> None:
    made = await owner.does("POST", "/intake/replay", {"line_id": line.id, **DAY})
    grave = {"$set": {"buried": {"at": MORNING, "reason": "x", "attempts": 8}}, "$unset": {"due_at": ""}}
    await hub.deps.mongo["replays"].update({"_id": made["id"]}, grave)

    shown = await owner.does("GET", f"/intake/replays/{made['id']}")

    assert shown == {**made, "state": "given_up"}


async def test_a_replay_goes_on_where_it_was_cut_off(hub: Hub, owner: Person, line: Line, clock: VirtualClock) -> None:
    for n in range(3):
        await clock.advance(seconds=1)
        await stored_only(hub.deps, line, event_of(message(str(n), at=MORNING)))
    made = await owner.does("POST", "/intake/replay", {"line_id": line.id, **DAY})
    (_, second, _) = await hub.deps.mongo[INTAKE].find({}, sort=[("at", 1)], limit=3)
    so_far = {"position": [second["at"], second["_id"]], "done": 2}
    await hub.deps.mongo["replays"].update({"_id": made["id"]}, {"$set": so_far})

    desk = Desk(hub.deps, REPLAY)
    await desk.sweep()
    await desk.close(timeout_s=60)

    ended = await owner.does("GET", f"/intake/replays/{made['id']}")
    assert (ended["state"], ended["done"], await count_messages(hub.deps)) == ("done", 3, 1)


@pytest.mark.parametrize(
    "times",
    [{"since": DAY["until"], "until": DAY["since"]}, {"since": "2053-01-01T00:00:00Z", "until": DAY["until"]}],
    ids=["backwards", "longer than the ledger reaches"],
)
async def test_a_range_has_a_beginning_and_an_end(owner: Person, line: Line, times: dict[str, str]) -> None:
    answer = await owner.asks("POST", "/intake/replay", {"line_id": line.id, **times})

    assert code_of(answer) == (400, "invalid")
