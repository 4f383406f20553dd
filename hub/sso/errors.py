"""What can go wrong between Parley and an account's OpenID provider.

Unauthenticated
└── SignInRefused      401  sso_refused          data: reason
Unprocessable
├── ProviderWrong      422  sso_provider_wrong
├── ClientRefused      422  sso_client_refused
└── BadDomain          422  bad_domain
Unavailable
├── ProviderAway       503  sso_provider_away
└── DnsAway            503  dns_away

What a provider says is somebody else's words: none of them gets into a message, because messages are logged.
"""

from collections.abc import Mapping
from typing import Literal

from hub.errors import Unauthenticated, Unavailable, Unprocessable

RETRY_AFTER_S = 10

Reason = Literal[
    "state",
    "denied",
    "code",
    "token",
    "algorithm",
    "key",
    "signature",
    "issuer",
    "audience",
    "time",
    "nonce",
    "subject",
]

_WORDS: Mapping[Reason, str] = {
    "state": "This answer belongs to no sign-in that was begun here.",
    "denied": "The provider did not let this person in.",
    "code": "The provider does not take this code: it was used already, or it is too old.",
    "token": "The provider's token has not the form of an ID token.",
    "algorithm": "The provider's token is signed in a way that proves nothing here.",
    "key": "The provider's token is signed by a key that the provider does not publish.",
    "signature": "The signature of the provider's token is not valid.",
    "issuer": "The answer comes from another provider.",
    "audience": "The provider's token was made for another application.",
    "time": "The provider's token is not valid at this time.",
    "nonce": "The provider's token belongs to another sign-in.",
    "subject": "The provider tells of two different people.",
}


class SignInRefused(Unauthenticated):
    """What the provider sent proves nobody's identity."""

    code = "sso_refused"

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{_WORDS[reason]} Begin the sign-in again.", reason=reason)
        self.reason = reason


class ProviderWrong(Unprocessable):
    """The provider answers what Parley cannot use, and will do so until somebody changes a setting."""

    code = "sso_provider_wrong"


class ClientRefused(Unprocessable):
    """The provider does not know Parley by this client id and secret."""

    code = "sso_client_refused"


class ProviderAway(Unavailable):
    """The provider does not answer."""

    code = "sso_provider_away"

    def __init__(self, message: str) -> None:
        super().__init__(message, retry_after_s=RETRY_AFTER_S)


class BadDomain(Unprocessable):
    """This is not the name of a domain that has mailboxes."""

    code = "bad_domain"


class DnsAway(Unavailable):
    """The name servers do not answer."""

    code = "dns_away"

    def __init__(self, message: str) -> None:
        super().__init__(message, retry_after_s=RETRY_AFTER_S)
