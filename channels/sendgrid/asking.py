"""Asking SendGrid's API, and what its answers are taken for."""

from typing import Any, Never

import msgspec

from channels.answers import BY_STATUS, UNREADABLE, failure_of, read, wait_of
from channels.base import Access, HttpAnswer, Out, Refused, Unsure
from channels.mail.failures import code_of
from channels.reading import Fields
from channels.sendgrid.failures import BAD_RECIPIENT, FAILURES, KEY_NOT_ALLOWED, NO_CREDITS, SENDER_UNVERIFIED

# A mail may have many files.
TIMEOUT_S = 60


async def ask(out: Out, access: Access, method: str, path: str, json: Any = None) -> Any:
    """What it says to that; raises Refused, Unreachable, or Unsure of anything that is neither yes nor no."""
    content = msgspec.json.encode(json) if json is not None else b""
    answer = await request(out, access, method, path, content)
    try:
        return msgspec.json.decode(answer.body)
    except UNREADABLE:
        raise Unsure("an answer that makes no sense") from None


async def request(out: Out, access: Access, method: str, path: str, content: bytes = b"") -> HttpAnswer:
    """The answer, which is no refusal."""
    headers = {"authorization": f"Bearer {access.values.get('api_key', '').strip()}", "accept": "application/json"}
    if content:
        headers["content-type"] = "application/json"
    url = access.values.get("url", "").rstrip("/") + path
    answer = await out(method, url, headers=headers, content=content, timeout_s=TIMEOUT_S)
    if not 200 <= answer.status < 300:
        refuse(answer)
    return answer


def refuse(answer: HttpAnswer) -> Never:
    """Raise what the answer means. Whatever it says with a 5xx, it may have taken the mail."""
    if answer.status not in BY_STATUS:
        raise Unsure(f"an answer of {answer.status} that says neither yes nor no")
    errors = read(answer).items("errors")
    error = Fields.of(errors[0]) if errors else Fields({})
    code = code_in(answer.status, error.text("field"), error.text("message").lower())
    raise Refused(failure_of(FAILURES, code), retry_after=wait_of(answer))


def code_in(status: int, field: str, words: str) -> str:
    """SendGrid has no numbers for what is wrong: it names the field, or says it in words."""
    if "maximum credits exceeded" in words:
        return NO_CREDITS.code
    if field.startswith("from") or "verified sender" in words:
        return SENDER_UNVERIFIED.code
    if field.startswith("personalizations") and field.endswith((".to", ".cc", ".bcc", ".email")):
        return BAD_RECIPIENT.code
    if status == 403:
        return KEY_NOT_ALLOWED.code
    return code_of(552, "5.3.4") if status == 413 else BY_STATUS[status].code
