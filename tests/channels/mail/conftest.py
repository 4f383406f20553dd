"""A mail server for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.mail.stage import MailStage
from tests.fakes.smtp import FakeSmtp, fake_smtp


@pytest.fixture
async def server() -> AsyncIterator[FakeSmtp]:
    """It takes everything, in clear."""
    async with fake_smtp() as server:
        yield server


@pytest.fixture
def stage(server: FakeSmtp) -> MailStage:
    """A line that sends by it."""
    return MailStage(server)
