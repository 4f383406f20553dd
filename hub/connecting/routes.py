"""Connecting over HTTP."""

from typing import Any

from hub.connecting import checking, pointing, testing
from hub.connecting.shapes import LineChecked, LineTestWanted, ProviderSaid
from hub.http.endpoint import Call
from hub.limits import Rate
from hub.lines.routes import managed

# Each of these makes the provider work.
RATE = Rate(20)


async def test_line(call: Call[LineTestWanted, Any]) -> ProviderSaid:
    """Send a test message to somebody of yours, and hear what the provider says. It stands in no conversation; five in
    a minute and fifty in a day are an account's. What was suppressed gets none."""
    return await testing.send_test(call.act, call.path["line_id"], call.body.to)


async def check_line(call: Call[None, Any]) -> LineChecked:
    """What the line needs, step by step, and what is still missing. The provider is asked, nothing is changed."""
    return await checking.check_line(call.act, call.path["line_id"])


async def point_line(call: Call[None, Any]) -> ProviderSaid:
    """Set the line's webhook at its provider by the provider's API. Where it has none for that, the refusal says what
    to enter where."""
    return await pointing.point_line(call.act, call.path["line_id"])


ENDPOINTS = (
    managed(
        "POST", "/{line_id}/test", test_line,
        body=LineTestWanted, answer=ProviderSaid, creates=True, rate=RATE, audit="line.test",
        summary="Send a test message",
    ),
    managed(
        "POST", "/{line_id}/check", check_line,
        answer=LineChecked, rate=RATE, audit="line.check", summary="Check a line",
    ),
    managed(
        "POST", "/{line_id}/point", point_line,
        answer=ProviderSaid, rate=RATE, audit="line.point", summary="Set a line's webhook at its provider",
    ),
)  # fmt: skip
