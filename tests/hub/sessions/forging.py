"""Tokens that we have not made, by people who would like us to think so."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub.sessions.tokens import ACCESS
from hub.tokens import key_name
from tests.hub.sessions.people import Member, claims_of

NOBODYS = b"a key of somebody else, 32 bytes and more"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
WRONG_TYPES: tuple[Any, ...] = (None, True, 1.5, "", "1", [], {}, {"$gt": ""}, [1], -1)
SPELLINGS: tuple[Any, ...] = (
    *("none", "None", "NONE", "nOnE", "", " ", None, 0, [], {}),
    *("hs256", "HS256 ", "dir", "HS384", "ES256"),
)
RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
RSA_PUBLIC = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True)
class Good:
    """A token that is good, its parts, and the key that only the hub has."""

    token: str
    kid: str
    key: bytes
    claims: Mapping[str, Any]

    @property
    def parts(self) -> list[str]:
        """Header, payload and signature."""
        return self.token.split(".")

    def signed(self, *, key: bytes | None = None, header: Mapping[str, Any] | None = None, **claims: Any) -> str:
        """A token of these claims; with the true key, unless there is another."""
        head = {"alg": "HS256", "typ": "JWT", "kid": self.kid} if header is None else header
        return spelled(head, {**self.claims, **claims}, self.key if key is None else key)


async def good_of(member: Member) -> Good:
    """The token that the member has."""
    kid = key_name(member.hub.deps.clock.now())
    return Good(member.token, kid, await ACCESS.key(member.hub.deps, kid), claims_of(member.token))


def spelled(header: Any, claims: Any, key: bytes | None, digest: Any = hashlib.sha256) -> str:
    """By hand: libraries refuse to write most of what an attacker would."""
    body = f"{part(json.dumps(header).encode())}.{part(json.dumps(claims).encode())}"
    return f"{body}.{part(hmac.digest(key, body.encode(), digest)) if key is not None else ''}"


def part(content: bytes) -> str:
    """As it stands between the dots."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def mutations(good: Good) -> Iterator[tuple[str, str]]:
    """Whatever is no token of ours, with a word for what it is."""
    yield from letters(good)
    yield from shapes(good)
    yield from algorithms(good)
    yield from keys_of_others(good)
    yield from names_of_keys(good)


def letters(good: Good) -> Iterator[tuple[str, str]]:
    """Each letter another one; the last of a part holds bits that mean nothing."""
    for place, letter in enumerate(good.token):
        after = LETTERS[(LETTERS.find(letter) + 1) % len(LETTERS)]
        yield f"letter {place}", good.token[:place] + after + good.token[place + 1 :]
    for last in LETTERS.replace(good.token[-1], ""):
        yield f"last letter {last}", good.token[:-1] + last


def shapes(good: Good) -> Iterator[tuple[str, str]]:
    """Cut, doubled, padded, wrapped, and nonsense of all lengths."""
    header, payload, signature = good.parts
    for text in ("", " ", ".", "..", "...", "null", "{}", "[]", "a.b.c", "\0", "é" * 50, "💥.💥.💥", "\ud800"):
        yield f"{text!r} alone", text
        yield f"{text!r} before", text + good.token if text else "x"
        yield f"{text!r} behind", good.token + text if text else "x"
        yield f"{text!r} as signature", f"{header}.{payload}.{text}"
    for cut in range(0, len(good.token), 7):
        yield f"cut at {cut}", good.token[:cut]
    for junk in ("=", "==", "!", "\n", "\t", "%3D", "+", "/", "~"):
        yield f"signature with {junk!r}", f"{good.token}{junk}"
        yield f"signature around {junk!r}", f"{header}.{payload}.{signature[:9]}{junk}{signature[9:]}"
    yield "without signature", f"{header}.{payload}"
    yield "turned around", f"{payload}.{header}.{signature}"
    yield "twice", f"{good.token}.{good.token}"
    yield "quoted", f'"{good.token}"'
    yield "encoded again", part(good.token.encode())
    for length in (10_000, 1_000_000):
        yield f"{length} letters", "a" * length
        yield f"{length} dots", "." * length
        yield f"{length} letters behind", good.token + "A" * length
    deep = {"of lists": b"[" * 100_000 + b"]" * 100_000, "of objects": b'{"kid":' * 50_000 + b"1" + b"}" * 50_000}
    for name, nested in deep.items():
        yield f"header {name}", f"{part(nested)}.{payload}.{signature}"
    yield "long number in the header", f"{part(b'9' * 10_000)}.{payload}.{signature}"


def algorithms(good: Good) -> Iterator[tuple[str, str]]:
    """Signed by nobody, or by another way."""
    for spelling in SPELLINGS:
        header = {"alg": spelling, "typ": "JWT", "kid": good.kid}
        yield f"alg {spelling!r}, unsigned", spelled(header, good.claims, None)
        yield f"alg {spelling!r}, same signature", f"{spelled(header, good.claims, None)}{good.parts[2]}"
        yield f"alg {spelling!r}, true key", spelled(header, good.claims, good.key)
    for name, digest in (("HS384", hashlib.sha384), ("HS512", hashlib.sha512), ("HS256", hashlib.sha512)):
        yield (
            f"alg {name} by {digest().name}",
            spelled({"alg": name, "typ": "JWT", "kid": good.kid}, good.claims, good.key, digest),
        )
    yield "no alg", spelled({"typ": "JWT", "kid": good.kid}, good.claims, good.key)
    yield "not encoded", good.signed(header={"alg": "HS256", "kid": good.kid, "b64": False, "crit": ["b64"]})
    yield "unknown and critical", good.signed(header={"alg": "HS256", "kid": good.kid, "crit": ["x"], "x": 1})


def keys_of_others(good: Good) -> Iterator[tuple[str, str]]:
    """Signed by a key that is not ours, and with a word where to find it."""
    named, told = {"kid": good.kid}, dict(good.claims)
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(RSA.public_key()))
    yield "RS256", jwt.encode(told, RSA, "RS256", headers=named)
    yield "PS256", jwt.encode(told, RSA, "PS256", headers=named)
    yield "ES256", jwt.encode(told, EC, "ES256", headers=named)
    yield "RS256 that brings its key", jwt.encode(told, RSA, "RS256", headers={**named, "jwk": jwk})
    yield "RS256 that says where", jwt.encode(told, RSA, "RS256", headers={**named, "jku": "https://x.test/k"})
    yield "public key as secret", good.signed(key=RSA_PUBLIC)
    for key in (b"", b"\0" * 32, NOBODYS, good.kid.encode(), b"parley", b"secret", hashlib.sha256(b"").digest()):
        yield f"HS256 by {key!r}", good.signed(key=key)


def names_of_keys(good: Good) -> Iterator[tuple[str, str]]:
    """A `kid` that is none, though the signature is right."""
    year, month = map(int, good.kid.split("-"))
    tricks: tuple[Any, ...] = (
        *WRONG_TYPES, [good.kid], {"kid": good.kid}, f"{good.kid}\0", f"{good.kid}\n", f" {good.kid}",
        f"{year}-{month}",
        "../../../../dev/null", "/etc/passwd", "' OR 1=1 --", "x' UNION SELECT 'a", "https://x.test/key", "$ne", "none",
        f"{year}-{month + 1:02}", f"{year}-{month - 1:02}", f"{year + 1}-{month:02}", "0000-00", "A" * 10_000,
    )  # fmt: skip
    for trick in tricks:
        yield f"kid {str(trick)[:30]!r}", good.signed(header={"alg": "HS256", "typ": "JWT", "kid": trick})
    yield "no kid", good.signed(header={"alg": "HS256", "typ": "JWT"})


def claims(good: Good) -> Iterator[tuple[str, str]]:
    """Claims that we never make, though the signature is right."""
    for name, value in good.claims.items():
        left = {other: given for other, given in good.claims.items() if other != name}
        yield f"no {name}", spelled({"alg": "HS256", "kid": good.kid}, left, good.key)
        for wrong in (*WRONG_TYPES, [value], str(value) + " ", {"$eq": value}):
            yield f"{name} is {wrong!r}", good.signed(**{name: wrong})
    now_s = good.claims["iat"]
    yield "another issuer", good.signed(iss="01hq0000000000000000000000")
    yield "another audience", good.signed(aud="other")
    yield "several audiences", good.signed(aud=["other", "another"])
    for far in (now_s + 631, now_s + 86_400, 2**31, 2**53, 2**63, 2**200, 1e300):
        yield f"exp {far}", good.signed(exp=far)
    yield "of the future", good.signed(iat=now_s + 31, exp=now_s + 600)
    yield "long ago", good.signed(iat=0, exp=1)
    for claims in ([], None, "x", 1, [dict(good.claims)]):
        yield f"claims {claims!r:.20}", spelled({"alg": "HS256", "kid": good.kid}, claims, good.key)
