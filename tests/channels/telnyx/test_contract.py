"""Telnyx keeps what is asked of every provider's adapter."""

from tests.channels.contract import Contract


class TestTelnyx(Contract):
    """As a provider of SMS."""
