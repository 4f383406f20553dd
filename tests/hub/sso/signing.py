"""What the tests of signing in have in common: who signs in where, and by which registrations."""

from datetime import UTC, datetime
from ipaddress import ip_network
from urllib.parse import parse_qsl, urlsplit

import msgspec

from hub.sso.attempt import Attempt, Callback, Client, authorization_url, code_of, new_attempt
from hub.sso.discovery import Provider
from tests.fakes.oidc import forger
from tests.fakes.oidc.browser import sign_in_at
from tests.fakes.oidc.running import Account, client

HERE = (ip_network("127.0.0.0/8"),)
REDIRECT = "https://parley.example.test/sign-in/callback"

ASHA = Account("subject-of-asha", "asha@example.test", name="Asha  Rao")
BEN = Account("subject-of-ben", "ben@example.test", email_verified=False)

# Each way to prove a client, each algorithm, and a secret of everything that must be escaped on the way.
CLIENTS = {
    "basic": Client("by basic", "a+b %41:c/d&e=", REDIRECT),
    "post": Client("by-post", "secret-of-post", REDIRECT),
    "public": Client("public", "", REDIRECT),
    "PS256": Client("by-PS256", "secret-of-PS256", REDIRECT),
    "ES256": Client("by-ES256", "secret-of-ES256", REDIRECT),
    "EdDSA": Client("by-EdDSA", "secret-of-EdDSA", REDIRECT),
}
REGISTERED = [
    client(
        known.id,
        REDIRECT,
        secret=known.secret,
        method="client_secret_post" if name == "post" else "",
        alg=name if name in ("PS256", "ES256", "EdDSA") else "RS256",
    )
    for name, known in CLIENTS.items()
]
BASIC = CLIENTS["basic"]
AT_FORGER = Client(forger.CLIENT, "secret-of-forger", REDIRECT)
ATTEMPT_AT_FORGER = Attempt("state-of-the-attempt", forger.NONCE, "verifier-of-the-attempt")


def at_present() -> datetime:
    """A real provider has a real clock."""
    return datetime.now(UTC)


def callback_of(url: str) -> Callback:
    """What the browser has brought."""
    return msgspec.convert(dict(parse_qsl(urlsplit(url).query)), Callback)


async def code_at(provider: Provider, client: Client, email: str = ASHA.email) -> tuple[Attempt, str]:
    """An attempt that went well in the browser, and its code."""
    attempt = new_attempt()
    url = await sign_in_at(provider.issuer, authorization_url(provider, client, attempt), email)
    return attempt, code_of(callback_of(url), provider, attempt)
