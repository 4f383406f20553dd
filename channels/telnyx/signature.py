"""Whether a webhook is Telnyx's word: a signature by Ed25519 of the time and the body with a bar between, which the
account's public key checks (Telnyx: "Receiving webhooks")."""

import base64
import hashlib
from datetime import timedelta

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from channels.answers import UNREADABLE
from channels.base import Access, BadSignature, Hook
from channels.reading import Fields
from channels.signing import moment

SIGNATURE, TIMESTAMP = "telnyx-signature-ed25519", "telnyx-timestamp"
OLDEST = timedelta(minutes=5)
LONGEST_HEADER = 200


def verify(access: Access, hook: Hook) -> None:
    """Raise BadSignature unless it was signed for these very bytes, and just now."""
    key = key_of(access.values.get("public_key", ""))
    time, signature = hook.headers.get(TIMESTAMP, ""), hook.headers.get(SIGNATURE, "")
    if not time or not signature:
        raise BadSignature("missing")
    age = hook.now - moment(time)
    if age > OLDEST:
        raise BadSignature("old")
    if age < -OLDEST:
        raise BadSignature("early")
    try:
        key.verify(base64.b64decode(signature[:LONGEST_HEADER], validate=True), time.encode() + b"|" + hook.body)
    except InvalidSignature:
        raise BadSignature("wrong") from None
    except ValueError:
        raise BadSignature("malformed") from None


def key_of(text: str) -> Ed25519PublicKey:
    """The key as Telnyx shows it; a line without one believes nobody."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except ValueError:
        raise BadSignature("unset") from None


def event_id(hook: Hook) -> str:
    """As Telnyx counts its events: its repeats say the number of the attempt, and differ in that."""
    try:
        id = Fields.of(msgspec.json.decode(hook.body)).part("data").id("id")
    except UNREADABLE:
        id = ""
    return id or hashlib.sha256(hook.body).hexdigest()
