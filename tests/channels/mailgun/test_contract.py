"""Mailgun keeps what is asked of every provider's adapter. The files of a mail lie within it; and its signatures, which
stand within the body and do not cover it, have tests of their own (test_signature.py)."""

from tests.channels.contract import OverHttp, Reading, Sending


class TestMailgun(Reading, Sending, OverHttp):
    """As a provider of e-mail."""
