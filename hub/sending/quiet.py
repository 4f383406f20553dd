"""Quiet hours, as the hours at which machines may write."""

from hub.accounts.hours import WEEKDAYS, Hours, Span, Spans, Week, zones
from hub.sending.models import Quiet

MIDNIGHT, END = "00:00", "24:00"


def hours_outside(quiet: Quiet | None, zone: str) -> Hours | None:
    """Every day, but for the quiet hours; None when there are none."""
    if quiet is None or quiet.begins == quiet.ends:
        return None
    return Hours(zone=zone, week=Week(**dict.fromkeys(WEEKDAYS, spans_outside(quiet))))


def spans_outside(quiet: Quiet) -> Spans:
    """What is left of a day. Quiet hours over midnight leave one span, others leave one before and one after."""
    if quiet.begins > quiet.ends:
        return (Span(opens=quiet.ends, closes=quiet.begins),)
    spans = (Span(opens=MIDNIGHT, closes=quiet.begins), Span(opens=quiet.ends, closes=END))
    return tuple(span for span in spans if span.opens != span.closes)


def zone_for(theirs: str | None, ours: str) -> str:
    """The person's own zone, where it is one; else the account's."""
    return theirs if theirs in zones() else ours
