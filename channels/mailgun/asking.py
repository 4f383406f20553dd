"""Asking Mailgun's API, and what its answers are taken for."""

import base64
from collections.abc import Sequence
from typing import Never
from urllib.parse import quote, urlencode

from channels.answers import BY_STATUS, failure_of, read, wait_of
from channels.base import Access, HttpAnswer, Out, Refused, Unsure
from channels.mail.failures import code_of
from channels.mailgun.failures import BAD_RECIPIENT, DOMAIN_UNKNOWN, FAILURES, NO_CREDITS, NOT_ALLOWED
from channels.reading import Fields

FORM = "application/x-www-form-urlencoded"
# A mail may have many files.
TIMEOUT_S = 60
Pairs = Sequence[tuple[str, str]]


async def ask(out: Out, access: Access, method: str, path: str, form: Pairs = ()) -> Fields:
    """What it says to that; raises Refused, Unreachable, or Unsure of anything that is neither yes nor no."""
    return await tell(out, access, method, path, urlencode(form).encode(), FORM if form else "")


async def tell(out: Out, access: Access, method: str, path: str, content: bytes, type: str) -> Fields:
    """The same, with whatever it is told."""
    pair = base64.b64encode(f"api:{access.values.get('api_key', '').strip()}".encode()).decode()
    headers = {"authorization": f"Basic {pair}", "accept": "application/json"}
    if type:
        headers["content-type"] = type
    url = access.values.get("url", "").rstrip("/") + path
    answer = await out(method, url, headers=headers, content=content, timeout_s=TIMEOUT_S)
    said = read(answer)
    if not (200 <= answer.status < 300 and said.values):
        refuse(answer, said)
    return said


def refuse(answer: HttpAnswer, said: Fields) -> Never:
    """Raise what the answer means. Whatever it says with a 5xx, it may have taken the mail."""
    code = code_in(answer.status, (said.text("message") or said.text("Reason")).lower())
    if not code:
        raise Unsure(f"an answer of {answer.status} that says neither yes nor no")
    raise Refused(failure_of(FAILURES, code), retry_after=wait_of(answer))


def code_in(status: int, words: str) -> str:
    """Mailgun has no numbers for what is wrong: it says it in words. Empty where that is no refusal."""
    if status == 402:
        return NO_CREDITS.code
    if status not in BY_STATUS:
        return ""
    if "domain not found" in words:
        return DOMAIN_UNKNOWN.code
    if status == 400 and "parameter is not a valid address" in words:
        return BAD_RECIPIENT.code
    if status == 403 or (status == 400 and "not allowed to send" in words):
        return NOT_ALLOWED.code
    return code_of(552, "5.3.4") if status == 413 else BY_STATUS[status].code


def domain_of(access: Access) -> str:
    """By which domain of the account the line sends."""
    return access.values.get("domain", "").strip().lower() or access.address.rpartition("@")[2]


def of_domain(access: Access, path: str, version: str = "v3") -> str:
    """Where something of the domain is."""
    return f"/{version}/{quote(domain_of(access), safe='')}{path}"
