"""What holds of any hours, at any time."""

from datetime import UTC, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from hub.accounts.hours import (
    HORIZON,
    WEEKDAYS,
    Holiday,
    Hours,
    Span,
    Week,
    check_hours,
    is_open,
    next_opening,
    open_time_between,
    zone_of,
)
from tests.hub.accounts.clocks import daily, utc

MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)
# Zones with whole, half and quarter hours, changes at midnight, and days that were skipped or had twice.
ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "America/Havana",
        "America/Sao_Paulo",
        "Asia/Beirut",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Africa/Cairo",
        "Pacific/Apia",
        "Pacific/Chatham",
        "Pacific/Kwajalein",
        "Antarctica/Troll",
    ]
)
CHANGES = st.sampled_from(
    ["1993-08-21", "2006-10-29", "2011-03-13", "2011-11-06", "2011-12-30", "2018-02-18", "2018-11-04", "2026-03-08",
     "2026-03-29", "2026-04-05", "2026-09-27", "2026-10-04", "2026-10-25", "2026-11-01"]
).map(utc)  # fmt: skip
MOMENTS = st.builds(
    lambda day, minutes: day + minutes * MINUTE,
    st.one_of(CHANGES, st.datetimes(datetime(1993, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))),
    st.integers(-2000, 2000),
).map(lambda at: at.replace(second=0, microsecond=0))


def as_spans(minutes: set[int]) -> tuple[Span, ...]:
    """Every two of these minutes of the day as a span."""
    times = [f"{minute // 60:02}:{minute % 60:02}" for minute in sorted(minutes)]
    return tuple(Span(opens=opens, closes=closes) for opens, closes in zip(times[::2], times[1::2], strict=False))


# Half of them close to the hours in which clocks are changed.
SPANS = st.sets(st.integers(0, 1440) | st.sampled_from([0, 1, 30, 60, 90, 120, 150, 180, 1380, 1440]), max_size=6).map(
    as_spans
)
HOLIDAY = st.builds(Holiday, date=CHANGES.map(datetime.date), name=st.just("Holiday"), spans=SPANS)
HOLIDAYS = st.lists(HOLIDAY, max_size=3, unique_by=lambda holiday: holiday.date).map(tuple)
HOURS = st.builds(Hours, zone=ZONES, week=st.builds(Week, **dict.fromkeys(WEEKDAYS, SPANS)), holidays=HOLIDAYS)
SELDOM = st.builds(Hours, zone=ZONES, week=st.just(Week()), holidays=HOLIDAYS)


@given(HOURS)
def test_all_of_these_hours_are_good(hours: Hours) -> None:
    check_hours(hours)


@given(HOURS, MOMENTS, st.integers(0, 999))
def test_nothing_is_open_before_the_next_opening(hours: Hours, at: datetime, part: int) -> None:
    opening = next_opening(hours, at)
    assume(opening is not None)

    assert opening is not None
    assert opening >= at
    assert is_open(hours, opening)
    assert is_open(hours, at + (opening - at) * part // 1000) == (opening == at)
    assert is_open(hours, max(at, opening - TICK)) == (opening == at)


@given(SELDOM, MOMENTS, st.timedeltas(timedelta(), HORIZON - TICK))
def test_without_a_next_opening_nothing_is_open(hours: Hours, at: datetime, later: timedelta) -> None:
    assume(next_opening(hours, at) is None)

    assert not is_open(hours, at + later)


@given(HOURS, MOMENTS, st.integers(0, 2000))
def test_open_time_is_every_minute_that_is_open(hours: Hours, start: datetime, length: int) -> None:
    counted = sum(is_open(hours, start + minute * MINUTE) for minute in range(length))

    assert open_time_between(hours, start, start + length * MINUTE) == counted * MINUTE


@given(HOURS, MOMENTS, st.timedeltas(timedelta(), timedelta(days=30)), st.timedeltas(timedelta(), timedelta(days=30)))
def test_open_time_adds_up_over_a_split(hours: Hours, start: datetime, one: timedelta, two: timedelta) -> None:
    split, end = start + one, start + one + two

    parts = open_time_between(hours, start, split) + open_time_between(hours, split, end)

    assert open_time_between(hours, start, end) == parts


@given(ZONES, MOMENTS, st.timedeltas(timedelta(), timedelta(days=30)))
def test_all_day_every_day_is_all_the_time(zone: str, start: datetime, length: timedelta) -> None:
    assert open_time_between(daily(zone, ("00:00", "24:00")), start, start + length) == length


@given(HOURS, MOMENTS, ZONES)
def test_it_is_the_same_moment_in_whatever_zone_it_is_told(hours: Hours, at: datetime, zone: str) -> None:
    there, end = at.astimezone(zone_of(zone)), at + timedelta(days=3)

    assert is_open(hours, there) == is_open(hours, at)
    assert next_opening(hours, there) == next_opening(hours, at)
    assert open_time_between(hours, there, end.astimezone(zone_of(zone))) == open_time_between(hours, at, end)
