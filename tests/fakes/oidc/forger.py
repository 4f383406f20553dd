"""A provider that does whatever a test, or an attacker, wants: it speaks OpenID Connect with keys of its own."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import datetime
from functools import cache
from typing import Any

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.fakes.loopback import Loopback, answer, listening

CLIENT = "parley-at-the-forger"
SUBJECT = "subject-1"
NONCE = "nonce-of-the-attempt"
MINUTES_10_S = 600
DISCOVERY = "/.well-known/openid-configuration"

BITS = {"first": 2048, "second": 2048, "short": 1024}


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """One of its keys."""
    return rsa.generate_private_key(65537, BITS[name])


def public_key(name: str) -> dict[str, Any]:
    """One of its keys as it publishes it."""
    jwk = RSAAlgorithm.to_jwk(private_key(name).public_key(), as_dict=True)
    return {**jwk, "kid": name, "use": "sig"}


def signed(claims: dict[str, Any], key: str = "first", **header: Any) -> str:
    """A token by one of its keys; `header` changes what the token says about its signature."""
    return signed_bytes(msgspec.json.encode(claims), key, **header)


def signed_bytes(content: bytes, key: str = "first", **header: Any) -> str:
    """The same of anything at all."""
    return jwt.PyJWS().encode(content, private_key(key), "RS256", headers={"kid": key, **header})


def signed_by_secret(claims: dict[str, Any], secret: bytes) -> str:
    """A token by HS256, made by hand, since PyJWT does not lend itself to taking a public key for a secret."""
    content = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'first'})}.{part(claims)}"
    return f"{content}.{base64url(hmac.digest(secret, content.encode(), hashlib.sha256))}"


def unsigned(claims: dict[str, Any], alg: str = "none") -> str:
    """A token that nobody has signed."""
    return f"{part({'alg': alg, 'typ': 'JWT', 'kid': 'first'})}.{part(claims)}."


def tokens(id_token: str) -> dict[str, str]:
    """What a code is exchanged for."""
    return {"id_token": id_token, "access_token": "access-1", "token_type": "Bearer"}


def part(value: Any) -> str:
    """One part of a token."""
    return base64url(msgspec.json.encode(value))


def base64url(data: bytes) -> str:
    """As tokens are written."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Forger:
    """Its answers by path, for a test to change: each a status and a body, the last one again and again."""

    def __init__(self) -> None:
        self.server: Loopback
        self.answers: dict[str, list[tuple[str, bytes]]] = {}

    @property
    def issuer(self) -> str:
        return self.server.url.rstrip("/")

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.split()[1].decode() for request in self.server.requests]

    def document(self, **changes: Any) -> dict[str, Any]:
        """Its discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/me",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            **changes,
        }

    def claims(self, now: datetime, **changes: Any) -> dict[str, Any]:
        """What a good token of it says at this time; a change to None leaves a claim out."""
        at_s = int(now.timestamp())
        good = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": SUBJECT,
            "nonce": NONCE,
            "iat": at_s,
            "exp": at_s + MINUTES_10_S,
            "email": "asha@example.test",
            "email_verified": True,
        }
        return {name: value for name, value in {**good, **changes}.items() if value is not None}

    def says(self, path: str, content: Any, status: str = "200 OK") -> None:
        """From now on this is what it answers there: bytes as they are, anything else as JSON."""
        self.answers[path] = []
        self.then_says(path, content, status)

    def then_says(self, path: str, content: Any, status: str = "200 OK") -> None:
        """What it has to answer there before is answered once, and then this."""
        body = content if isinstance(content, bytes) else msgspec.json.encode(content)
        self.answers[path].append((status, body))

    def publishes(self, *keys: str) -> None:
        """From now on these are its keys."""
        self.says("/jwks", {"keys": [public_key(key) for key in keys]})

    def gives(self, id_token: str) -> None:
        """From now on every code is exchanged for this token."""
        self.says("/token", tokens(id_token))

    async def play(self, writer: asyncio.StreamWriter) -> None:
        answers = self.answers.get(self.asked[-1], [("404 Not Found", b"")])
        status, body = answers.pop(0) if len(answers) > 1 else answers[0]
        writer.write(answer(body, status=status, headers="Connection: close\r\n"))
        await writer.drain()


@contextlib.asynccontextmanager
async def forging() -> AsyncIterator[Forger]:
    """It plays a good provider until told otherwise."""
    forger = Forger()
    async with listening(forger.play) as forger.server:
        forger.says(DISCOVERY, forger.document())
        forger.publishes("first")
        yield forger
