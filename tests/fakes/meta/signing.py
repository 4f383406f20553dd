"""How Meta signs. Written from its page "Webhooks" and not from the adapter, which is to be checked by it."""

import hashlib
import hmac


def signed(body: bytes, secret: str) -> dict[str, str]:
    """The headers of a webhook with this body."""
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"content-type": "application/json", "x-hub-signature-256": f"sha256={signature}"}


def proven(secret: str, token: str) -> str:
    """What whoever knows the app's secret sends beside the token."""
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
