"""By when something was promised."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from hub.accounts.hours import ALWAYS_OPEN, Hours, Span, Week, add_open_time
from hub.clocks import promising
from hub.clocks.models import Running
from hub.clocks.promising import deadline_of
from tests.hub.clocks.logs import BEGIN

A_MINUTE_A_WEEK = Hours(zone="UTC", week=Week(tuesday=(Span(opens="09:00", closes="09:01"),)))
RUNNING = Running(clock="resolution", seq=1, since=BEGIN)
HOUR = timedelta(hours=1)


def test_what_was_reckoned_once_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    reckoned = list[Any]()

    def reckon(hours: Hours, since: datetime, promised: timedelta) -> datetime | None:
        reckoned.append((since, promised))
        return add_open_time(hours, since, promised)

    monkeypatch.setattr(promising, "add_open_time", reckon)
    promising.due_after.cache_clear()

    for running in (RUNNING, replace(RUNNING, is_warned=True), replace(RUNNING, clock="first_answer")):
        deadline_of(running, HOUR, A_MINUTE_A_WEEK, 80)

    assert reckoned == [(BEGIN, HOUR), (BEGIN, HOUR * 0.8)]


def test_other_hours_make_another_time() -> None:
    seldom, always = (deadline_of(RUNNING, timedelta(minutes=2), hours, 50) for hours in (A_MINUTE_A_WEEK, ALWAYS_OPEN))

    assert seldom and always
    assert always.due_at == BEGIN + timedelta(minutes=2)
    assert seldom.due_at - seldom.warn_at == timedelta(days=7)
