"""Letting people see, on WhatsApp, that their message was read, or that somebody writes."""

import msgspec

from channels.base import Access, Out
from channels.sandbox.send import headers, settled


async def show_read(out: Out, access: Access, id: str, *, is_typing: bool) -> None:
    """The message that it calls so, and all before it. Only what it says in so many words counts as a no."""
    body = msgspec.json.encode({"from": access.address, "message_id": id, "is_typing": is_typing})
    place = access.values.get("url", "").rstrip("/") + "/v1/reads"
    settled(await out("POST", place, headers=headers(access), content=body))
