"""What becomes of what a provider sends."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from channels.base import Address, Content, IdentityKind, Inbound, Medium, Parsed, Strange
from hub.background import MOST
from hub.deps import Deps
from hub.intake.elements import take_in
from hub.intake.jobs import KINDS
from hub.intake.models import IntakeState, Trouble
from hub.intake.repository import INTAKE
from hub.lines.actions import remove_line
from hub.lines.models import Line
from hub.people.changing import change
from hub.people.getting import get_person
from hub.people.models import ConsentState, Stage
from hub.settings import Settings
from hub.threads.happenings import OptChanged
from hub.threads.models import EntryKind
from hub.turns import Turns
from hub.work.desk import Desk
from tests.clock import MORNING, VirtualClock
from tests.hub.intake.webhooks import (
    LEAD,
    count_messages,
    entries,
    event_of,
    ledger_of,
    message,
    only_thread,
    post,
    stored_only,
    tell,
    texts,
)
from tests.hub.lines.connected import act_in, connect
from tests.hubs import Hub, running_hub

KIND = KINDS[0]


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose time stands still."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def line(hub: Hub) -> Line:
    """A number."""
    return await connect(hub.deps)


def after(seconds: float) -> datetime:
    """A little later that morning."""
    return MORNING + timedelta(seconds=seconds)


async def sweep(deps: Deps) -> None:
    """A worker finds what is overdue, and does it."""
    desk = Desk(deps, KIND)
    await desk.sweep()
    await desk.close(timeout_s=60)
    await deps.background.settle()


async def block(deps: Deps) -> None:
    """Whoever has written is blocked from now on."""
    thread = await only_thread(deps)
    await change(deps, "acme", thread.person, lambda person: replace(person, blocked_at=deps.clock.now()))


async def test_whoever_writes_is_a_lead_with_a_conversation(hub: Hub, line: Line) -> None:
    await tell(hub, line, message("Hello", at=MORNING, name="Ana"))

    thread = await only_thread(hub.deps)
    person = await get_person(hub.deps, "acme", thread.person)
    assert (person.stage, person.has(IdentityKind.PHONE)) == (Stage.LEAD, True)
    assert person.consent_on(Medium.SMS) is ConsentState.GRANTED
    assert (thread.lines, thread.is_waiting) == ([line.id], True)
    assert await texts(hub.deps) == ["Hello"]


async def test_a_batch_is_logged_in_the_order_in_which_it_was_said(hub: Hub, line: Line) -> None:
    said = [message(str(second), at=after(second)) for second in (3, 1, 4, 2)]

    await tell(hub, line, *said)

    assert await texts(hub.deps) == ["1", "2", "3", "4"]


async def test_a_batch_of_many_people_makes_a_conversation_of_each(hub: Hub, line: Line) -> None:
    said = [message(str(n), at=after(n), sender=f"+49170000{n % 5}0000") for n in range(20)]

    await tell(hub, line, *said)

    logs: dict[str, list[int]] = {}
    for entry in await entries(hub.deps):
        logs.setdefault(entry.thread, []).append(entry.seq)
    assert sorted(logs.values()) == [[1, 2, 3, 4]] * 5
    (event,) = await ledger_of(hub.deps)
    assert (event.state, event.elements, event.due_at) == (IntakeState.DONE, 20, None)


async def test_what_one_says_in_several_events_stays_in_the_order_of_their_coming(hub: Hub, line: Line) -> None:
    for n in range(10):
        await post(hub, line, event_of(message(str(n), at=after(n))))
    await hub.deps.background.settle()

    assert await texts(hub.deps) == [str(n) for n in range(10)]


async def test_a_message_of_an_unknown_kind_is_shown_and_not_dropped(hub: Hub, line: Line) -> None:
    await tell(hub, line, message("", at=MORNING, kind="hologram"))

    (entry,) = await entries(hub.deps)
    assert entry.kind is EntryKind.MESSAGE


async def test_an_element_of_an_unknown_kind_stands_in_the_ledger_beside_what_was_done(hub: Hub, line: Line) -> None:
    await tell(hub, line, {"type": "weather"}, message("Hello", at=MORNING), {"type": "weather"})

    (event,) = await ledger_of(hub.deps)
    assert (event.state, event.unsupported, event.due_at) == (IntakeState.UNSUPPORTED, ["weather"], None)
    assert "weather" in event.reason
    assert await texts(hub.deps) == ["Hello"]


@pytest.mark.parametrize("body", [b"nonsense", b"[]", b"\xff\xfe", b""], ids=["text", "list", "bytes", "nothing"])
async def test_what_cannot_be_read_stands_in_the_ledger_with_the_reason(hub: Hub, line: Line, body: bytes) -> None:
    answer = await post(hub, line, body)
    await hub.deps.background.settle()

    (event,) = await ledger_of(hub.deps)
    assert answer.status_code == 200
    assert (event.state, event.due_at) == (IntakeState.FAILED, None)
    assert event.reason.startswith("This cannot be read.")


def said(id: str, at: datetime, sender: str = LEAD) -> Inbound:
    """As an adapter has read it."""
    address = Address(kind=IdentityKind.PHONE, value=sender)
    return Inbound(id=id, sender=(address,), said_at=at, content=Content(text=id))


async def test_an_element_that_fails_is_in_nobodys_way(hub: Hub) -> None:
    line = await connect(hub.deps, "sandbox_whatsapp")
    # No window can be counted from there.
    broken = said("broken", datetime.max.replace(tzinfo=UTC), "+491700000001")
    elements: list[Parsed] = [said("first", MORNING), broken, Strange(kind="weather"), said("last", after(1))]

    outcome = await take_in(hub.deps, line, elements)

    assert (outcome.state, outcome.is_over) == (IntakeState.FAILED, False)
    assert outcome.failed == [Trouble(1, "OverflowError; the log tells where")]
    assert await texts(hub.deps) == ["first", "last"]


async def test_who_waits_too_long_for_ones_turn_is_in_nobodys_way(hub: Hub, line: Line) -> None:
    impatient = dataclasses.replace(hub.deps, turns=Turns(waited_s=0.05))
    elements: list[Parsed] = [said("slow", MORNING), said("quick", MORNING, "+491700000001")]

    async with impatient.turns.of(f"intake:{line.id}:phone:{LEAD}"):
        outcome = await take_in(impatient, line, elements)

    assert [trouble.element for trouble in outcome.failed] == [0]
    assert await texts(hub.deps) == ["quick"]


async def test_what_has_failed_is_tried_again_and_given_up_where_it_can_be_seen(hub: Hub, clock: VirtualClock) -> None:
    line = await connect(hub.deps)
    await stored_only(hub.deps, line, event_of(message(at=MORNING)))
    await hub.deps.mongo[INTAKE].update({}, {"$set": {"line": "0" * 26}})

    for _ in range(KIND.attempts):
        await clock.advance(hours=1)
        await sweep(hub.deps)

    stored = await hub.deps.mongo[INTAKE].find_one({}) or {}
    assert stored["buried"]["reason"] == stored["reason"] == "There is no such line."
    assert stored["state"] == "failed"
    assert "due_at" not in stored


async def test_what_the_blocked_say_stands_in_the_ledger_alone(hub: Hub, line: Line) -> None:
    await tell(hub, line, message("Hello", at=MORNING))
    await block(hub.deps)

    await tell(hub, line, message("Me again", at=after(1)))

    ends = {(event.state, event.reason) for event in await ledger_of(hub.deps)}
    assert ends == {(IntakeState.DONE, ""), (IntakeState.BLOCKED, "Whoever sent it is blocked.")}
    assert await texts(hub.deps) == ["Hello"]


async def test_an_opt_out_counts_before_anything_can_react_to_it(hub: Hub, line: Line) -> None:
    await tell(hub, line, message("STOP", at=MORNING))

    opted, said = await entries(hub.deps)
    person = await get_person(hub.deps, "acme", (await only_thread(hub.deps)).person)
    assert person.consent_on(Medium.SMS) is ConsentState.REVOKED
    assert opted.event == OptChanged(medium=Medium.SMS, is_in=False)
    assert said.kind is EntryKind.MESSAGE


async def test_the_blocked_can_opt_out_all_the_same(hub: Hub, line: Line) -> None:
    await tell(hub, line, message("Hello", at=MORNING))
    await block(hub.deps)

    await tell(hub, line, message("STOP", at=after(1)))

    person = await get_person(hub.deps, "acme", (await only_thread(hub.deps)).person)
    assert person.consent_on(Medium.SMS) is ConsentState.REVOKED
    assert await count_messages(hub.deps) == 1


async def test_a_status_of_something_that_nobody_knows_yet_waits_for_it(hub: Hub, line: Line) -> None:
    status: dict[str, Any] = {"type": "status", "id": "p1", "state": "delivered", "at": MORNING.isoformat()}

    await tell(hub, line, status)

    (event,) = await ledger_of(hub.deps)
    assert event.state is IntakeState.DONE
    assert await hub.deps.mongo["early_statuses"].count({}, limit=5) == 1


async def test_what_a_dead_process_has_acknowledged_is_finished_by_a_sweep(
    hub: Hub, line: Line, clock: VirtualClock
) -> None:
    await stored_only(hub.deps, line, event_of(message("Hello", at=MORNING)))

    await sweep(hub.deps)
    before = await count_messages(hub.deps)
    await clock.advance(seconds=6)
    await sweep(hub.deps)

    (event,) = await ledger_of(hub.deps)
    assert (before, await texts(hub.deps)) == (0, ["Hello"])
    assert (event.state, event.due_at) == (IntakeState.DONE, None)


async def test_where_there_is_no_place_it_is_left_to_a_worker(hub: Hub, line: Line, clock: VirtualClock) -> None:
    ended = asyncio.Event()

    async def wait() -> None:
        await ended.wait()

    for _ in range(MOST):
        hub.deps.background.start(wait(), "wait")
    answer = await post(hub, line, event_of(message("Hello", at=MORNING)))
    ended.set()
    await hub.deps.background.settle()
    before = await count_messages(hub.deps)

    await clock.advance(seconds=6)
    await sweep(hub.deps)

    assert (answer.status_code, before, await texts(hub.deps)) == (200, 0, ["Hello"])


async def test_what_came_before_a_line_was_removed_is_taken_in(hub: Hub, line: Line, clock: VirtualClock) -> None:
    await stored_only(hub.deps, line, event_of(message("Hello", at=MORNING)))
    await remove_line(act_in(hub.deps), line.id)

    await clock.advance(seconds=6)
    await sweep(hub.deps)

    assert await texts(hub.deps) == ["Hello"]


async def test_whom_an_advertisement_has_led_here_has_come_by_that(hub: Hub, line: Line) -> None:
    ad = {"kind": "ad", "id": 120200000000000001, "headline": "Flats"}

    await post(hub, line, event_of(message("Hello", at=MORNING, referral=ad), message("So?", at=after(1))))
    await hub.deps.background.settle()

    person = await get_person(hub.deps, "acme", (await only_thread(hub.deps)).person)
    assert person.lead.source == "ad:120200000000000001"
