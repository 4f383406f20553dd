"""How Mailgun signs its webhooks: a time and a token, by the account's signing key."""

import hashlib
import hmac
import secrets
from datetime import datetime


def signed(at: datetime, key: str, token: str = "") -> dict[str, str]:
    """The three fields."""
    time, token = str(int(at.timestamp())), token or secrets.token_hex(25)
    signature = hmac.new(key.encode(), f"{time}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": time, "token": token, "signature": signature}
