"""Times that come from outside: with their offset, and of years that can be reckoned with."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hub.settings import Settings
from hub.store.paging import cursor_of
from tests.clock import MORNING, VirtualClock
from tests.hub.lines.connected import connect
from tests.hub.threads.talk import a_thread
from tests.hubs import running_hub
from tests.people import Person, code_of, found

REFUSED = (400, "invalid")
FAR = ("0001-01-01T00:00:00+12:00", "1999-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00")
WITHOUT_OFFSET = "2054-03-02T09:00:00"
NO_TIMES = [*FAR, WITHOUT_OFFSET]
LAST = cursor_of(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), "x")


@pytest.fixture
async def owner(settings: Settings, clock: VirtualClock) -> AsyncIterator[Person]:
    """Of an account, on a clock that stands still."""
    async with running_hub(replace(settings, open_sign_up=True), clock=clock) as hub:
        yield await found(hub, "acme")


@pytest.mark.parametrize("until", NO_TIMES)
async def test_nothing_is_put_off_until_a_time_that_is_none(owner: Person, until: str) -> None:
    thread = await a_thread(owner)

    assert code_of(await owner.asks("POST", f"/threads/{thread.id}/snooze", {"until": until})) == REFUSED


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("moment", NO_TIMES)
async def test_no_replay_begins_or_ends_at_a_time_that_is_none(owner: Person, name: str, moment: str) -> None:
    line = await connect(owner.hub.deps, account=owner.account)
    usual = {"since": (MORNING - timedelta(days=1)).isoformat(), "until": MORNING.isoformat()}

    refused = await owner.asks("POST", "/intake/replay", {"line_id": line.id, **usual, name: moment})

    assert code_of(refused) == REFUSED


@pytest.mark.parametrize("moment", NO_TIMES)
async def test_no_query_asks_for_a_time_that_is_none(owner: Person, moment: str) -> None:
    refused = await owner.hub.client.get("/api/v1/audit", params={"before": moment}, headers=owner.headers)

    assert code_of(refused) == REFUSED


@pytest.mark.parametrize("moment", NO_TIMES)
async def test_no_view_asks_for_a_time_that_is_none(owner: Person, moment: str) -> None:
    condition = {"field": "moved_at", "op": "before", "values": [moment]}

    refused = await owner.asks("POST", "/views", {"name": "Old", "filter": {"conditions": [condition]}})

    assert not refused.is_success
    assert refused.status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        f"/threads?view=all&cursor={LAST}",
        f"/threads?view=all&sort=priority&cursor=urgent.{LAST}",
        f"/search?q=word&cursor={LAST}",
        f"/intake?cursor={LAST}",
    ],
    ids=["threads", "by priority", "search", "intake"],
)
async def test_no_page_begins_at_the_end_of_time(owner: Person, path: str) -> None:
    assert code_of(await owner.asks("GET", path)) == REFUSED
