"""A Mailgun for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.mailgun.stage import LINE, MailgunStage
from tests.clock import MORNING
from tests.fakes.mailgun.running import RunningMailgun, running_mailgun


@pytest.fixture
async def mailgun() -> AsyncIterator[RunningMailgun]:
    """The server, at nine in the morning, which knows the line's domain."""
    async with running_mailgun(now=lambda: MORNING) as mailgun:
        mailgun.connect(LINE)
        yield mailgun


@pytest.fixture
def stage(mailgun: RunningMailgun) -> MailgunStage:
    """A line of it."""
    return MailgunStage(mailgun)
