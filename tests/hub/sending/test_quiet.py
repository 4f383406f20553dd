"""Quiet hours by the clock on the wall, also on the days when it is changed, against a second reckoning."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hub.accounts.hours import is_open, next_opening
from hub.sending.models import Quiet
from hub.sending.quiet import hours_outside, zone_for

NIGHT, NOON, DEEP = (
    Quiet(begins="21:00", ends="08:00"),
    Quiet(begins="12:00", ends="14:00"),
    Quiet(begins="01:00", ends="02:30"),
)
MINUTE = timedelta(minutes=1)
# The days before clocks are changed.
DAYS = {
    "Europe/Berlin": [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)],
    "America/New_York": [datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)],
    # Never changed.
    "Asia/Kolkata": [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)],
    # It has left daylight saving in 2021, and jumped over a whole day in 2011.
    "Pacific/Apia": [datetime(2011, 12, 29, tzinfo=UTC), datetime(2021, 4, 3, tzinfo=UTC)],
}
CASES = [(zone, day, quiet) for zone, days in DAYS.items() for day in days for quiet in (NIGHT, NOON, DEEP)]
every_case = pytest.mark.parametrize(
    ("zone", "day", "quiet"), CASES, ids=[f"{zone} {day:%Y-%m-%d} {quiet.begins}" for zone, day, quiet in CASES]
)


def is_quiet(quiet: Quiet, zone: str, at: datetime) -> bool:
    """By looking at the wall."""
    shown = at.astimezone(ZoneInfo(zone)).strftime("%H:%M")
    if quiet.begins <= quiet.ends:
        return quiet.begins <= shown < quiet.ends
    return shown >= quiet.begins or shown < quiet.ends


@pytest.mark.parametrize(
    ("zone", "day", "quiet"), CASES, ids=lambda value: str(value)[:16] if isinstance(value, str) else ""
)
def test_every_minute_of_three_days_is_quiet_when_the_clock_on_the_wall_says_so(
    zone: str, day: datetime, quiet: Quiet
) -> None:
    hours = hours_outside(quiet, zone)
    assert hours

    minutes = [day + n * MINUTE for n in range(3 * 24 * 60)]

    assert [at for at in minutes if is_open(hours, at) is is_quiet(quiet, zone, at)] == []


@pytest.mark.parametrize(
    ("zone", "day", "quiet"), CASES, ids=lambda value: str(value)[:16] if isinstance(value, str) else ""
)
def test_the_wait_ends_at_the_first_minute_that_is_not_quiet(zone: str, day: datetime, quiet: Quiet) -> None:
    hours = hours_outside(quiet, zone)
    assert hours

    for start in (day + n * timedelta(hours=5) for n in range(12)):
        first = next(at for at in (start + n * MINUTE for n in range(4000)) if not is_quiet(quiet, zone, at))
        assert next_opening(hours, start) == first


def test_hours_that_end_where_they_begin_are_none() -> None:
    assert hours_outside(Quiet(begins="08:00", ends="08:00"), "UTC") is None
    assert hours_outside(None, "UTC") is None


@pytest.mark.parametrize(("theirs", "zone"), [("Asia/Kolkata", "Asia/Kolkata"), (None, "UTC"), ("Mars/Base", "UTC")])
def test_a_zone_that_is_none_gives_way_to_the_accounts(theirs: str | None, zone: str) -> None:
    assert zone_for(theirs, "UTC") == zone
