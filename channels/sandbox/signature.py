"""Whether a webhook is the sandbox's word: `Sandbox-Signature: t=<unix>,v1=<hex>`, with several v1 while it changes its
secret. Names of headers are looked up in lower case."""

import hashlib
import hmac
from datetime import timedelta

from channels.base import Access, BadSignature, Hook
from channels.signing import moment

SIGNATURE, EVENT_ID = "sandbox-signature", "sandbox-event-id"
OLDEST = timedelta(minutes=5)
LONGEST_HEADER, LONGEST_ID = 1000, 200
MOST_SIGNATURES = 5


def verify(access: Access, hook: Hook) -> None:
    """Raise BadSignature unless one of the signatures fits these very bytes, and the time is now."""
    secret = access.values.get("webhook_secret", "")
    # Anybody can sign by an empty secret.
    if not secret:
        raise BadSignature("unset")
    time, signatures = read(hook.headers.get(SIGNATURE, ""))
    age = hook.now - moment(time)
    if age > OLDEST:
        raise BadSignature("old")
    if age < -OLDEST:
        raise BadSignature("early")
    expected = hmac.digest(secret.encode(), time.encode() + b"." + hook.body, hashlib.sha256).hex().encode()
    if not any(hmac.compare_digest(expected, signature.encode()) for signature in signatures):
        raise BadSignature("wrong")


def read(header: str) -> tuple[str, list[str]]:
    """The time as it was signed, and the signatures."""
    if not header:
        raise BadSignature("missing")
    pairs = [part.strip().partition("=") for part in header[:LONGEST_HEADER].split(",")]
    times = [value for name, _, value in pairs if name == "t"]
    signatures = [value for name, _, value in pairs if name == "v1"][:MOST_SIGNATURES]
    if len(times) != 1 or not signatures:
        raise BadSignature("malformed")
    return times[0], signatures


def event_id(hook: Hook) -> str:
    """As the provider counts its events; without that, its repeats have their bytes in common."""
    id = hook.headers.get(EVENT_ID, "")
    return id if 0 < len(id) <= LONGEST_ID else hashlib.sha256(id.encode() + hook.body).hexdigest()
