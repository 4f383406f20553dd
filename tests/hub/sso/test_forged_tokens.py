"""Tokens that must not be believed, each by the reason that it is refused for; every one would do but for one thing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub.egress import Egress
from hub.sso.discovery import Provider
from hub.sso.errors import SignInRefused
from hub.sso.oidc import Identity, exchange
from tests.clock import MORNING
from tests.fakes.oidc import forger as forging
from tests.fakes.oidc.forger import Forger, base64url, part, public_key, signed, signed_by_secret, unsigned
from tests.hub.sso.signing import AT_FORGER, ATTEMPT_AT_FORGER

DEEP = b'{"more":' + b"[" * 50_000 + b"]" * 50_000 + b"}"
AT_S = int(MORNING.timestamp())
PEM = forging.private_key("first").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

# What a good token would say instead, and what is wrong about that.
CLAIMS: list[tuple[dict[str, Any], str]] = [
    ({"iss": "https://other.test"}, "issuer"),
    ({"iss": None}, "token"),
    ({"aud": "another-client"}, "audience"),
    ({"aud": ["another-client"]}, "audience"),
    ({"aud": []}, "audience"),
    ({"aud": [forging.CLIENT, "another-client"]}, "audience"),
    ({"aud": [forging.CLIENT, "another-client"], "azp": "another-client"}, "audience"),
    ({"azp": "another-client"}, "audience"),
    ({"aud": None}, "token"),
    ({"exp": AT_S - 60}, "time"),
    ({"iat": AT_S + 61}, "time"),
    ({"nbf": AT_S + 61}, "time"),
    ({"exp": None}, "token"),
    ({"iat": None}, "token"),
    ({"exp": str(AT_S + 600)}, "token"),
    ({"exp": True}, "token"),
    ({"nonce": "of-another-attempt"}, "nonce"),
    ({"nonce": None}, "nonce"),
    ({"nonce": ""}, "nonce"),
    ({"sub": None}, "token"),
    ({"sub": ""}, "token"),
    ({"sub": 7}, "token"),
    ({"sub": {"$ne": ""}}, "token"),
    ({"email": ["asha@example.test"]}, "token"),
]
BELIEVED: list[dict[str, Any]] = [
    {},
    {"exp": AT_S - 59},
    {"iat": AT_S + 60},
    {"nbf": AT_S + 60.0},
    {"aud": [forging.CLIENT]},
    {"aud": [forging.CLIENT, "another-client"], "azp": forging.CLIENT},
    {"azp": forging.CLIENT},
    {"name": None, "groups": [{"deep": [1]}]},
]


def tampered(claims: dict[str, Any]) -> str:
    header, _, signature = signed(claims).split(".")
    return f"{header}.{part({**claims, 'email': 'owner@example.test'})}.{signature}"


def cut(claims: dict[str, Any]) -> str:
    return signed(claims).rpartition(".")[0] + "."


def with_header(claims: dict[str, Any], header: Any) -> str:
    return f"{part(header)}.{part(claims)}.{signed(claims).split('.')[2]}"


SIGNATURES: dict[str, tuple[Callable[[dict[str, Any]], str], str]] = {
    "none": (unsigned, "algorithm"),
    "None": (lambda claims: unsigned(claims, "None"), "algorithm"),
    "NONE": (lambda claims: unsigned(claims, "NONE"), "algorithm"),
    "no algorithm": (lambda claims: unsigned(claims, ""), "algorithm"),
    "HS256 by the public key": (lambda claims: signed_by_secret(claims, PEM), "algorithm"),
    "HS256 by the client's secret": (lambda claims: signed_by_secret(claims, AT_FORGER.secret.encode()), "algorithm"),
    "RS512": (lambda claims: signed(claims, alg="RS512"), "algorithm"),
    "tampered content": (tampered, "signature"),
    "no signature": (cut, "signature"),
    "a key of somebody else": (lambda claims: signed(claims, "second", kid="first"), "signature"),
    "a key that it brings along": (
        lambda claims: signed(claims, "second", kid="first", jwk=public_key("second")),
        "signature",
    ),
    "PS256 said, RS256 done": (lambda claims: with_header(claims, {"alg": "PS256", "kid": "first"}), "signature"),
    "ES256 by a key for RSA": (lambda claims: with_header(claims, {"alg": "ES256", "kid": "first"}), "key"),
    "an unknown key": (lambda claims: signed(claims, "second"), "key"),
    "an extension that must be understood": (lambda claims: signed(claims, crit=["x"], x=1), "token"),
    "a key id that is a number": (lambda claims: with_header(claims, {"alg": "RS256", "kid": 1}), "token"),
    "an algorithm that is a list": (lambda claims: with_header(claims, {"alg": ["RS256"]}), "token"),
    "a header that is a list": (lambda claims: with_header(claims, [1]), "token"),
    "a header in depth": (lambda claims: f"{base64url(b'[' * 50_000)}.{part(claims)}.AA", "token"),
    "nothing": (lambda _: "", "token"),
    "dots": (lambda _: "..", "token"),
    "an encrypted token": (lambda claims: f"{signed(claims)}.AA.AA", "token"),
    "no base64": (lambda _: "é.!.?", "token"),
}


async def come_back(egress: Egress, provider: Provider, now: datetime = MORNING) -> Identity:
    return await exchange(egress, provider, AT_FORGER, ATTEMPT_AT_FORGER, code="code-1", now=now)


@pytest.mark.parametrize("changes", BELIEVED, ids=str)
async def test_good_token_is_believed(
    changes: dict[str, Any], egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.gives(signed(forger.claims(MORNING, **changes)))

    identity = await come_back(egress, forged)

    assert (identity.subject, identity.email) == (forging.SUBJECT, "asha@example.test")


@pytest.mark.parametrize(("changes", "reason"), CLAIMS, ids=str)
async def test_token_that_says_something_else_is_refused(
    changes: dict[str, Any], reason: str, egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.gives(signed(forger.claims(MORNING, **changes)))

    with pytest.raises(SignInRefused) as error:
        await come_back(egress, forged)

    assert error.value.data == {"reason": reason}


@pytest.mark.parametrize("case", SIGNATURES)
async def test_token_that_is_not_rightly_signed_is_refused(
    case: str, egress: Egress, forger: Forger, forged: Provider
) -> None:
    forge, reason = SIGNATURES[case]
    forger.gives(forge(forger.claims(MORNING)))

    with pytest.raises(SignInRefused) as error:
        await come_back(egress, forged)

    assert error.value.data == {"reason": reason}


@pytest.mark.parametrize("content", [b"", b"not JSON", b"[]", b'{"iss":"\xff"}', DEEP], ids=lambda content: content[:9])
async def test_content_that_is_no_set_of_claims_is_refused(
    content: bytes, egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.gives(forging.signed_bytes(content))

    with pytest.raises(SignInRefused) as error:
        await come_back(egress, forged)

    assert error.value.data == {"reason": "token"}


async def test_time_is_the_one_that_is_given(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.gives(signed(forger.claims(MORNING)))

    with pytest.raises(SignInRefused) as error:
        await come_back(egress, forged, MORNING + timedelta(minutes=11))

    assert error.value.data == {"reason": "time"}
