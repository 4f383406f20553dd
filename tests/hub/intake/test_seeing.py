"""What of the ledger is for whom, and what somebody may ask of it at once."""

from collections.abc import AsyncIterator

import pytest

from hub.intake.elements import LONGEST_KIND, MOST_KINDS
from hub.intake.repository import REPLAYS
from hub.lines.models import Line
from hub.settings import Settings
from tests.clock import MORNING, VirtualClock
from tests.hub.accounts.staff import hire
from tests.hub.intake.test_ledger import DAY, items, work
from tests.hub.intake.webhooks import message, tell
from tests.hub.lines.connected import connect
from tests.hubs import Hub, running_hub
from tests.people import Person, code_of, found


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


@pytest.mark.parametrize("grants", [{}, {"threads.view": "own"}, {"threads.view": "team"}], ids=["no", "own", "team"])
async def test_who_connects_lines_reads_no_messages_by_it(
    hub: Hub, owner: Person, line: Line, grants: dict[str, str]
) -> None:
    await tell(hub, line, message("Between us", at=MORNING))
    (event,) = await items(owner)
    ravi = await hire(owner, "ravi@acme.test", {"lines.manage": "all", **grants})

    opened = await ravi.does("GET", f"/intake/{event['id']}")

    assert (opened["event"], opened["raw"]) == (event, None)


async def test_who_may_read_all_conversations_reads_what_was_sent(hub: Hub, owner: Person, line: Line) -> None:
    await tell(hub, line, message("Between us", at=MORNING))
    (event,) = await items(owner)
    ravi = await hire(owner, "ravi@acme.test", {"lines.manage": "all", "threads.view": "all"})

    assert "Between us" in (await ravi.does("GET", f"/intake/{event['id']}"))["raw"]


async def test_an_account_has_one_replay_at_a_time(hub: Hub, owner: Person, line: Line) -> None:
    wanted = {"line_id": line.id, **DAY}
    await owner.does("POST", "/intake/replay", wanted)

    refused = await owner.asks("POST", "/intake/replay", wanted)
    await work(hub)

    assert code_of(refused) == (409, "replay_running")
    assert (await owner.asks("POST", "/intake/replay", wanted)).is_success


async def test_one_that_was_given_up_is_in_nobodys_way(hub: Hub, owner: Person, line: Line) -> None:
    wanted = {"line_id": line.id, **DAY}
    made = await owner.does("POST", "/intake/replay", wanted)
    grave = {"$set": {"buried": {"at": MORNING, "reason": "x", "attempts": 9}}, "$unset": {"due_at": ""}}
    await hub.deps.mongo[REPLAYS].update({"_id": made["id"]}, grave)

    assert (await owner.asks("POST", "/intake/replay", wanted)).is_success


async def test_of_unknown_kinds_the_ledger_keeps_some_names_and_nothing_else(
    hub: Hub, owner: Person, line: Line
) -> None:
    strange = [{"type": f"{'Call +49301234567 '}{chr(97 + n) * 60}"[n:]} for n in range(MOST_KINDS + 5)]

    await tell(hub, line, *strange)

    (event,) = await items(owner)
    assert len(event["unsupported"]) <= MOST_KINDS
    assert all(len(kind) <= LONGEST_KIND for kind in event["unsupported"])
    assert not any(one.isdigit() for one in f"{event['unsupported']}{event['reason']}")
