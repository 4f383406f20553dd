"""The half of a sign-in that goes through the browser: where it is sent, and what it brings back."""

import base64
import hashlib
from urllib.parse import urlencode

import msgspec

from hub.secrets import new_secret
from hub.sso.discovery import Provider
from hub.sso.errors import SignInRefused
from hub.sso.tokens import is_same

SCOPE = "openid email profile"


class Client(msgspec.Struct, frozen=True):
    """How Parley is registered at a provider; one without a secret is a public client."""

    id: str
    secret: str
    redirect_uri: str


class Attempt(msgspec.Struct, frozen=True):
    """What one sign-in keeps to itself until the browser comes back; it is good once, and for some minutes."""

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        """What may be known of the verifier beforehand (PKCE, S256)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Callback(msgspec.Struct, frozen=True):
    """What the browser brings back in its address; providers add words of their own, which mean nothing here."""

    state: str = ""
    code: str = ""
    iss: str = ""
    error: str = ""


def new_attempt() -> Attempt:
    """Three secrets that nobody can guess."""
    return Attempt(*(new_secret() for _ in range(3)))


def authorization_url(provider: Provider, client: Client, attempt: Attempt, login_hint: str = "") -> str:
    """Where the browser goes to sign in."""
    endpoint = provider.document.authorization_endpoint
    question = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": client.redirect_uri,
        "scope": SCOPE,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": attempt.challenge,
        "code_challenge_method": "S256",
    }
    if login_hint:
        question["login_hint"] = login_hint
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(question)}"


def code_of(callback: Callback, provider: Provider, attempt: Attempt) -> str:
    """The code that the browser brought, if it belongs to this attempt and comes from this provider."""
    if not is_same(callback.state, attempt.state):
        raise SignInRefused("state")
    # RFC 9207: else one provider could have us take a code to another.
    says_who = bool(callback.iss) or provider.document.authorization_response_iss_parameter_supported
    if says_who and callback.iss != provider.issuer:
        raise SignInRefused("issuer")
    if callback.error or not callback.code:
        raise SignInRefused("denied")
    return callback.code
