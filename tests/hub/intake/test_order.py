"""What one sender says stays in its order when some of it fails; a stop asks for no answer; a language is kept."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from channels.base import Inbound
from hub.deps import Deps
from hub.intake import hearing
from hub.intake.jobs import KINDS, TRIES_IN_ORDER
from hub.lines.models import Line
from hub.people.getting import get_person
from hub.settings import Settings
from hub.threads import state
from hub.threads.errors import ThreadBusy
from hub.threads.models import THE_HUB, Thread
from hub.threads.receiving import receive
from hub.work.desk import Desk
from tests.clock import MORNING, VirtualClock
from tests.hub.intake.webhooks import ledger_of, message, only_thread, tell, texts
from tests.hub.lines.connected import connect
from tests.hubs import Hub, running_hub


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


async def test_what_follows_something_that_failed_waits_for_it(
    hub: Hub, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = FailsFirst(times=1)
    monkeypatch.setattr(hearing, "receive", failing)

    await tell(hub, line, message("one", at=after(1)), message("two", at=after(2)))
    await sweep_after(hub, 30)

    assert await texts(hub.deps) == ["one", "two"]


async def test_what_fails_for_good_does_not_silence_its_sender(
    hub: Hub, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = FailsFirst(text="one")
    monkeypatch.setattr(hearing, "receive", failing)

    await tell(hub, line, message("one", at=after(1)), message("two", at=after(2)))
    for _ in range(TRIES_IN_ORDER):
        await sweep_after(hub, 30)

    (event,) = await ledger_of(hub.deps)
    assert await texts(hub.deps) == ["two"]
    assert [trouble.element for trouble in event.failed] == [0]


async def test_a_stop_leaves_a_closed_conversation_closed(hub: Hub, line: Line) -> None:
    await tell(hub, line, message("Hello", at=after(1)))
    await state.close(hub.deps, await only_thread(hub.deps), THE_HUB)

    await tell(hub, line, message("STOP", at=after(2)))

    thread = await only_thread(hub.deps)
    assert (thread.status, thread.is_waiting, thread.waiting_since, thread.unread_for) == ("closed", False, None, [])
    assert await texts(hub.deps) == ["Hello", "STOP"]


async def test_a_stop_answers_nothing_that_was_asked_before(hub: Hub, line: Line) -> None:
    await tell(hub, line, message("How much is it?", at=after(1)))
    asked = await only_thread(hub.deps)

    await tell(hub, line, message("STOP", at=after(2)))

    thread = await only_thread(hub.deps)
    assert thread.is_waiting
    assert thread.waiting_since == asked.waiting_since


@pytest.mark.parametrize(("told", "known"), [("pt-BR", "pt-BR"), ("<script>", None), ("", None)], ids=["a", "b", "c"])
async def test_the_language_that_the_provider_tells_is_theirs_until_they_say_otherwise(
    hub: Hub, line: Line, told: str, known: str | None
) -> None:
    await tell(hub, line, message(at=after(1), language=told))

    person = await get_person(hub.deps, "acme", (await only_thread(hub.deps)).person)
    assert (person.locale, person.is_locale_inferred) == (known, True)


class FailsFirst:
    """Logs what is said; but what is so called, or the first times, it cannot."""

    def __init__(self, *, times: int = 0, text: str = "") -> None:
        self.times, self.text = times, text

    async def __call__(self, deps: Deps, thread: Thread, inbound: Inbound, **more: Any) -> object:
        self.times -= 1
        if self.times >= 0 or inbound.content.text == self.text:
            raise ThreadBusy
        return await receive(deps, thread, inbound, **more)


async def sweep_after(hub: Hub, seconds: float) -> None:
    """A worker goes on with what is due by then."""
    await advance(hub, seconds)
    desk = Desk(hub.deps, KINDS[0])
    await desk.sweep()
    await desk.close(timeout_s=5)


async def advance(hub: Hub, seconds: float) -> None:
    """Time passes."""
    clock = hub.deps.clock
    assert isinstance(clock, VirtualClock)
    await clock.advance(seconds=seconds)
