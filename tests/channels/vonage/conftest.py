"""A Vonage for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.vonage.stage import VonageStage
from tests.clock import MORNING
from tests.fakes.vonage.running import RunningVonage, running_vonage


@pytest.fixture
async def vonage() -> AsyncIterator[RunningVonage]:
    """The server, at nine in the morning."""
    async with running_vonage(now=lambda: MORNING) as vonage:
        yield vonage


@pytest.fixture
def stage(vonage: RunningVonage) -> VonageStage:
    """A line of it."""
    return VonageStage(vonage)
