"""Working hours: when a team or a member is there, by the clock on the wall of their time zone.

Open is whenever that clock shows a time within a span of its day: what the spring skips is not opened, and what the
autumn repeats is opened twice.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Annotated
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]
from msgspec import Meta
from msgspec.structs import astuple

from hub.errors import Invalid
from hub.http.endpoint import Input

# Zero-padded, so that times of a day compare as text. The length keeps out a line's end, which `$` lets through.
Opens = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]
Closes = Annotated[str, Meta(pattern="^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", max_length=5)]

DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
# Who does not open within that time has not merely closed for a season.
HORIZON = timedelta(days=400)


class BadHours(Invalid):
    """Working hours that no clock can follow."""

    code = "bad_hours"


class Span(Input, frozen=True):
    """Open from one time of a day until another. One that passes midnight is written as two: until "24:00", and from
    "00:00" on the following day."""

    opens: Opens
    closes: Closes


Spans = Annotated[tuple[Span, ...], Meta(max_length=12)]


class Week(Input, frozen=True):
    """When each day is open; a day without spans is closed."""

    monday: Spans = ()
    tuesday: Spans = ()
    wednesday: Spans = ()
    thursday: Spans = ()
    friday: Spans = ()
    saturday: Spans = ()
    sunday: Spans = ()


class Holiday(Input, frozen=True):
    """A date that is not like others of its weekday: closed, or open for these spans only."""

    date: date
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    spans: Spans = ()


class Hours(Input, frozen=True):
    """When somebody is there: a zone by its IANA name, the usual week, and what departs from it."""

    zone: Annotated[str, Meta(min_length=1, max_length=64)]
    week: Week
    holidays: Annotated[tuple[Holiday, ...], Meta(max_length=400)] = ()


WEEKDAYS = Week.__struct_fields__
ALL_DAY = (Span(opens="00:00", closes="24:00"),)
# The hours of whoever has set none.
ALWAYS_OPEN = Hours(zone="UTC", week=Week(**dict.fromkeys(WEEKDAYS, ALL_DAY)))


def check_hours(hours: Hours) -> None:
    """Raise BadHours, naming what is wrong, unless a clock can follow them."""
    zone_of(hours.zone)
    for weekday, spans in zip(WEEKDAYS, astuple(hours.week), strict=True):
        check_spans(weekday.capitalize(), spans)
    dates = set()
    for holiday in hours.holidays:
        if holiday.date in dates:
            raise BadHours(f"{holiday.date} is among the holidays more than once.", day=str(holiday.date))
        dates.add(holiday.date)
        check_spans(str(holiday.date), holiday.spans)


def check_spans(day: str, spans: Sequence[Span]) -> None:
    """Raise BadHours unless each closes after it opens, and opens no earlier than the one before it has closed."""
    closed = "00:00"
    for span in spans:
        named = f"{day}, {span.opens} to {span.closes}"
        if span.closes <= span.opens:
            raise BadHours(
                f"{named}: a span closes later than it opens. Write one that passes midnight as two: until 24:00, "
                "and from 00:00 on the following day.",
                day=day,
            )
        if span.opens < closed:
            raise BadHours(f"{named}: this opens before the span ahead of it has closed, at {closed}.", day=day)
        closed = span.closes


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether somebody is there at this moment: from the very time of opening, until just before that of closing."""
    local = at.astimezone(zone_of(hours.zone))
    shown = f"{local:%H:%M}"
    return any(span.opens <= shown < span.closes for span in spans_on(local.date(), hours.week, exceptions(hours)))


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """The first moment, in UTC and not before `at`, when it is open: `at` itself if it is; None if not in 400 days."""
    opening = next(openings(hours, at, at + HORIZON), None)
    return opening[0].astimezone(UTC) if opening else None


def open_time_between(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """How long it is open from `start` until `end`; nothing when the end comes first."""
    return sum((closes - opens for opens, closes in openings(hours, start, end)), timedelta())


def add_open_time(hours: Hours, start: datetime, duration: timedelta) -> datetime | None:
    """The first moment, in UTC, by which it has been open for so long since `start`; None if not within 400 days."""
    if duration <= timedelta():
        return start.astimezone(UTC)
    left = duration
    for opens, closes in openings(hours, start, start + HORIZON):
        if closes - opens >= left:
            return (opens + left).astimezone(UTC)
        left -= closes - opens
    return None


def openings(hours: Hours, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From when until when it is open in that time, in order; what passes midnight comes in parts."""
    zone, special = zone_of(hours.zone), exceptions(hours)
    for begins, ends in stretches(zone, start.astimezone(UTC), end.astimezone(UTC)):
        # Within a stretch the clock on the wall runs evenly, and can be reckoned with like any other.
        clock = timezone(offset_at(zone, begins))
        day = begins.astimezone(clock).date()
        while (midnight := datetime.combine(day, time.min, clock)) < ends:
            for span in spans_on(day, hours.week, special):
                opens = max(begins, midnight + since_midnight(span.opens))
                closes = min(ends, midnight + since_midnight(span.closes))
                if opens < closes:
                    yield opens, closes
            day += DAY


def stretches(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """That time in pieces of a day at most, in none of which a clock is changed."""
    while start < end:
        ends = next_change(zone, start, min(start + DAY, end))
        yield start, ends
        start = ends


def next_change(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """The first moment when the clock is not as far from UTC as at `start`, or `end` if none comes first."""
    offset = offset_at(zone, start)
    # No zone has ever changed its clocks twice within a day, so the two ends tell of every change.
    if offset_at(zone, end) == offset:
        return end
    ticks = range((end - start) // TICK)
    return start + TICK * bisect_left(ticks, True, key=lambda tick: offset_at(zone, start + tick * TICK) != offset)


def offset_at(zone: ZoneInfo, at: datetime) -> timedelta:
    """How far the clock on the wall is ahead of UTC."""
    return at.astimezone(zone).utcoffset() or timedelta()


def spans_on(day: date, week: Week, special: Mapping[date, Spans]) -> Spans:
    """When this day is open."""
    usual: Spans = astuple(week)[day.weekday()]
    return special.get(day, usual)


def exceptions(hours: Hours) -> dict[date, Spans]:
    """The days that depart from the week."""
    return {holiday.date: holiday.spans for holiday in hours.holidays}


def since_midnight(shown: str) -> timedelta:
    """How far into a day of 24 hours a time is."""
    return timedelta(hours=int(shown[:2]), minutes=int(shown[3:]))


@cache
def zones() -> frozenset[str]:
    """The IANA names of all zones."""
    return frozenset((files(tzdata) / "zones").read_text().split())


@cache
def zone_of(name: str) -> ZoneInfo:
    """The rules of a zone, from the package and never from the machine: every process reckons alike."""
    # Only a known name becomes part of a path.
    if name not in zones():
        raise BadHours(f"{name!r} is not the name of a time zone. One is Europe/Berlin: upper and lower case count.")
    with (files(tzdata) / "zoneinfo" / name).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)
