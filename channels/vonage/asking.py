"""Asking Vonage's API, and what its answers are taken for."""

import base64
from collections.abc import Mapping
from typing import Any

import msgspec

from channels.answers import INVALID, WRONG_KEY, read, refusal
from channels.base import Access, HttpAnswer, Out
from channels.reading import Fields
from channels.vonage import problems
from channels.vonage.failures import FAILURES

API, REST = "api.nexmo.com", "rest.nexmo.com"
PAYMENT_REQUIRED = 402
# What it calls the same that bare statuses say as well.
COMMON: Mapping[str, str] = {
    "unauthorized": WRONG_KEY.code,
    "invalid-api-key": WRONG_KEY.code,
    "invalid-params": INVALID.code,
    "throttled": "1000",
    "rate-limit": "1000",
    "account-suspended": "1060",
}


async def ask(out: Out, access: Access, method: str, url: str, json: Any = None) -> Fields:
    """What it says to that; raises Refused, Unreachable, or Unsure of anything that is neither yes nor no."""
    content = msgspec.json.encode(json) if json is not None else b""
    headers = {"authorization": credentials(access), "accept": "application/json"}
    if content:
        headers["content-type"] = "application/json"
    answer = await out(method, url, headers=headers, content=content)
    said = read(answer)
    # Where there are no numbers, it says nothing at all about them.
    is_said = said.values or answer.body.strip() == b"{}"
    if not (200 <= answer.status < 300 and is_said):
        raise refusal(answer, code_of(answer, said), FAILURES)
    return said


def code_of(answer: HttpAnswer, said: Fields) -> str:
    """Why it says no. Whatever it says with a 5xx, it may have taken the message."""
    code = problems.code_of(said) if 400 <= answer.status < 500 else ""
    return COMMON.get(code, code) or ("low-balance" if answer.status == PAYMENT_REQUIRED else "")


def place(access: Access, path: str) -> str:
    """Where something is: at Vonage, or at what stands in for it."""
    return access.values.get("url", "").rstrip("/") + path


def older(access: Access, path: str) -> str:
    """Where the numbers are: Vonage has them on a host of their own."""
    return place(access, "").replace(f"//{API}", f"//{REST}") + path


def credentials(access: Access) -> str:
    """Who we are."""
    pair = f"{access.values.get('api_key', '')}:{access.values.get('api_secret', '')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"
