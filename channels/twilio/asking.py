"""Asking Twilio's API, and what its answers are taken for."""

import base64
from collections.abc import Sequence
from typing import Any, Never
from urllib.parse import urlencode

import msgspec

from channels.answers import read, refusal
from channels.base import Access, HttpAnswer, Out
from channels.reading import Fields
from channels.twilio.failures import FAILURES

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Pairs = Sequence[tuple[str, str]]


async def ask(out: Out, access: Access, method: str, url: str, form: Pairs = (), json: Any = None) -> Fields:
    """What it says to that; raises Refused, Unreachable, or Unsure of anything that is neither yes nor no."""
    content = msgspec.json.encode(json) if json is not None else urlencode(form).encode()
    headers = {**credentials(access), "content-type": FORM if json is None else JSON}
    answer = await out(method, url, headers=headers, content=content)
    said = read(answer)
    if not (200 <= answer.status < 300 and said.values):
        refuse(answer, said)
    return said


def refuse(answer: HttpAnswer, said: Fields) -> Never:
    """Raise what the answer means. Whatever Twilio says with a 5xx, it may have taken it."""
    raise refusal(answer, said.id("code") if 300 <= answer.status < 500 else "", FAILURES)


def place(access: Access, path: str) -> str:
    """Where something of the account is."""
    return f"{base(access)}/2010-04-01/Accounts/{access.values.get('account_sid', '')}{path}"


def messaging(access: Access, path: str) -> str:
    """Where the services and senders are: Twilio has them on a host of their own."""
    return base(access).replace("//api.", "//messaging.", 1) + path


def contents(access: Access, path: str) -> str:
    """Where templates are, on one more."""
    return base(access).replace("//api.", "//content.", 1) + path


def base(access: Access) -> str:
    """Twilio, or what stands in for it."""
    return access.values.get("url", "").rstrip("/")


def credentials(access: Access) -> dict[str, str]:
    """Who we are. While the token is changed there are two: the first is the one that counts by now."""
    token = next(iter(access.values.get("auth_token", "").split()), "")
    pair = f"{access.values.get('account_sid', '')}:{token}"
    return {"authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
