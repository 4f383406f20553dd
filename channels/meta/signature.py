"""Whether a webhook is Meta's word: `X-Hub-Signature-256: sha256=<hex>`, by the app's secret over the raw body. One app
signs for all of its products alike. Names of headers are looked up in lower case."""

import hashlib
import hmac
import re

from channels.base import BadSignature, Hook

SIGNATURE = "x-hub-signature-256"
SIGNED = re.compile(r"sha256=([0-9a-f]{64})")
# What is repeated to whoever asks is nothing that a browser could take for a page.
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{1,200}")


def verify(secret: str, hook: Hook) -> None:
    """Raise BadSignature unless the signature fits these very bytes. It says nothing of when it was made."""
    # Anybody can sign by an empty secret.
    if not secret:
        raise BadSignature("unset")
    header = hook.headers.get(SIGNATURE, "")
    if not header:
        raise BadSignature("missing")
    signed = SIGNED.fullmatch(header)
    if signed is None:
        raise BadSignature("malformed")
    expected = hmac.digest(secret.encode(), hook.body, hashlib.sha256).hex()
    if not hmac.compare_digest(expected, signed[1]):
        raise BadSignature("wrong")


def check(token: str, hook: Hook) -> str:
    """The challenge, for whoever knows the token that was entered at Meta; else BadSignature."""
    if not token:
        raise BadSignature("unset")
    if hook.query.get("hub.mode") != "subscribe":
        raise BadSignature("malformed")
    if not hmac.compare_digest(token.encode(), hook.query.get("hub.verify_token", "").encode(errors="replace")):
        raise BadSignature("wrong")
    challenge = hook.query.get("hub.challenge", "")
    if not CHALLENGE.fullmatch(challenge):
        raise BadSignature("malformed")
    return challenge


def event_id(hook: Hook) -> str:
    """Meta's events have no ids; its repeats have their bytes in common."""
    return hashlib.sha256(hook.body).hexdigest()


def proof(secret: str, token: str) -> str:
    """`appsecret_proof`: that whoever uses the token knows the app's secret too."""
    return hmac.digest(secret.encode(), token.encode(), hashlib.sha256).hex()
