"""A Twilio for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.twilio.stage import TwilioStage
from tests.clock import MORNING
from tests.fakes.twilio.running import RunningTwilio, running_twilio


@pytest.fixture
async def twilio() -> AsyncIterator[RunningTwilio]:
    """The server, at nine in the morning."""
    async with running_twilio(now=lambda: MORNING) as twilio:
        yield twilio


@pytest.fixture
def stage(twilio: RunningTwilio) -> TwilioStage:
    """One of its channels; the contract is kept by each."""
    return TwilioStage.of(twilio, "twilio_sms")
