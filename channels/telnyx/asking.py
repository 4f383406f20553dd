"""Asking Telnyx's API, and what its answers are taken for."""

from collections.abc import Mapping
from typing import Any

import msgspec

from channels.answers import WRONG_KEY, read, refusal
from channels.base import Access, HttpAnswer, Out
from channels.reading import Fields
from channels.telnyx.failures import FAILURES

# What it calls the same that bare statuses say as well.
COMMON: Mapping[str, str] = dict.fromkeys(("10009", "20002", "20006"), WRONG_KEY.code)


async def ask(out: Out, access: Access, method: str, path: str, json: Any = None) -> Fields:
    """What it says to that; raises Refused, Unreachable, or Unsure of anything that is neither yes nor no."""
    content = msgspec.json.encode(json) if json is not None else b""
    headers = {"authorization": f"Bearer {access.values.get('api_key', '')}", "accept": "application/json"}
    if content:
        headers["content-type"] = "application/json"
    url = access.values.get("url", "").rstrip("/") + path
    answer = await out(method, url, headers=headers, content=content)
    said = read(answer)
    if not (200 <= answer.status < 300 and "data" in said.values):
        raise refusal(answer, code_of(answer, said), FAILURES)
    return said


def code_of(answer: HttpAnswer, said: Fields) -> str:
    """Why it says no. Whatever it says with a 5xx, it may have taken the message."""
    errors = said.items("errors") if 400 <= answer.status < 500 else []
    code = Fields.of(errors[0]).id("code") if errors else ""
    return COMMON.get(code, code)
