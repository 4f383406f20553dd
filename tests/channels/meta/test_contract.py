"""WhatsApp by Meta keeps what is asked of every provider's adapter."""

from tests.channels.contract import Contract


class TestWhatsapp(Contract):
    """As a provider of WhatsApp."""
