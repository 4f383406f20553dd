"""What can go wrong on the way out.

Unprocessable
└── EgressRefused        422  egress_refused    nothing was sent, and never will be
HubError
└── EgressFailed         502  egress_failed     data: reason, and sent: whether it may have arrived

What only looks like a failure of the other side may have done its work there: see the law "never resend blind".
"""

from typing import Literal

from hub.errors import HubError, Unprocessable

Reason = Literal["dns", "connect", "tls", "timeout", "protocol", "too_large"]


class EgressRefused(Unprocessable):
    """Parley does not contact this address."""

    code = "egress_refused"


class EgressFailed(HubError):
    """The other side could not be reached or did not answer properly; only `sent=False` is safe to repeat."""

    code, status = "egress_failed", 502

    def __init__(self, message: str, *, reason: Reason, sent: bool) -> None:
        super().__init__(message, reason=reason, sent=sent)
        self.reason = reason
        self.sent = sent
