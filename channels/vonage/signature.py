"""Whether a webhook is Vonage's word: `Authorization: Bearer <JWT>`, signed with the account's signature secret by HMAC
and SHA-256. When it was made stands in it, and the hash of the body (Vonage: "Webhooks", Decoding signed webhooks)."""

import base64
import binascii
import hashlib
import hmac
from datetime import timedelta

import msgspec

from channels.answers import UNREADABLE
from channels.base import Access, BadSignature, Hook
from channels.reading import Fields

OLDEST = timedelta(minutes=5)
LONGEST_HEADER = 4000
MOST_SECRETS = 2


def verify(access: Access, hook: Hook) -> None:
    """Raise BadSignature unless it was signed for these very bytes, and just now."""
    # Anybody can sign by an empty secret.
    secrets = access.values.get("signature_secret", "").split()[:MOST_SECRETS]
    if not secrets:
        raise BadSignature("unset")
    claims = claims_of(hook.headers.get("authorization", ""), secrets)
    made_at = claims.time("iat")
    if made_at is None:
        raise BadSignature("malformed")
    if hook.now - made_at > OLDEST:
        raise BadSignature("old")
    if made_at - hook.now > OLDEST:
        raise BadSignature("early")
    if not hmac.compare_digest(hashlib.sha256(hook.body).hexdigest().encode(), claims.text("payload_hash").encode()):
        raise BadSignature("wrong")


def claims_of(header: str, secrets: list[str]) -> Fields:
    """What the token claims, once it is known who has signed it. Whatever the token says of its algorithm, there is the
    one; by hand, since libraries warn of secrets as short as Vonage gives them."""
    if not header:
        raise BadSignature("missing")
    kind, _, token = header[:LONGEST_HEADER].partition(" ")
    signed, _, signature = token.strip().rpartition(".")
    head, _, claims = signed.partition(".")
    if kind.lower() != "bearer" or not (head and claims and signature):
        raise BadSignature("malformed")
    expected = [encoded(hmac.digest(secret.encode(), signed.encode(), "sha256")) for secret in secrets]
    if not any([hmac.compare_digest(one, signature.encode()) for one in expected]):
        raise BadSignature("wrong")
    if decoded(head).text("alg") != "HS256":
        raise BadSignature("malformed")
    return decoded(claims)


def encoded(signature: bytes) -> bytes:
    """As tokens have it."""
    return base64.urlsafe_b64encode(signature).rstrip(b"=")


def decoded(part: str) -> Fields:
    """A part of a token."""
    try:
        return Fields.of(msgspec.json.decode(base64.urlsafe_b64decode(part + "==")))
    except (*UNREADABLE, binascii.Error, ValueError):
        raise BadSignature("malformed") from None


def event_id(hook: Hook) -> str:
    """Its repeats have their bytes in common, and each has a token of its own."""
    return hashlib.sha256(hook.body).hexdigest()
