"""Letting people see, on WhatsApp, that their message was read, or that somebody writes."""

import msgspec

from channels.answers import failure_of, read
from channels.base import Access, Out, Refused, Unsure
from channels.sandbox.failures import FAILURES
from channels.sandbox.send import headers, refusal


async def show_read(out: Out, access: Access, id: str, *, is_typing: bool) -> None:
    """The message that it calls so, and all before it. Only what it says in so many words counts as a no."""
    body = msgspec.json.encode({"from": access.address, "message_id": id, "is_typing": is_typing})
    place = access.values.get("url", "").rstrip("/") + "/v1/reads"
    answer = await out("POST", place, headers=headers(access), content=body)
    if 200 <= answer.status < 300:
        return
    if code := refusal(answer.status, read(answer).part("error").id("code")):
        raise Refused(failure_of(FAILURES, code))
    raise Unsure(f"an answer of {answer.status} that says neither yes nor no")
