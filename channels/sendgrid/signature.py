"""Whether a webhook is SendGrid's word: a signature by ECDSA of the time and the body, which the key checks that
SendGrid shows beside each webhook (Twilio SendGrid: "Getting Started with the Event Webhook Security Features",
"Securing your Inbound Parse Webhooks"). Inbound Parse is signed only for accounts that have asked for it: there a word
in the URL may stand for it, which nobody else knows."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import timedelta

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from channels.base import Access, BadSignature, Hook
from channels.forms import is_form
from channels.signing import moment

SIGNATURE, TIMESTAMP = "x-twilio-email-event-webhook-signature", "x-twilio-email-event-webhook-timestamp"
# SendGrid goes on trying for three days, and does not say whether it signs anew for that. Whatever of this age comes a
# second time is known by its bytes.
OLDEST, EARLIEST = timedelta(days=4), timedelta(minutes=5)
LONGEST_HEADER = 200
KEY = "key"


def verify(access: Access, hook: Hook) -> None:
    """Raise BadSignature unless it was signed for these very bytes, or is a mail that comes in by the secret URL."""
    if not (is_form(hook.headers.get("content-type", "")) and knows_key(access, hook)):
        check_signature(access, hook)


def knows_key(access: Access, hook: Hook) -> bool:
    """Whether it came by the URL that nobody else knows; a line without such a word believes nobody."""
    key = access.values.get("inbound_key", "")
    return bool(key) and hmac.compare_digest(key.encode(), hook.query.get(KEY, "").encode(errors="replace"))


def check_signature(access: Access, hook: Hook) -> None:
    """Raise BadSignature unless one of the line's keys vouches for it."""
    keys = keys_of(access.values.get("public_key", ""))
    if not keys:
        raise BadSignature("unset")
    time, signature = hook.headers.get(TIMESTAMP, ""), hook.headers.get(SIGNATURE, "")
    if not time or not signature:
        raise BadSignature("missing")
    age = hook.now - moment(time)
    if age > OLDEST:
        raise BadSignature("old")
    if age < -EARLIEST:
        raise BadSignature("early")
    try:
        signed = base64.b64decode(signature[:LONGEST_HEADER], validate=True)
    except ValueError:
        raise BadSignature("malformed") from None
    if not any(has_signed(key, signed, time.encode() + hook.body) for key in keys):
        raise BadSignature("wrong")


def keys_of(text: str) -> Sequence[EllipticCurvePublicKey]:
    """The keys as SendGrid shows them, with a space between two."""
    return [key_of(one) for one in text.split()]


def key_of(text: str) -> EllipticCurvePublicKey:
    """One of them."""
    try:
        key = load_der_public_key(base64.b64decode(text, validate=True))
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadSignature("unset") from None
    if not isinstance(key, EllipticCurvePublicKey):
        raise BadSignature("unset")
    return key


def has_signed(key: EllipticCurvePublicKey, signature: bytes, what: bytes) -> bool:
    """Whether it was this key."""
    try:
        key.verify(signature, what, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def event_id(hook: Hook) -> str:
    """Batches have no id, only the events in them: a repeat has the same bytes."""
    return hashlib.sha256(hook.body).hexdigest()
