"""ID tokens: which are believed. Time is an argument, and nothing here talks to anybody."""

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

import jwt
import msgspec

from hub.sso.errors import Reason, SignInRefused

# The allow-list, and the kind of key of each. What is signed by a shared secret (HS256) or not at all (none) could be
# made by anybody who knows the client secret, or a public key.
ALGORITHMS: Mapping[str, str] = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "EdDSA": "OKP"}
# Clocks differ.
LEEWAY_S = 60

Text = Annotated[str, msgspec.Meta(max_length=2000)]


class Key(msgspec.Struct, frozen=True, omit_defaults=True):
    """One public key (a JWK). Private parts, if a provider should publish them, are not even read."""

    kty: str
    kid: str = ""
    use: str = ""
    alg: str = ""
    crv: str = ""
    n: str = ""
    e: str = ""
    x: str = ""
    y: str = ""

    def fits(self, header: "Header") -> bool:
        """Whether the token of this header can be signed by it."""
        is_right_kind = self.kty == ALGORITHMS[header.alg] and self.alg in ("", header.alg)
        return is_right_kind and self.use in ("", "sig") and header.kid in ("", self.kid)


class Header(msgspec.Struct, frozen=True):
    """What a token says about its signature, before anything is believed."""

    alg: str
    kid: str = ""


class Claims(msgspec.Struct, frozen=True):
    """What an ID token says; times are in seconds, and may have fractions."""

    iss: str
    sub: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    aud: str | tuple[str, ...]
    exp: float
    iat: float
    nbf: float = 0
    nonce: str = ""
    azp: str | None = None
    email: Text | None = None
    email_verified: bool | str | None = None
    name: Text | None = None


class Expected(msgspec.Struct, frozen=True):
    """What a token must say to be believed."""

    issuer: str
    client_id: str
    nonce: str
    now: datetime


def header_of(token: str) -> Header:
    """What it says about its signature; whatever is not on the allow-list ends here."""
    try:
        header = msgspec.convert(jwt.get_unverified_header(token), Header)
    except (jwt.PyJWTError, msgspec.ValidationError) as error:
        raise SignInRefused("token") from error
    if header.alg not in ALGORITHMS:
        raise SignInRefused("algorithm")
    return header


def find_key(header: Header, keys: Iterable[Key]) -> Key | None:
    """The key that it names; a token that names none is believed only when there is no choice."""
    fitting = [key for key in keys if key.fits(header)]
    return fitting[0] if fitting and (header.kid or len(fitting) == 1) else None


def verify(token: str, header: Header, key: Key, expected: Expected) -> Claims:
    """What the token says, once its signature, its addressee and its time are proved."""
    try:
        proved = jwt.PyJWK(msgspec.to_builtins(key), algorithm=header.alg)
        jws = jwt.PyJWS(algorithms=[header.alg], options={"enforce_minimum_key_length": True})
        content = jws.decode(token, proved, algorithms=[header.alg])
    except jwt.PyJWTError as error:
        raise SignInRefused("signature") from error
    try:
        claims = msgspec.json.decode(content, type=Claims)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SignInRefused("token") from error
    check_claims(claims, expected)
    return claims


def check_claims(claims: Claims, expected: Expected) -> None:
    """Raise SignInRefused with the first reason not to believe them."""
    now_s = expected.now.timestamp()
    has_begun = max(claims.iat, claims.nbf) <= now_s + LEEWAY_S
    proofs: Mapping[Reason, bool] = {
        "issuer": claims.iss == expected.issuer,
        "audience": is_for(claims, expected.client_id),
        "time": has_begun and now_s - LEEWAY_S < claims.exp,
        "nonce": is_same(claims.nonce, expected.nonce),
    }
    for reason, is_proved in proofs.items():
        if not is_proved:
            raise SignInRefused(reason)


def is_for(claims: Claims, client_id: str) -> bool:
    """Whether it was made for this client; one for several must name us as the one that asked for it."""
    audience = (claims.aud,) if isinstance(claims.aud, str) else claims.aud
    presenter = claims.azp if claims.azp is not None or len(audience) > 1 else client_id
    return client_id in audience and presenter == client_id


def is_same(given: str, expected: str) -> bool:
    """Whether two secrets are the same one, and not both nothing."""
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())
