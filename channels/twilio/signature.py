"""Whether a webhook is Twilio's word: `X-Twilio-Signature` is made of the public URL and of every field, by the auth
token; or by a shared key, which the header beside it tells of. Its time is not signed: a repeat is known by its id."""

import hashlib
import hmac
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import (
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    add_port,
    get_signature_algorithm,
    remove_port,
)

from channels.base import Access, BadSignature, Hook
from channels.twilio.forms import Form, is_form, read_form

SIGNATURE, SETTINGS = SIGNATURE_HEADER.lower(), SIGNATURE_SETTINGS_HEADER.lower()
BODY_HASH = "bodySHA256"


def verify(access: Access, hook: Hook) -> None:
    """Raise BadSignature unless one of the line's tokens has signed this URL and all that came to it."""
    tokens = access.values.get("auth_token", "").split()
    # Anybody can sign by an empty token.
    if not tokens:
        raise BadSignature("unset")
    signature = hook.headers.get(SIGNATURE, "")
    if not signature:
        raise BadSignature("missing")
    # The package compares letter by letter, and takes any body that it is given no fields of: so we compare, and read.
    if not any([hmac.compare_digest(one.encode(), signature.encode()) for one in expected(tokens, hook)]):
        raise BadSignature("wrong")


def expected(tokens: list[str], hook: Hook) -> Iterator[str]:
    """Every signature that it may have: Twilio signs the URL with its port at times, and at times without."""
    url, fields = urlsplit(hook.url), signed_fields(hook)
    algorithm = get_signature_algorithm(hook.headers.get(SETTINGS))
    try:
        for token in tokens:
            for way in {hook.url, add_port(url), remove_port(url)}:
                yield str(RequestValidator(token).compute_signature(way, fields, algorithm))
    except ValueError:
        raise BadSignature("algorithm") from None


def signed_fields(hook: Hook) -> Form:
    """The fields of a form. Any other body is covered by its hash, which stands in the URL."""
    if is_form(hook.headers.get("content-type", "")):
        try:
            return read_form(hook.body)
        except ValueError:
            raise BadSignature("malformed") from None
    digests = parse_qs(urlsplit(hook.url).query).get(BODY_HASH, [""])
    if not hmac.compare_digest(hashlib.sha256(hook.body).hexdigest().encode(), digests[0].lower().encode()):
        raise BadSignature("wrong")
    return Form()


def event_id(hook: Hook) -> str:
    """What is told of which message. Empty where that cannot be seen: then its bytes are what repeats share."""
    if not is_form(hook.headers.get("content-type", "")):
        return ""
    try:
        fields = read_form(hook.body).fields
    except ValueError:
        return ""
    id = fields.id("MessageSid") or fields.id("SmsSid")
    told = (id, fields.id("MessageStatus") or fields.id("SmsStatus"), fields.id("RawDlrDoneDate"))
    return ":".join(one for one in told if one) if id else ""
