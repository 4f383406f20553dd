"""Snoozed conversations come back: by their time, by a message, by hand."""

from datetime import timedelta

from hub.threads import log, repository
from hub.threads.happening import drafted
from hub.threads.happenings import Snoozed
from hub.threads.models import THE_HUB, Thread
from hub.threads.waking import KINDS
from tests.clock import VirtualClock
from tests.hub.threads.talk import events_of, latest, work_off, write
from tests.people import Person, code_of


async def snooze(asha: Person, thread: Thread, **by: float) -> None:
    """For so long."""
    until = asha.hub.deps.clock.now() + timedelta(**by)
    await asha.does("POST", f"/threads/{thread.id}/snooze", {"until": until.isoformat()})


async def test_it_comes_back_at_its_time_and_not_before(asha: Person, thread: Thread, clock: VirtualClock) -> None:
    await snooze(asha, thread, hours=1)
    await clock.advance(minutes=59)
    await work_off(asha.hub, KINDS)
    before = await latest(asha.hub, thread)

    await clock.advance(minutes=1)
    await work_off(asha.hub, KINDS)

    after = await latest(asha.hub, thread)
    assert (before.status, after.status, after.snoozed_until) == ("snoozed", "open", None)
    assert (await events_of(asha.hub, thread))[-1] == {"name": "woken"}


async def test_what_was_put_off_further_comes_back_later(asha: Person, thread: Thread, clock: VirtualClock) -> None:
    await snooze(asha, thread, hours=1)
    await snooze(asha, thread, hours=3)

    await clock.advance(hours=2)
    await work_off(asha.hub, KINDS)

    assert (await latest(asha.hub, thread)).status == "snoozed"


async def test_what_a_message_has_opened_is_woken_no_more(asha: Person, thread: Thread, clock: VirtualClock) -> None:
    await snooze(asha, thread, hours=1)
    await write(asha.hub, thread)

    await clock.advance(hours=2)
    await work_off(asha.hub, KINDS)

    assert (await latest(asha.hub, thread)).status == "open"
    assert [event["name"] for event in await events_of(asha.hub, thread)] == ["snoozed"]


async def test_a_snooze_that_its_author_did_not_live_to_count_ends_all_the_same(
    asha: Person, thread: Thread, clock: VirtualClock
) -> None:
    deps, event = asha.hub.deps, Snoozed(until=clock.now() + timedelta(hours=1))
    orphan = log.placed(thread, drafted("orphan", THE_HUB, event), None, clock.now())
    await repository.add_entry(deps.mongo, orphan)
    await log.catch_up(deps, thread.account, thread.id)

    await clock.advance(hours=1)
    await work_off(asha.hub, KINDS)

    assert (await latest(asha.hub, thread)).status == "open"


async def test_it_is_woken_by_hand(asha: Person, thread: Thread) -> None:
    await snooze(asha, thread, hours=1)

    shown = await asha.does("POST", f"/threads/{thread.id}/wake")

    assert (shown["status"], shown["snoozed_until"]) == ("open", None)


async def test_nothing_is_put_off_into_the_past(asha: Person, thread: Thread) -> None:
    past = (asha.hub.deps.clock.now() - timedelta(seconds=1)).isoformat()

    refused = await asha.asks("POST", f"/threads/{thread.id}/snooze", {"until": past})

    assert code_of(refused) == (422, "unprocessable")
