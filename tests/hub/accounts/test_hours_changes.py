"""Days on which a clock is changed: of 23, 24½ and 25 hours, and one that never was."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.accounts.hours import Hours, Span, Week, is_open, next_opening, open_time_between, zone_of
from tests.hub.accounts.clocks import daily, utc

MINUTE = timedelta(minutes=1)


def day_length(zone: str, day: str) -> float:
    """The hours that a day has, by somebody who is there all of it."""
    hours = Hours(zone=zone, week=Week(sunday=(Span(opens="00:00", closes="24:00"),)))
    noon = utc(f"{day}T12:00")
    return open_time_between(hours, noon - timedelta(days=2), noon + timedelta(days=2)) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Berlin", "2026-03-29", 23),
        ("Europe/Berlin", "2026-10-25", 25),
        ("America/New_York", "2026-03-08", 23),
        ("America/New_York", "2026-11-01", 25),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("Asia/Kolkata", "2026-03-29", 24),
    ],
)
def test_a_whole_day_is_as_long_as_it_is(zone: str, day: str, expected: float) -> None:
    assert day_length(zone, day) == expected


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Europe/Berlin", "2026-03-28T08:00", "2026-03-29T07:00"),
        ("Europe/Berlin", "2026-10-24T07:00", "2026-10-25T08:00"),
        ("America/New_York", "2026-03-07T14:00", "2026-03-08T13:00"),
        ("America/New_York", "2026-10-31T13:00", "2026-11-01T14:00"),
        ("Australia/Lord_Howe", "2026-04-03T22:00", "2026-04-04T22:30"),
        ("Australia/Lord_Howe", "2026-10-02T22:30", "2026-10-03T22:00"),
        ("Asia/Kolkata", "2026-03-28T03:30", "2026-03-29T03:30"),
    ],
)
def test_nine_is_nine_on_the_wall(zone: str, before: str, after: str) -> None:
    hours = daily(zone, ("09:00", "17:00"))

    assert next_opening(hours, utc(before) - MINUTE) == utc(before)
    assert next_opening(hours, utc(before) + timedelta(hours=8)) == utc(after)


@pytest.mark.parametrize(
    ("zone", "span", "opens", "minutes"),
    [
        ("Europe/Berlin", ("02:30", "05:00"), "2026-03-29T01:00", 120),
        ("Europe/Berlin", ("01:00", "02:30"), "2026-03-29T00:00", 60),
        ("America/New_York", ("02:15", "03:15"), "2026-03-08T07:00", 15),
        ("Australia/Lord_Howe", ("02:10", "03:00"), "2026-10-03T15:30", 30),
    ],
)
def test_what_the_spring_skips_is_not_opened(zone: str, span: tuple[str, str], opens: str, minutes: int) -> None:
    midnight = utc(opens) - timedelta(hours=2)

    assert next_opening(daily(zone, span), midnight) == utc(opens)
    assert open_time_between(daily(zone, span), midnight, midnight + timedelta(hours=12)) == minutes * MINUTE


def test_a_span_that_is_skipped_whole_opens_on_the_next_day() -> None:
    hours = daily("Europe/Berlin", ("02:00", "03:00"))

    assert next_opening(hours, utc("2026-03-28T23:00")) == utc("2026-03-30T00:00")


@pytest.mark.parametrize(
    ("zone", "span", "times"),
    [
        ("Europe/Berlin", ("02:15", "02:45"), "10-25T00:15 10-25T00:45 10-25T01:15 10-25T01:45"),
        ("Europe/Berlin", ("01:00", "02:30"), "10-24T23:00 10-25T00:30 10-25T01:00 10-25T01:30"),
        ("Europe/Berlin", ("02:30", "05:00"), "10-25T00:30 10-25T01:00 10-25T01:30 10-25T04:00"),
        ("Australia/Lord_Howe", ("01:40", "01:50"), "04-04T14:40 04-04T14:50 04-04T15:10 04-04T15:20"),
    ],
)
def test_what_the_autumn_repeats_is_opened_twice(zone: str, span: tuple[str, str], times: str) -> None:
    hours = daily(zone, span)
    first, gone, again, end = (utc(f"2026-{time}") for time in times.split())

    assert next_opening(hours, first - MINUTE) == first
    assert next_opening(hours, gone) == again
    assert not is_open(hours, gone)
    assert is_open(hours, end - MINUTE)
    assert not is_open(hours, end)


def test_a_date_that_never_was_is_not_opened() -> None:
    fridays = Hours(zone="Pacific/Apia", week=Week(friday=(Span(opens="09:00", closes="17:00"),)))
    thursday = datetime(2011, 12, 29, 12, 0, tzinfo=zone_of("Pacific/Apia"))

    assert next_opening(fridays, thursday) == datetime(2012, 1, 6, 9, 0, tzinfo=zone_of("Pacific/Apia")).astimezone(UTC)
    assert day_length("Pacific/Apia", "2012-01-01") == 24


@pytest.mark.parametrize("change", ["2026-03-29T01:00", "2026-10-25T01:00"])
def test_time_may_begin_and_end_at_a_change(change: str) -> None:
    hours, day = daily("Europe/Berlin", ("00:00", "24:00")), timedelta(days=1)

    assert open_time_between(hours, utc(change) - day, utc(change)) == day
    assert open_time_between(hours, utc(change), utc(change) + day) == day
    assert open_time_between(hours, utc(change) - day, utc(change) + day) == 2 * day
