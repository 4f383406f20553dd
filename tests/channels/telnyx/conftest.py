"""A Telnyx for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.telnyx.stage import TelnyxStage
from tests.clock import MORNING
from tests.fakes.telnyx.running import RunningTelnyx, running_telnyx


@pytest.fixture
async def telnyx() -> AsyncIterator[RunningTelnyx]:
    """The server, at nine in the morning."""
    async with running_telnyx(now=lambda: MORNING) as telnyx:
        yield telnyx


@pytest.fixture
def stage(telnyx: RunningTelnyx) -> TelnyxStage:
    """A line of it."""
    return TelnyxStage(telnyx)
