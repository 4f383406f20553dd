"""Twilio keeps what is asked of every provider's adapter, on both of its media."""

import pytest

from tests.channels.contract import Contract
from tests.channels.twilio.stage import TwilioStage
from tests.fakes.twilio.running import RunningTwilio


class TestSms(Contract):
    """As a provider of SMS."""


class TestWhatsapp(Contract):
    """As a provider of WhatsApp."""

    @pytest.fixture
    def stage(self, twilio: RunningTwilio) -> TwilioStage:
        return TwilioStage.of(twilio, "twilio_whatsapp")
