"""S4: the signature first. What is not the provider's word is refused without a query, and counted."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from hub.intake import webhooks
from hub.intake.repository import INTAKE
from hub.limits import Rate
from hub.lines.actions import get_line, remove_line, set_paused
from hub.lines.models import Line
from hub.settings import Settings
from tests.clock import MORNING, VirtualClock
from tests.contracts.matrix import Sent
from tests.fakes.sandbox import signed
from tests.hub.http.rooms import error_of
from tests.hub.intake.webhooks import event_of, ledger_of, message, post, tell
from tests.hub.lines.connected import SECRET, act_in, connect
from tests.hubs import Hub, running_hub

BODY = event_of(message(at=MORNING))


@pytest.fixture
def asked() -> Sent:
    """What the database is asked."""
    return Sent()


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock, asked: Sent) -> AsyncIterator[Hub]:
    """A hub whose time stands still."""
    async with running_hub(settings, clock=clock, listeners=[asked]) as hub:
        yield hub


@pytest.fixture
async def line(hub: Hub) -> Line:
    """A line that was written to before, so that it is remembered."""
    line = await connect(hub.deps)
    await tell(hub, line, message(at=MORNING))
    return line


def tampered() -> Mapping[str, str]:
    """Signed well, but for something else."""
    return signed(BODY + b" ", MORNING, SECRET)


BAD: Mapping[str, Mapping[str, str]] = {
    "missing": {},
    "wrong": signed(BODY, MORNING, "another secret"),
    "old": signed(BODY, MORNING - timedelta(minutes=6), SECRET),
    "early": signed(BODY, MORNING + timedelta(minutes=6), SECRET),
    "malformed": {"sandbox-signature": "v1=00"},
}


async def forget(hub: Hub, asked: Sent) -> None:
    """What was asked so far; screens may still be told of what has made the line."""
    await hub.deps.bus.settle()
    asked.take()


@pytest.mark.parametrize("why", BAD)
async def test_what_is_not_the_providers_word_is_refused_without_a_query(
    hub: Hub, line: Line, asked: Sent, why: str
) -> None:
    await forget(hub, asked)

    answer = await post(hub, line, BODY, BAD[why])
    await hub.deps.background.settle()

    assert (answer.status_code, error_of(answer)) == (403, "bad_signature")
    assert answer.json()["error"]["data"] == {"reason": why}
    assert asked.take() == []


async def test_bytes_that_were_changed_on_the_way_are_refused(hub: Hub, line: Line, asked: Sent) -> None:
    await forget(hub, asked)

    answer = await post(hub, line, BODY, tampered())

    assert (answer.status_code, asked.take()) == (403, [])


async def test_what_is_shown_again_after_five_minutes_is_refused(hub: Hub, line: Line, clock: VirtualClock) -> None:
    headers = signed(BODY, MORNING, SECRET)
    first = await post(hub, line, BODY, headers)
    await clock.advance(minutes=4)
    again = await post(hub, line, BODY, headers)
    await clock.advance(minutes=2)

    late = await post(hub, line, BODY, headers)

    assert [answer.status_code for answer in (first, again, late)] == [200, 200, 403]
    assert late.json()["error"]["data"]["reason"] == "old"


async def test_refusals_are_counted_at_the_line(hub: Hub, line: Line) -> None:
    for _ in range(3):
        await post(hub, line, BODY, {})
    await hub.deps.pulses.write()

    health = (await get_line(hub.deps, "acme", line.id)).health
    assert (health.refused, health.refused_why, health.heard_at) == (3, "missing", MORNING)


@pytest.mark.parametrize("id", ["nonsense", "0" * 26, "a.b"])
async def test_an_address_without_a_line_does_not_exist(hub: Hub, line: Line, id: str) -> None:
    answer = await hub.client.post(f"/in/{id}", content=BODY, headers=signed(BODY, MORNING, SECRET))

    assert (answer.status_code, error_of(answer)) == (404, "no_such_line")


async def test_a_removed_line_takes_nothing_more(hub: Hub, line: Line) -> None:
    await remove_line(act_in(hub.deps), line.id)

    assert (await post(hub, line, BODY)).status_code == 404


async def test_a_paused_line_takes_what_comes(hub: Hub, line: Line) -> None:
    await set_paused(act_in(hub.deps), line.id, is_paused=True)

    assert (await post(hub, line, BODY)).status_code == 200


async def test_too_much_at_once_is_not_read(hub: Hub, line: Line, asked: Sent) -> None:
    body = b" " * (4 * 1024 * 1024 + 1)
    await forget(hub, asked)

    answer = await post(hub, line, body)

    assert (answer.status_code, asked.take()) == (413, [])


@pytest.mark.parametrize("way", ["", "/mail"])
async def test_that_something_was_too_large_stands_in_the_lines_health(hub: Hub, way: str) -> None:
    values = {"api_key": "key", "signing_key": SECRET}
    line = await connect(hub.deps, "mailgun_email", address="sales@acme.test", values=values)

    answer = await hub.client.post(f"/in/{line.id}{way}", content=bytes(33_000_000))
    await hub.deps.pulses.write()

    health = (await get_line(hub.deps, "acme", line.id)).health
    assert (answer.status_code, health.refused, health.refused_why) == (413, 1, "too_large")


async def test_what_is_acknowledged_is_stored(hub: Hub, line: Line) -> None:
    body = event_of(message(at=MORNING))

    answer = await post(hub, line, body, event_id="e1")
    stored = [event.event_id for event in await ledger_of(hub.deps)]

    assert (answer.status_code, answer.content) == (200, b"")
    assert "e1" in stored


async def test_what_was_sent_is_stored_sealed(hub: Hub, line: Line) -> None:
    await tell(hub, line, message("a word for us alone", at=MORNING))

    stored = [str(one) for one in await hub.deps.mongo[INTAKE].find({}, limit=10)]

    assert len(stored) == 2
    assert not any("a word for us alone" in one for one in stored)


async def test_a_repeat_is_answered_well_and_counted(hub: Hub, line: Line) -> None:
    body = event_of(message(at=MORNING))

    answers = [await post(hub, line, body, event_id="e1") for _ in range(4)]
    await hub.deps.background.settle()

    (event,) = [event for event in await ledger_of(hub.deps) if event.event_id == "e1"]
    assert {answer.status_code for answer in answers} == {200}
    assert event.repeats == 3


async def test_whoever_looks_is_told_that_the_address_is_right(hub: Hub, line: Line) -> None:
    answer = await hub.client.get(f"/in/{line.id}?hub.mode=subscribe")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")


async def test_what_comes_from_elsewhere_uses_up_nobodys_share(
    hub: Hub, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "LINE_RATE", Rate(3))
    stranger = httpx2.ASGITransport(hub.app, client=("192.0.2.1", 1))
    async with httpx2.AsyncClient(transport=stranger, base_url="http://parley.test") as client:
        statuses: list[Any] = [(await client.post(f"/in/{line.id}", content=BODY)).status_code for _ in range(5)]

    assert statuses == [403, 403, 403, 429, 429]
    assert (await post(hub, line, BODY)).status_code == 200
