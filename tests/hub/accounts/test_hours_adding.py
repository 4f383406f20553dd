"""Adding time that counts only while it is open, across changed clocks too."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.accounts.hours import ALWAYS_OPEN, Hours, Week, add_open_time, open_time_between
from tests.hub.accounts.clocks import daily, utc
from tests.hub.accounts.test_hours import OFFICE, berlin

NIGHT = daily("Europe/Berlin", ("00:00", "06:00"))
A_YEAR = st.datetimes(datetime(2054, 1, 1), datetime(2054, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        (berlin(2026, 3, 2, 9, 0), 1, berlin(2026, 3, 2, 10, 0)),
        (berlin(2026, 3, 2, 11, 30), 1, berlin(2026, 3, 2, 13, 30)),
        (berlin(2026, 3, 2, 7, 0), 3, berlin(2026, 3, 2, 12, 0)),
        (berlin(2026, 3, 6, 17, 0), 1, berlin(2026, 3, 9, 9, 30)),
        (berlin(2025, 12, 31, 17, 0), 1, berlin(2026, 1, 2, 9, 30)),
        # The weekends on which clocks change: a working day is as long as any other.
        (berlin(2026, 3, 27, 17, 0), 8, berlin(2026, 3, 30, 17, 30)),
        (berlin(2026, 10, 23, 17, 0), 8, berlin(2026, 10, 26, 17, 30)),
    ],
    ids=str,
)
def test_only_open_time_counts(start: datetime, hours: int, expected: datetime) -> None:
    assert add_open_time(OFFICE, start, timedelta(hours=hours)) == expected.astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "hours", "expected"),
    [
        (berlin(2054, 3, 29), 5, berlin(2054, 3, 29, 6)),
        (berlin(2054, 3, 29), 6, berlin(2054, 3, 30, 1)),
        (berlin(2054, 10, 25), 5, berlin(2054, 10, 25, 4)),
        (berlin(2054, 10, 25), 7, berlin(2054, 10, 25, 6)),
        (berlin(2054, 6, 1), 5, berlin(2054, 6, 1, 5)),
    ],
    ids=["an hour is skipped", "and lacks", "an hour is repeated", "and counts", "a usual night"],
)
def test_hours_of_a_night_are_hours_that_pass(day: datetime, hours: int, expected: datetime) -> None:
    assert add_open_time(NIGHT, day, timedelta(hours=hours)) == expected.astimezone(UTC)


def test_no_time_is_over_at_once() -> None:
    assert add_open_time(OFFICE, utc("2026-03-01"), timedelta()) == utc("2026-03-01")


def test_whoever_never_opens_that_long_has_no_such_moment() -> None:
    assert add_open_time(Hours(zone="UTC", week=Week()), utc("2026-03-02"), timedelta(minutes=1)) is None
    assert add_open_time(ALWAYS_OPEN, utc("2026-03-02"), timedelta(days=401)) is None


@settings(max_examples=40, deadline=None)
@given(A_YEAR, st.integers(1, 3000))
def test_what_is_added_is_open_time_to_the_minute(start: datetime, minutes: int) -> None:
    found = add_open_time(OFFICE, start, timedelta(minutes=minutes))

    assert found is not None
    assert open_time_between(OFFICE, start, found) == timedelta(minutes=minutes)
