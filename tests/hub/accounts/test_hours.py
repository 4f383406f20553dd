"""Working hours: what is taken, what is refused, and when they are."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hub.accounts.hours import (
    ALWAYS_OPEN,
    HORIZON,
    WEEKDAYS,
    BadHours,
    Holiday,
    Hours,
    Span,
    Week,
    check_hours,
    is_open,
    next_opening,
    open_time_between,
    zone_of,
    zones,
)
from tests.hub.accounts.clocks import daily, utc

OFFICE = Hours(
    zone="Europe/Berlin",
    week=Week(
        **dict.fromkeys(WEEKDAYS[:5], (Span(opens="09:00", closes="12:00"), Span(opens="13:00", closes="17:30")))
    ),
    holidays=(
        Holiday(date=date(2026, 1, 1), name="New Year"),
        Holiday(date=date(2026, 12, 24), name="Christmas Eve", spans=(Span(opens="09:00", closes="12:00"),)),
    ),
)


def berlin(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=zone_of("Europe/Berlin"))  # type: ignore[arg-type, misc]


# What is taken


def decoded(**changed: Any) -> Hours:
    """As the API takes it."""
    return msgspec.json.decode(msgspec.json.encode({"zone": "Asia/Kolkata", "week": {}, **changed}), type=Hours)


def with_span(opens: object, closes: object) -> Hours:
    return decoded(week={"monday": [{"opens": opens, "closes": closes}]})


def test_what_was_stored_reads_the_same() -> None:
    assert msgspec.convert(msgspec.to_builtins(OFFICE), Hours) == OFFICE


def test_a_day_may_last_until_midnight() -> None:
    check_hours(with_span("00:00", "24:00"))


@pytest.mark.parametrize(
    "time", ["9:00", "24:00", "25:00", "09:60", "09:00:00", "09:00\n", "0\u0669:00", "", 9, None, {}]
)
def test_only_times_of_a_day_open(time: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        with_span(time, "24:00")


@pytest.mark.parametrize("time", ["9:00", "24:01", "25:00", "09:60", "09:00\n", "24:00\n", "x24:00", "", 9, None, {}])
def test_only_times_of_a_day_close(time: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        with_span("00:00", time)


@pytest.mark.parametrize(
    "changed",
    [
        {"zone": "x" * 65},
        {"zone": {"$ne": ""}},
        {"week": {"monday": [{"opens": "09:00", "closes": "10:00"}] * 13}},
        {"week": {"funday": []}},
        {"week": [[]] * 7},
        {"holidays": [{"date": "2026-12-25", "name": "Christmas"}] * 401},
        {"holidays": [{"date": "2026-02-30", "name": "Never"}]},
        {"holidays": [{"date": "2026-12-25", "name": "x" * 101}]},
        {"holidays": [{"date": "2026-12-25", "name": ""}]},
        {"more": True},
    ],
    ids=lambda changed: f"{changed}"[:40],
)
def test_other_shapes_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decoded(**changed)


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlim",
        "europe/berlin",
        "Europe",
        "",
        "../zones",
        "/etc/localtime",
        "UTC\0",
        "posix/UTC",
        "right/UTC",
        "é",
    ],
)
def test_an_unknown_zone_is_named(name: str) -> None:
    with pytest.raises(BadHours) as caught:
        check_hours(Hours(zone=name, week=Week()))

    assert repr(name) in caught.value.message


@pytest.mark.parametrize(("opens", "closes"), [("22:00", "06:00"), ("09:00", "09:00")])
def test_a_span_closes_after_it_opens(opens: str, closes: str) -> None:
    with pytest.raises(BadHours, match=f"^Monday, {opens} to {closes}: a span closes later than it opens") as caught:
        check_hours(daily("UTC", (opens, closes)))

    assert caught.value.data == {"day": "Monday"}


@pytest.mark.parametrize("second", [("11:59", "14:00"), ("07:00", "08:00"), ("09:00", "12:00")])
def test_spans_follow_each_other(second: tuple[str, str]) -> None:
    with pytest.raises(BadHours, match="before the span ahead of it has closed, at 12:00"):
        check_hours(daily("UTC", ("09:00", "12:00"), second))


def test_the_third_span_follows_the_second() -> None:
    with pytest.raises(BadHours, match="15:00 to 17:00: this opens before the span ahead of it has closed, at 16:00"):
        check_hours(daily("UTC", ("09:00", "12:00"), ("13:00", "16:00"), ("15:00", "17:00")))


def test_one_span_may_begin_where_another_ends() -> None:
    check_hours(daily("UTC", ("09:00", "12:00"), ("12:00", "14:00")))


def test_a_date_is_one_holiday_at_most() -> None:
    holiday = Holiday(date=date(2026, 12, 25), name="Christmas")

    with pytest.raises(BadHours, match="2026-12-25 is among the holidays more than once"):
        check_hours(Hours(zone="UTC", week=Week(), holidays=(holiday, holiday)))


def test_spans_of_a_holiday_are_checked() -> None:
    holiday = Holiday(date=date(2026, 12, 24), name="Eve", spans=(Span(opens="12:00", closes="09:00"),))

    with pytest.raises(BadHours, match=r"^2026-12-24, 12:00 to 09:00"):
        check_hours(Hours(zone="UTC", week=Week(), holidays=(holiday,)))


def test_every_zone_is_found() -> None:
    assert {zone_of(name).key for name in zones()} == zones()
    assert len(zones()) > 500


def test_zones_do_not_come_from_the_machine(tmp_path: Path) -> None:
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").write_text("not the rules of a zone")
    asked = (
        "from datetime import datetime\n"
        "from hub.accounts.hours import zone_of\n"
        "for name in ('Europe/Berlin', 'Asia/Kolkata'):\n"
        "    print(datetime(2026, 7, 1, tzinfo=zone_of(name)))"
    )

    env = {**os.environ, "PYTHONTZPATH": str(tmp_path)}
    said = subprocess.check_output([sys.executable, "-c", asked], env=env, text=True)

    assert said == "2026-07-01 00:00:00+02:00\n2026-07-01 00:00:00+05:30\n"


# Ordinary days


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (berlin(2026, 3, 2, 8, 59, 59, 999_999), False),
        (berlin(2026, 3, 2, 9, 0), True),
        (berlin(2026, 3, 2, 11, 59, 59, 999_999), True),
        (berlin(2026, 3, 2, 12, 0), False),
        (berlin(2026, 3, 2, 17, 29, 59), True),
        (berlin(2026, 3, 2, 17, 30), False),
        (berlin(2026, 3, 1, 10, 0), False),
        (berlin(2026, 1, 1, 10, 0), False),
        (berlin(2026, 12, 24, 10, 0), True),
        (berlin(2026, 12, 24, 14, 0), False),
    ],
    ids=str,
)
def test_open_is_within_a_span_of_the_day(at: datetime, expected: bool) -> None:
    assert is_open(OFFICE, at) is expected
    assert (open_time_between(OFFICE, at, at + timedelta(microseconds=1)) > timedelta()) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (berlin(2026, 3, 2, 10, 0, 7), berlin(2026, 3, 2, 10, 0, 7)),
        (berlin(2026, 3, 2, 12, 0), berlin(2026, 3, 2, 13, 0)),
        (berlin(2026, 3, 6, 17, 30), berlin(2026, 3, 9, 9, 0)),
        (berlin(2025, 12, 31, 17, 30), berlin(2026, 1, 2, 9, 0)),
        (berlin(2026, 12, 24, 12, 0), berlin(2026, 12, 25, 9, 0)),
    ],
    ids=str,
)
def test_next_opening_is_the_first_there_is(at: datetime, expected: datetime) -> None:
    assert next_opening(OFFICE, at) == expected.astimezone(UTC)


@pytest.mark.parametrize("hour", [8, 9, 10, 12])
def test_next_opening_is_told_in_utc(hour: int) -> None:
    opening = next_opening(OFFICE, berlin(2026, 3, 2, hour, 0))

    assert opening is not None
    assert opening.tzinfo is UTC


def test_who_has_no_spans_never_opens() -> None:
    assert next_opening(Hours(zone="UTC", week=Week()), utc("2026-03-02")) is None


@pytest.mark.parametrize(("day", "expected"), [(399, utc("2027-04-05T09:00")), (400, None)])
def test_an_opening_after_400_days_is_none(day: int, expected: datetime | None) -> None:
    start = utc("2026-03-02")
    once = Holiday(date=(start + timedelta(days=day)).date(), name="Fair", spans=(Span(opens="09:00", closes="10:00"),))

    assert next_opening(Hours(zone="UTC", week=Week(), holidays=(once,)), start) == expected


def test_open_time_adds_up_over_days() -> None:
    friday, tuesday = berlin(2026, 3, 6, 16, 0), berlin(2026, 3, 10, 10, 15)

    assert open_time_between(OFFICE, friday, tuesday) == timedelta(hours=1.5 + 7.5 + 1.25)


def test_no_time_is_open_when_the_end_comes_first() -> None:
    assert open_time_between(OFFICE, berlin(2026, 3, 6, 16, 0), berlin(2026, 3, 6, 10, 0)) == timedelta()


def test_who_has_set_no_hours_is_always_open() -> None:
    start = utc("2026-03-02T03:04:05")

    check_hours(ALWAYS_OPEN)
    assert next_opening(ALWAYS_OPEN, start) == start
    assert open_time_between(ALWAYS_OPEN, start, start + HORIZON) == HORIZON
