"""Makers of hours and moments."""

from datetime import UTC, datetime

from hub.accounts.hours import WEEKDAYS, Hours, Span, Week


def daily(zone: str, *spans: tuple[str, str]) -> Hours:
    """The same on every day of the week."""
    day = tuple(Span(opens=opens, closes=closes) for opens, closes in spans)
    return Hours(zone=zone, week=Week(**dict.fromkeys(WEEKDAYS, day)))


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
