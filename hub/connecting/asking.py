"""What providers say to us, in words for whoever connects a line."""

from channels.base import Receipt
from hub.connecting.shapes import ProviderSaid
from hub.threads.models import Failing

AWAY = "The provider could not be reached."
ADVICE_AWAY = "Check the address in the line's settings, and the provider's status page; then try again."
LOST = "The provider broke off before it answered."


def taken(words: str, receipt: Receipt | None = None) -> ProviderSaid:
    """It has done what it was asked."""
    return ProviderSaid(outcome="taken", words=words, advice="", provider_id=receipt.id if receipt else None)


def refused(failing: Failing) -> ProviderSaid:
    """It was not done, and this is why."""
    return ProviderSaid(outcome="refused", words=failing.words, advice=failing.advice, provider_id=None)


def unreachable() -> ProviderSaid:
    """Nothing was done."""
    return ProviderSaid(outcome="unreachable", words=AWAY, advice=ADVICE_AWAY, provider_id=None)


def unsure(advice: str) -> ProviderSaid:
    """It may have been done; the advice says how to find out."""
    return ProviderSaid(outcome="unsure", words=LOST, advice=advice, provider_id=None)
