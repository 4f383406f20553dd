"""How the sandbox signs. Written from docs/sandbox.md and not from the adapter, which is to be checked by it."""

import hashlib
import hmac
from datetime import datetime


def signed(body: bytes, at: datetime, *secrets: str, event_id: str = "") -> dict[str, str]:
    """The headers of a webhook with this body; by several secrets while one takes the place of another."""
    time = str(int(at.timestamp()))
    signatures = [hmac.new(secret.encode(), f"{time}.".encode() + body, hashlib.sha256) for secret in secrets]
    value = ",".join([f"t={time}", *(f"v1={signature.hexdigest()}" for signature in signatures)])
    headers = {"content-type": "application/json", "sandbox-signature": value}
    return {**headers, "sandbox-event-id": event_id} if event_id else headers
