"""A SendGrid for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.sendgrid.stage import LINE, SendGridStage
from tests.clock import MORNING
from tests.fakes.sendgrid.running import RunningSendGrid, running_sendgrid


@pytest.fixture
async def sendgrid() -> AsyncIterator[RunningSendGrid]:
    """The server, at nine in the morning, which knows the line's domain."""
    async with running_sendgrid(now=lambda: MORNING) as sendgrid:
        sendgrid.connect(LINE)
        yield sendgrid


@pytest.fixture
def stage(sendgrid: RunningSendGrid) -> SendGridStage:
    """A line of it."""
    return SendGridStage(sendgrid)
