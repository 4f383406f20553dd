"""Whether a webhook is Mailgun's word: an HMAC of a time and a token, within the body, by the account's signing key
(Mailgun: "Securing Webhooks"). It does not cover what else stands in the body. But each token counts once: whoever has
seen one can do no more with it than send again what was told already."""

import hashlib
import hmac
from datetime import timedelta

import msgspec

from channels.answers import UNREADABLE
from channels.base import Access, BadSignature, Hook
from channels.forms import is_form, read_form
from channels.reading import Fields
from channels.signing import moment

# Mailgun goes on trying for eight hours, with the signature of the first try. In all that time the ledger knows each
# token that it has had.
OLDEST, EARLIEST = timedelta(hours=9), timedelta(minutes=5)
NAMES = ("timestamp", "token", "signature")


def verify(access: Access, hook: Hook) -> None:
    """Raise BadSignature unless Mailgun has signed its token, and not too long ago."""
    key = access.values.get("signing_key", "").strip()
    if not key:
        raise BadSignature("unset")
    signed = signature_in(hook.body, hook.headers.get("content-type", ""))
    time, token, signature = (signed.id(name) for name in NAMES)
    if not time or not token or not signature:
        raise BadSignature("missing")
    expected = hmac.new(key.encode(), f"{time}{token}".encode(errors="replace"), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.encode(errors="replace")):
        raise BadSignature("wrong")
    age = hook.now - moment(time)
    if age > OLDEST:
        raise BadSignature("old")
    if age < -EARLIEST:
        raise BadSignature("early")


def signature_in(body: bytes, content_type: str) -> Fields:
    """The three fields of it: events have them in an object, mails among all their fields."""
    try:
        if is_form(content_type):
            form = read_form(body, content_type)
            return Fields({name: form.text(name) for name in NAMES})
        return Fields.of(msgspec.json.decode(body)).part("signature")
    except (*UNREADABLE, ValueError):
        raise BadSignature("malformed") from None


def event_id(hook: Hook) -> str:
    """The token: Mailgun's own ids of events are of one day."""
    try:
        return signature_in(hook.body, hook.headers.get("content-type", "")).id("token")
    except BadSignature:
        return ""
